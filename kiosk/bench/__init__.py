"""How fast it is, on the work that people wait for: figures are measured in one run and argued about as ratios."""
