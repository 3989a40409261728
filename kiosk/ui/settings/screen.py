"""The settings by groups, and what goes with them."""

from __future__ import annotations

from functools import partial
from zoneinfo import ZoneInfo

from PySide6.QtWidgets import QSizePolicy

from kiosk.config.setting_traits import SettingGroup
from kiosk.ui.admin.admin_screen import AdminScreen, ButtonGrid, ScrollColumn
from kiosk.ui.background import Background
from kiosk.ui.enroll.backend import CameraBackend
from kiosk.ui.settings.backend import SettingsBackend
from kiosk.ui.settings.camera_screen import CameraSettingsScreen
from kiosk.ui.settings.group_screen import GroupScreen
from kiosk.ui.settings.history_screen import HistoryScreen
from kiosk.ui.settings.texts import GROUPS
from kiosk.ui.settings.tokens_screen import TokensScreen
from kiosk.ui.widgets import Button, ButtonKind


class SettingsScreen(AdminScreen):
    """A button for each group, with what is in it."""

    def __init__(self, backend: SettingsBackend, background: Background, frames: CameraBackend, zone: ZoneInfo) -> None:
        """zone: of the office, in which times are shown."""
        super().__init__()
        self._backend, self._background, self._frames, self._zone = backend, background, frames, zone
        self.groups = {group: self._button("secondary", GROUPS[group]()[0]) for group in GROUPS}
        self.tokens, self.history = self._button("secondary", "lock"), self._button("secondary", "repeat")
        for group, button in self.groups.items():
            button.clicked.connect(partial(self._open_group, group))
        self.tokens.clicked.connect(lambda: self.opens.emit(TokensScreen(backend, background, zone)))
        self.history.clicked.connect(lambda: self.opens.emit(HistoryScreen(backend, background, zone)))
        column = ScrollColumn()
        column.content.addWidget(ButtonGrid(*self.groups.values(), self.tokens, self.history))
        column.content.addStretch(1)
        self.body.addWidget(column)

    def title(self) -> str:
        return self.tr("Settings")

    def retranslate(self) -> None:
        super().retranslate()
        for group, button in self.groups.items():
            _, title, sentence = GROUPS[group]()
            button.setText(title)
            button.setAccessibleDescription(sentence)
        self.tokens.setText(self.tr("Access for other systems"))
        self.history.setText(self.tr("Changes"))

    def _open_group(self, group: SettingGroup) -> None:
        if group is SettingGroup.CAMERA:
            self.opens.emit(CameraSettingsScreen(self._backend, self._background, self._frames))
        else:
            self.opens.emit(GroupScreen(self._backend, self._background, group))

    def _button(self, kind: ButtonKind, icon: str) -> Button:
        button = Button(kind, icon)
        button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        return button
