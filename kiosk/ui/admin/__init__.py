"""Behind the administrator's door.

desk       the protocol AdminBackend: what these screens need of the kiosk behind them
page       AdminScreen, the sheet that all of them are written on, and ConfirmScreen
area       AdminFlow: who comes in, which screen follows which, and out again after two idle minutes
"""
