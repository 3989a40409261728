"""The first start: what a new device asks before the door is watched.

setup_app     SetupApp: all of it as one application window
screen        SetupScreen: from question to question
backend       SetupBackend: where answers are saved, and how the camera is doing
setup_step    SetupStep: base class of the questions
*_step        one question each
time_zones    the world's time zones by names that people know
"""
