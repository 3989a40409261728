"""The journal: any day's events, and correcting them.

screen             EventsScreen: the events of a day, a week or a month, of everybody or of some
journal_tools      JournalTools: which days, whose events, and of what kind
choice_screen      ChoiceScreen: one of a few things
export_screen      ExportScreen: saving what is shown to a stick
backend            what the screens need of the kiosk
model, labels      the rows of the list; texts about events and corrections
event_screen       EventScreen: one event, how it was corrected, and what can be done about it
explanation_screen ExplanationScreen: what a decision rested on
correction_screen  CorrectionScreen: base class of what asks why and corrects
edit_screens       another time, type, person or reason, and that an event does not count
add_screen         AddScreen: an entry or exit that nobody registered
correction_notice  CorrectionNotice: says what was corrected, and undoes it
time_panel         TimePanel: a day and a time of day
day_screen         DayScreen: a month's days, to choose one
staff_screen       StaffScreen: everybody, to choose one
reopen_screen      ReopenScreen: opening a closed month by name
"""
