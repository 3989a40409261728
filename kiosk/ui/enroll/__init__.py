"""Enrolling somebody on the device, step by step.

screen            EnrollScreen: which step follows which
backend           what the steps need of the kiosk
steps             who it is, consent, review, and the last step
capture_step      CaptureStep: the live picture with an oval, and one instruction at a time
oval_preview      OvalPreview: the picture itself
photographs_step  PhotographsStep: the same from files
labels            instructions, and what is wrong with a photograph
"""
