"""Choosing files and folders by touch.

screen   FilesScreen: choose photographs, or a folder
folders  which drives and folders there are and what is in them; without Qt
photograph_grid  PhotographGrid: pictures to choose from
model    the rows of a folder, with thumbnails of its photographs
"""
