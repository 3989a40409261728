"""How fast the kiosk is at the work that people wait for, measured in one run and compared by ratios."""
