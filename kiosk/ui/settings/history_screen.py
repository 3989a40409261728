"""What was changed in the settings, and taking it back."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from PySide6.QtCore import QModelIndex

from kiosk.errors import KioskError, SettingChanged, StorageError
from kiosk.settings.states import PastChange
from kiosk.ui.admin.admin_screen import AdminScreen, ConfirmScreen
from kiosk.ui.admin.notice import Notice
from kiosk.ui.admin.row_list import Badge, Row, RowList
from kiosk.ui.admin.rows_model import RowsModel
from kiosk.ui.background import Background
from kiosk.ui.language import date_text, time_text
from kiosk.ui.settings.backend import SettingsBackend
from kiosk.ui.settings.texts import title_of, value_text


class HistoryScreen(AdminScreen):
    """Touching a change asks whether to take it back."""

    def __init__(self, backend: SettingsBackend, background: Background, zone: ZoneInfo) -> None:
        super().__init__()
        self._backend, self._background, self._zone = backend, background, zone
        self.model, self.list, self.notice = RowsModel[PastChange](self._row, self), RowList(), Notice()
        self.list.setModel(self.model)
        self.list.chosen.connect(self._ask)
        self.add_notice(self.notice)
        self.body.addWidget(self.list, 1)

    def title(self) -> str:
        return self.tr("Changes of settings")

    def entered(self) -> None:
        self._background.run(self, self._backend.history, self._loaded, self._failed)

    def retranslate(self) -> None:
        super().retranslate()
        self.list.setAccessibleName(self.tr("Changes"))
        self.list.set_placeholder(self.tr("Nothing has been changed yet."))
        self.list.viewport().update()

    def _row(self, change: PastChange) -> Row:
        before, after = (value_text(change.name, value) for value in (change.old_value, change.new_value))
        at = f"{date_text(change.changed_at, self._zone)}, {time_text(change.changed_at, self._zone)}"
        badges = () if change.kiosk_id is None else (Badge(change.kiosk_id),)
        return Row(f"{title_of(change.name)}: {before} → {after}", f"{at}, {change.changed_by}", badges=badges)

    def _loaded(self, changes: tuple[PastChange, ...]) -> None:
        if changes != self.model.items:
            self.model.show(changes)

    def _ask(self, index: QModelIndex) -> None:
        change = self.model.items[index.row()]
        question = self.tr("{setting} is {value} again then.").format(
            setting=title_of(change.name), value=value_text(change.name, change.old_value)
        )
        screen = ConfirmScreen(self.tr("Take this change back?"), question, self.tr("Take back"), "primary")
        screen.confirmed.connect(lambda: self._undo(change))
        self.opens.emit(screen)

    def _undo(self, change: PastChange) -> None:
        def done(_: None) -> None:
            self.notice.say("good", self.tr("What stood before is set again."))
            self.entered()

        self._background.run(self, lambda: self._backend.undo(change.id), done, self._failed)

    def _failed(self, error: KioskError) -> None:
        if isinstance(error, SettingChanged):
            self.notice.say("advice", self.tr("This setting was changed again since; nothing was taken back."))
        elif isinstance(error, StorageError):
            self.notice.say("bad", self.tr("The database does not answer; try again soon."))
        else:
            self.notice.say("bad", self.tr("This cannot be taken back here: it is fixed, or a password belongs to it."))
