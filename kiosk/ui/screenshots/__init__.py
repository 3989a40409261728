"""Pictures of every screen, without a camera or a database.

scene             Scene, a screen in one state, and SceneFixture, the window that it is shown in
scenes            SCENES, all of them; a registered administrator's screen has its scene by itself
*_scenes          the scenes of one part of the screens
fake_*            the backends behind the scenes, which answer what a scene sets
annotated_images  what the fake camera shows
capture           saves the scenes; `kiosk screenshots` runs it, the tests look for what is cut off or nameless
"""
