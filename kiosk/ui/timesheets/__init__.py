"""Timesheets, saved onto a stick, and closing their months.

screen                TimesheetScreen: which month, in which form
backend               what the screens need of the kiosk
closed_months_screen  ClosedMonthsScreen: the months, closed and open
close_month_screen    CloseMonthScreen: closing one by name
"""
