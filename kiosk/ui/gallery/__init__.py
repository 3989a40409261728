"""The look through the enrolled people on the administrator's screens.

screen          GalleryScreen: what was found, and how far a change of the network is
finding_screen  FindingScreen: one thing found, what to do about it, and whether two employees are two people
switch_screen   SwitchScreen: who lacks pictures of the new network
labels          its texts
backend         what they need of the kiosk
"""
