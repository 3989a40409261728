"""The entrance screen: what people see at the door.

door         what the screens need of the kiosk behind them (Door), and the bridge from its threads (EntranceBridge)
faces        from observations to what is written at each face: state by shape, colour and word
preview      the mirrored picture with the frames round the faces
face_frames  how each state looks
picture      the timer that brings frames to the preview, and what is said where there is no picture
entrance_card  the card that all others are made of
cards        a greeting each, with "That's not me"; what to do when nobody was recognised
card_column  the cards, the newest on top
countdown    how long a card stays
invitation   what to do, and the notice that faces are recognised
header       office, logo, clock and date
camera_words what is wrong with the camera
status_line  camera, database, waiting events, free disk
idle         clock and logo on a dim screen
demo_end     what follows the demo's clip
pin_screen   personal number and PIN on a keypad
screen       all of it together
"""
