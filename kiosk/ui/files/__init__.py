"""Choosing files and folders by touch.

folders   what is there: sticks and other places, and what lies in them; knows no screen
model     the rows of a folder, with small pictures of the photographs in it
screen    FilesScreen: some photographs, or one folder
scenes    both, set by hand for pictures
"""
