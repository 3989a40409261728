"""The employees: the list, one person, and what can be done with them.

model          the list's rows, narrowed as one types
list_screen    PeopleScreen: search and list
person_screen  PersonScreen: one person, and the ways on from there
edit_screen    name, e-mail address and department
words          what is left of somebody who was erased
set_pin        a PIN, written twice, and the personal number that goes with it
scenes         all of them, set by hand for pictures
"""
