"""The employees: the list, and one of them.

list_screen     PeopleScreen: search and list
backend         what the screens need of the kiosk
model           the list's rows, filtered as one types
person_screen   PersonScreen: one employee, and what can be done
month_bars      MonthBars: a month as bars, a bar a day
edit_screen     EditScreen: names, e-mail address, department, position and personnel number
set_pin_screen  SetPinScreen: a PIN, typed twice, and the PIN number that goes with it
labels          what is left of somebody who was erased
"""
