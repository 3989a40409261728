"""The screens on the device; the only room that knows PySide6 (Widgets, no QML).

The foundation, from the ground up:

theme         assets/design.toml and assets/kiosk.qss: colour(name), Scale.px("m"), scale_of(widget), contrast; light,
              dark, of high contrast, with large type: use_appearance
icons         assets/icons/*.svg in any colour and size
translations  .ts -> .qm; `python -m kiosk.ui.translations update` collects new texts after you wrote some
language      Language, Translations.use, time_text, date_text: in the language that is shown
panel         Panel (texts in retranslate, distances in arrange), Card, RaisedCard (white, on a soft shadow), Screen
              (entered, left, closed), set_property
widgets       Label("title"), Icon, Button("primary", "check"), TextField, PasswordField
appearance    AppearanceFollower: what the office chose of these, followed by the window
page_fade     one page turns into the next
segmented     SegmentedButtons: a few choices side by side, of which one is chosen
avatar        Avatar, paint_avatar: somebody's coloured initials
keyboard      shown when a TextField is touched; ImhDigitsOnly brings the keypad, ImhLatinOnly Latin letters
window        KioskWindow: open(screen), back(), home(), admin_requested (F2), use_language
background    Background.run(owner, work, done, failed): whatever may wait for disk, database or a password hash
application   make_application(): font, style, Qt's messages in the log
sounds        Sounds.play(Sound.ENTRY) by the system's player; chimes writes the files
event_styles  how each type of event looks, sounds and is called
window_app    WindowApp: a window that runs in the main thread, shown and ended from any thread

The screens:

entrance      what people see at the door, and EntranceBackend, what it needs of the kiosk
entrance_app  EntranceApp: the entrance and the administration in one window
admin         the administrator's password and home screen; registry lists the screens that it leads to
enroll        enrolling somebody with the camera or from photographs
diagnostics   how the device is doing; backup, report, restarting and switching off
people        the list of employees and one employee
events        the journal: any day's events, and correcting them
questions     what somebody has to say before hours are right, and what employees ask for
timesheets    saving timesheets, and closing months
evacuation    who is in
receivers     other systems that are told of each entry and exit
files         choosing files and folders by touch
setup         the first start's questions
screenshots   a scene for every screen: `kiosk screenshots` saves them, the tests look for what is cut off, too small
              to touch or without a name. A new screen gets a scene there; a registered one has it by itself

How to write a screen: subclass Screen (AdminScreen for the administrator's); build widgets and layouts in __init__
without texts; set every text in retranslate() with self.tr("…") (plurals: self.tr("%n event(s)", "", count)) and every
accessible name of a button without text; set margins and spacings in arrange(scale) with scale.px("m"), and change
layouts' directions when scale.is_portrait; style by properties that kiosk.qss knows, never with colours of your own.
An administrator's page has one column (column_width "column", or "wide"): its header is AdminScreen's, with
add_to_head(button) for actions; what is read or filled in goes into a ScrollColumn, in RaisedCards under
Label("section"), a setting in a SettingRow (kiosk/ui/admin/setting_row.py).
Nothing in a screen waits: reads and writes go through Background, and what comes from other threads arrives by signals
of a QObject that lives in the main thread.
"""
