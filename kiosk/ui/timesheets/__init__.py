"""Timesheets and the evacuation list, saved onto a stick.

screen   TimesheetScreen: which month, in which form
backend  what the screen needs of the kiosk
"""
