"""Adding a receiver: a webhook, or files in a folder."""

from __future__ import annotations

import re
from collections.abc import Collection
from enum import Enum

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget

from kiosk.errors import InvalidInput, KioskError
from kiosk.ui.admin.admin_screen import AdminScreen, ScrollColumn
from kiosk.ui.admin.fields import FormField
from kiosk.ui.admin.notice import Notice
from kiosk.ui.background import Background
from kiosk.ui.enroll.steps import EndStep
from kiosk.ui.receivers.backend import ReceiversBackend
from kiosk.ui.segmented import SegmentedButtons
from kiosk.ui.widgets import Button, Label, TextField

NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
LONGEST_PLACE = 2000


class AddedKind(Enum):
    """The kinds of receivers that are added on the screen; others have more to set, and are added by command."""

    WEBHOOK = "webhook"
    FILES = "files"


class AddReceiverScreen(AdminScreen):
    """Asks for a name and an address or a folder; a webhook's new secret is then shown, once."""

    def __init__(self, backend: ReceiversBackend, background: Background, taken: Collection[str]) -> None:
        """taken: names that there are already."""
        super().__init__()
        self._backend, self._background, self._taken = backend, background, taken
        self.secret, self.kinds = "", SegmentedButtons(*AddedKind)
        self.kinds.choose(AddedKind.WEBHOOK)
        self.name, self.place = FormField(TextField()), FormField(TextField())
        self.said, self.more, self.notice = Label("body"), Label("soft"), Notice()
        self.save, self.finish = Button("primary", "check"), EndStep("check", "good")
        self.finish.other.hide()
        for form_field, longest in ((self.name, 40), (self.place, LONGEST_PLACE)):
            form_field.field.setMaxLength(longest)
            form_field.field.setInputMethodHints(
                Qt.InputMethodHint.ImhLatinOnly | Qt.InputMethodHint.ImhPreferLowercase
            )
        column = ScrollColumn()
        for widget in (
            self.kinds, self.said, self.name, self.place, self.save, self.more,
        ):  # fmt: skip
            column.content.addWidget(widget)
        column.content.addStretch(1)
        self._stack = QStackedWidget()
        self._stack.addWidget(column)
        self._stack.addWidget(self.finish)
        self.body.addWidget(self._stack)
        self.add_notice(self.notice)
        self.kinds.chosen.connect(self._choose)
        self.name.field.returnPressed.connect(self.place.field.setFocus)
        self.place.field.returnPressed.connect(self._send)
        self.save.clicked.connect(self._send)
        self.notice.pressed.connect(self._send)
        self.finish.first.connect(self.closed)

    @property
    def _is_webhook(self) -> bool:
        return self.kinds.key is AddedKind.WEBHOOK

    @property
    def is_added(self) -> bool:
        """Whether it was added, and the end is shown."""
        return self._stack.currentWidget() is self.finish

    def title(self) -> str:
        return self.tr("Add a system")

    def left(self) -> None:
        self.secret = ""
        self.finish.sentence.setText("")

    def retranslate(self) -> None:
        super().retranslate()
        self.kinds.set_texts({AddedKind.WEBHOOK: self.tr("Webhook"), AddedKind.FILES: self.tr("Files in a folder")})
        self.name.set_name(self.tr("Name: small Latin letters, digits and hyphens, such as payroll"))
        if self._is_webhook:
            self.said.setText(self.tr("Each entry and exit is sent as a signed message to an address in the network."))
            self.place.set_name(self.tr("Address, beginning with https://"))
        else:
            self.said.setText(self.tr("Every five minutes a CSV file with what is new appears in a folder."))
            self.place.set_name(self.tr("Folder, beginning with /"))
        self.more.setText(self.tr("MQTT and the terminal protocol are set up by command: kiosk receivers add."))
        self.save.setText(self.tr("Add"))
        self.finish.one.setText(self.tr("Done"))
        self.finish.headline.setText(self.tr("Added; now try it."))
        if self.secret:
            sentence = self.tr("Enter this secret in the other system. It is shown only now:\n\n{secret}")
            self.finish.sentence.setText(sentence.format(secret=self.secret))
        else:
            self.finish.sentence.setText(self.tr("It is told of what happens from now on."))

    def _choose(self) -> None:
        self.place.show_error("")
        self.retranslate()

    def _send(self) -> None:
        name, place = self.name.field.text().strip(), self.place.field.text().strip()
        if not NAME.fullmatch(name):
            self.name.show_error(self.tr("A name of small Latin letters, digits and hyphens is needed."))
        elif name in self._taken:
            self.name.show_error(self.tr("There is a system of this name already."))
        elif not place.startswith("https://" if self._is_webhook else "/"):
            self._say_place_wrong()
        elif self.save.isEnabled():
            self.save.setEnabled(False)
            self.notice.clear()
            if self._is_webhook:
                add_webhook = self._backend.add_webhook
                self._background.run(self, lambda: add_webhook(name, place), self._added, self._failed)
            else:
                add_folder = self._backend.add_folder
                self._background.run(self, lambda: add_folder(name, place), lambda _: self._added(""), self._failed)

    def _say_place_wrong(self) -> None:
        if self._is_webhook:
            self.place.show_error(self.tr("This is no address; write it like https://payroll.example.com/hook."))
        else:
            self.place.show_error(self.tr("This is no folder; write its whole path, such as /srv/payroll."))

    def _added(self, secret: str) -> None:
        self.secret = secret
        self.retranslate()
        self._stack.setCurrentWidget(self.finish)

    def _failed(self, error: KioskError) -> None:
        self.save.setEnabled(True)
        if isinstance(error, InvalidInput):
            self._say_place_wrong()
        else:
            self.notice.say(
                "bad", self.tr("The database does not answer. Nothing is lost; try again."), self.tr("Again")
            )
