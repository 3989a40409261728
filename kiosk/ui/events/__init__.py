"""Today's events.

model        the rows: events, and who is in
screen       EventsScreen: both lists
void_screen  VoidScreen: one event, and saying that it does not count
"""
