"""The settings of one group, each with what it does; a change is applied at once and can be undone."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from kiosk.config.setting_traits import SettingGroup, SettingLevel, SettingScope
from kiosk.errors import InvalidInput, KioskError, SettingChanged, StorageError
from kiosk.settings.states import PastChange, SettingForm, SettingState
from kiosk.ui.admin.admin_screen import AdminScreen, ScrollColumn
from kiosk.ui.admin.notice import Notice
from kiosk.ui.admin.setting_row import SettingRow
from kiosk.ui.background import Background
from kiosk.ui.panel import Card, Panel
from kiosk.ui.segmented import SegmentedButtons
from kiosk.ui.settings.backend import SettingsBackend
from kiosk.ui.settings.texts import GROUPS, SETTINGS, sentence_of, title_of, value_text
from kiosk.ui.settings.value_controls import ChoiceControl, TextControl, control_of, is_wide
from kiosk.ui.settings.zone_screen import ZoneScreen
from kiosk.ui.theme import Scale
from kiosk.ui.widgets import Button, Label


class GroupScreen(AdminScreen):
    """Rows are made once the values are known."""

    def __init__(self, backend: SettingsBackend, background: Background, group: SettingGroup) -> None:
        super().__init__()
        self._backend, self._background, self._group = backend, background, group
        self.rows: dict[str, SettingRow] = {}
        self._states: dict[str, SettingState] = {}
        self._undone: int | None = None
        self.notice = Notice()
        self.notice.pressed.connect(self._undo)
        self.whom = SegmentedButtons(SettingLevel.OFFICE, SettingLevel.DEVICE)
        self.whom.choose(SettingLevel.OFFICE)
        self.whom.chosen.connect(lambda _: self._show_whom())
        self._whom_label = Label("soft")
        self._card = SettingsCard()
        self._column = ScrollColumn()
        self._column.content.addWidget(self._card)
        self._column.content.addStretch(1)
        for widget in (self.whom, self._whom_label):
            self.body.addWidget(widget)
        self.add_notice(self.notice)
        self.body.addWidget(self._column, 1)

    def title(self) -> str:
        return GROUPS[self._group]()[1]

    def entered(self) -> None:
        self._read()

    def retranslate(self) -> None:
        super().retranslate()
        self.whom.set_texts(
            {SettingLevel.OFFICE: self.tr("All doors"), SettingLevel.DEVICE: self.tr("This door alone")}
        )
        self.whom.setAccessibleName(self.tr("For whom"))
        self._show_whom()
        for name in self.rows:
            self._show(name)

    def _read(self) -> None:
        self._background.run(self, self._backend.states, self._fill, self._failed)

    def _fill(self, states: Sequence[SettingState]) -> None:
        known = {state.name: state for state in states if state.traits.group is self._group}
        self._states = {name: known[name] for name in SETTINGS if name in known}
        shared = any(state.traits.scope is SettingScope.OFFICE for state in self._states.values())
        for widget in (self.whom, self._whom_label):
            widget.setVisible(shared)
        for name, state in self._states.items():
            if name not in self.rows:
                self._add_row(name, state)
            self._show(name)

    def _add_row(self, name: str, state: SettingState) -> None:
        control: QWidget
        if name == "timezone":
            control = Button("secondary", "globe")
            control.clicked.connect(self._choose_zone)
        else:
            chooser = control_of(name, state.form, state.value)
            chooser.chosen.connect(partial(self._change, name))
            control = chooser
        self.rows[name] = SettingRow(control, is_wide=is_wide(control))
        self._card.add(self.rows[name])

    def _show(self, name: str) -> None:
        state, row = self._states[name], self.rows[name]
        if isinstance(row.control, Button):
            row.control.setText(state.value)
        elif isinstance(row.control, ChoiceControl | TextControl):
            row.control.show_value(state.value)
        row.set_texts(title_of(name), self._words_of(state))
        row.set_fixed(self._fixed(state))
        row.show_error("")

    def _words_of(self, state: SettingState) -> str:
        words = sentence_of(state.name, state.traits.effect)
        if state.device_value is None or state.traits.scope is SettingScope.DEVICE:
            return words
        office = value_text(state.name, state.office_value)
        return f"{words} " + self.tr("This door has a value of its own; for all doors: {value}.").format(value=office)

    def _fixed(self, state: SettingState) -> str:
        if not state.origin.level.is_fixed:
            return ""
        if state.origin.level is SettingLevel.ENVIRONMENT:
            return self.tr("Fixed by the environment variable {name}").format(name=state.origin.place)
        file, _, number = state.origin.place.partition(", line ")
        return self.tr("Fixed in the file {file}, line {number}").format(file=file, number=number)

    def _show_whom(self) -> None:
        texts = {
            SettingLevel.OFFICE: self.tr("What you change here holds at every door."),
            SettingLevel.DEVICE: self.tr("What you change here holds at this door alone, whatever is set for all."),
        }
        self._whom_label.setText(texts[self.whom.key or SettingLevel.OFFICE])

    def _level(self, state: SettingState) -> SettingLevel:
        if state.traits.scope is SettingScope.DEVICE:
            return SettingLevel.DEVICE
        return self.whom.key or SettingLevel.OFFICE

    def _change(self, name: str, text: str) -> None:
        state = self._states[name]
        level = self._level(state)
        seen = state.office_value if level is SettingLevel.OFFICE else state.device_value
        self.alive.emit()
        self._background.run(
            self,
            lambda: self._backend.set(name, text, level, seen),
            self._changed,
            lambda error: self._refused(name, error),
        )

    def _changed(self, change: PastChange | None) -> None:
        self._undone = None if change is None else change.id
        if change is None:
            self.notice.clear()
        else:
            words = self.tr("{setting}: {value}").format(
                setting=title_of(change.name), value=value_text(change.name, change.new_value)
            )
            self.notice.say("good", words, self.tr("Undo"))
        self._read()

    def _refused(self, name: str, error: KioskError) -> None:
        if isinstance(error, InvalidInput):
            self.rows[name].show_error(self._what_fits(self._states[name].form, name))
            return
        self._show(name)
        self._failed(error)

    def _what_fits(self, form: SettingForm, name: str) -> str:
        if form.is_number and form.least is not None and form.greatest is not None:
            words = self.tr("Type a number from {least} to {greatest}.")
            return words.format(least=f"{form.least:g}", greatest=f"{form.greatest:g}")
        if form.is_number:
            return self.tr("Type a number of at least {least}.").format(least=f"{form.least or 0:g}")
        if name in ("day_begins", "purge_at"):
            return self.tr("Type a time of day, such as 03:00.")
        return self.tr("This cannot be taken; type something else.")

    def _failed(self, error: KioskError) -> None:
        self._undone = None
        if isinstance(error, SettingChanged):
            words = self.tr("Somebody else has changed this meanwhile. Look at the value, then change it again.")
            self.notice.say("advice", words)
            self._read()
        elif isinstance(error, StorageError):
            words = self.tr("Nothing was changed: the database does not answer, or the disk takes nothing.")
            self.notice.say("bad", words)
        else:
            self.notice.say("bad", self.tr("Nothing was changed: this is fixed elsewhere."))

    def _undo(self) -> None:
        number = self._undone
        if number is None:
            return
        self._background.run(self, lambda: self._backend.undo(number), lambda _: self._taken_back(), self._failed)

    def _taken_back(self) -> None:
        self._undone = None
        self.notice.say("good", self.tr("What stood before is set again."))
        self._read()

    def _choose_zone(self) -> None:
        screen = ZoneScreen(self._states["timezone"].value, self._background)
        screen.zone_chosen.connect(partial(self._change, "timezone"))
        self.opens.emit(screen)


class SettingsCard(Card):
    """A white card of rows."""

    def __init__(self) -> None:
        super().__init__()
        self._rows = QVBoxLayout(self)

    def add(self, row: Panel) -> None:
        self._rows.addWidget(row)
        row.prepare()

    def arrange(self, scale: Scale) -> None:
        edge = scale.px("m")
        self._rows.setContentsMargins(edge, scale.px("xs"), edge, scale.px("xs"))
        self._rows.setSpacing(0)
