"""The first start: what a new device asks before it watches the door.

device    the protocol Device: where choices are kept, and how the camera is doing
step      Step, one question of it
language, office, zone, password, camera, person   the questions
screen    SetupScreen: from question to question and back
run       SetupApp: the window as a program
"""
