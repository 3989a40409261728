"""The screens at the door; the only room that knows PySide6 (Widgets, no QML).

The foundation, from the ground up:

design        assets/design.toml and assets/kiosk.qss: colour(name), Scale.px("m"), scale_of(widget), contrast
icons         assets/icons/*.svg in any colour and size
translations  .ts -> .qm; `python -m kiosk.ui.translations update` collects new texts after you wrote some
language      Language, Translations.use, time_text, date_text: in the language that is shown
panel         Panel (texts in retranslate, distances in arrange), Card, Screen (entered, left, closed), set_property
controls      Label("title"), Icon, Button("primary", "check"), TextField, PasswordField
keyboard      comes up when a TextField is touched; ImhDigitsOnly brings the keypad, ImhLatinOnly Latin letters
window        KioskWindow: open(screen), back(), home(), admin_requested (F2), use_language
background    Background.run(owner, work, done, failed): whatever may wait for disk, database or a password hash
application   make_application(): font, style, Qt's messages in the log
sounds        Sounds.play(Sound.ENTRY) by the system's player; tones writes the files

The screens:

entrance      what people see at the door, and the protocol Door: what it needs of the kiosk behind it
program       Program: a window that has the main thread, shown and ended from anywhere
run           EntranceApp: the whole as a program, for bootstrap to build, start and stop
setup         what a new device asks before it watches the door
screenshots   SCENES: every screen set by hand on a stage; `kiosk screenshots` saves them, the tests look for what is
              cut off, too small to touch or nameless. A new screen gets a scene of its own there

How to write a screen: subclass Screen; build widgets and layouts in __init__ without texts; set every text in
retranslate() with self.tr("…") (plurals: self.tr("%n event(s)", "", count)) and every accessible name of a button
without text; set margins and spacings in arrange(scale) with scale.px("m"), and turn layouts round when
scale.is_portrait; style by properties that kiosk.qss knows, never with colours of your own. Nothing in a screen waits:
reads and writes go through Background, and what comes from other threads arrives by signals of a QObject that lives in
the main thread.
"""
