"""The entrance screen: what people see at the door.

screen            EntranceScreen: all of it together
backend           EntranceBackend: what the screen needs of the kiosk; EntranceBridge: from its threads to this one
face_marks        from observations to the state that is shown at each face
preview           the mirrored picture with the frames round the faces
face_frames       how each state looks
camera_panel      reads frames for the preview, and says what is wrong where there is no picture
entrance_card     EntranceCard: base class of the cards
cards             a greeting, with "That's not me"; what to do when somebody was not recognised
card_column       the cards, the newest on top
countdown         how long a card stays
invitation        what to do, and the notice that faces are recognised
header            office, logo, clock and date
camera_labels     what is wrong with the camera
status_line       camera, database, waiting events, free disk
idle_panel        clock and office on a dim screen
demo_end_screen   what follows the demo's clip
pin_screen        PIN number and PIN on a keypad
"""
