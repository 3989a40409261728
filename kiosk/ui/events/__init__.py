"""Today's events.

screen       EventsScreen: the day's events, and who is in
backend      what the screens need of the kiosk
model        the rows of both lists
void_screen  VoidScreen: one event, and voiding it
"""
