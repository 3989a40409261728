"""Who is in, to be read out at the assembly point.

screen   EvacuationScreen: by department, in large letters
backend  what the screen needs of the kiosk
"""
