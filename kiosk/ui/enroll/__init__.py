"""Enrolling somebody at the door, one step after the other.

screen       EnrollScreen: which step follows which
steps        who it is, consent, what was taken, and the ends
capture      the live picture with the oval, and one instruction at a time
oval         the picture itself
photographs  the same from files
words        what a person is asked to do, and what is wrong with a photograph
"""
