"""Starting the kiosk or the device anew and switching it off, each after a question."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal

from kiosk.core.power import PowerAccess, PowerAction
from kiosk.errors import KioskError
from kiosk.ui.admin.admin_screen import ButtonRow, ConfirmScreen
from kiosk.ui.admin.notice import Notice
from kiosk.ui.background import Background
from kiosk.ui.diagnostics.backend import DeviceState, DiagnosticsBackend
from kiosk.ui.panel import RaisedCard, Screen
from kiosk.ui.widgets import Button, Label


class PowerPanel(RaisedCard):
    """Three buttons; what the system does not allow says why it is not there.

    Signals:
        opens: a question to be shown on top.
        restarts: the kiosk shall end and start anew.
    """

    opens = Signal(Screen)
    restarts = Signal()

    def __init__(self, backend: DiagnosticsBackend, background: Background) -> None:
        super().__init__()
        self._backend, self._background = backend, background
        self._access: tuple[PowerAccess | None, PowerAccess | None] = (None, None)
        self._title, self._why = Label("section"), Label("soft")
        self.notice = Notice()
        self.kiosk = Button("secondary", "repeat")
        self.device, self.off = Button("secondary", "power"), Button("secondary", "power")
        self.kiosk.clicked.connect(self._ask_kiosk)
        self.device.clicked.connect(self._ask_device)
        self.off.clicked.connect(self._ask_off)
        self._row = ButtonRow(self.kiosk, self.device, self.off)
        for widget in (self._title, self._row, self._why, self.notice):
            self.content.addWidget(widget)
        self._show_access()

    @property
    def why(self) -> str:
        """Why buttons are missing, "" for none."""
        return self._why.text()

    def show_state(self, state: DeviceState) -> None:
        """Show the buttons that do something on this machine."""
        self._access = (state.restart, state.switch_off)
        self._show_access()

    def retranslate(self) -> None:
        self._title.setText(self.tr("Restart and switch off"))
        self.kiosk.setText(self.tr("Restart the kiosk"))
        self.device.setText(self.tr("Restart the device"))
        self.off.setText(self.tr("Switch off"))
        self._show_access()

    def _show_access(self) -> None:
        for button, access in zip((self.device, self.off), self._access, strict=True):
            button.setVisible(access is PowerAccess.ALLOWED)
        sentences: dict[PowerAccess | None, str] = {
            PowerAccess.FORBIDDEN: self.tr(
                "This user may not restart or switch off the machine. On a device that ./install.sh device has set up, "
                "both buttons are here."
            ),
            PowerAccess.ABSENT: self.tr(
                "systemd does not answer here, so the machine itself has to be restarted and switched off by hand."
            ),
        }
        sentence = next((sentences[access] for access in self._access if access in sentences), "")
        self._why.setText(sentence)
        self._why.setVisible(bool(sentence))

    def _ask_kiosk(self) -> None:
        self._ask(
            self.tr("Restart the kiosk?"),
            self.tr("Nobody is recognised for about half a minute. What was registered is kept."),
            self.tr("Restart"),
            self.restarts.emit,
        )

    def _ask_device(self) -> None:
        self._ask(
            self.tr("Restart the device?"),
            self.tr("Nobody is recognised for a minute or two. What was registered is kept."),
            self.tr("Restart"),
            lambda: self._request(PowerAction.RESTART),
        )

    def _ask_off(self) -> None:
        self._ask(
            self.tr("Switch the device off?"),
            self.tr("Nobody is recognised until somebody switches it on again, by the button on the device."),
            self.tr("Switch off"),
            lambda: self._request(PowerAction.SWITCH_OFF),
        )

    def _ask(self, title: str, sentence: str, yes: str, agreed: Callable[[], None]) -> None:
        question = ConfirmScreen(title, sentence, yes)
        question.confirmed.connect(agreed)
        self.opens.emit(question)

    def _request(self, action: PowerAction) -> None:
        self._set_enabled(False)
        self._background.run(
            self, lambda: self._backend.request_power(action), lambda _: self._requested(), self._refused
        )

    def _requested(self) -> None:
        self.notice.say("good", self.tr("The device is shutting down."))

    def _refused(self, _error: KioskError) -> None:
        self._set_enabled(True)
        self.notice.say("bad", self.tr("The system refused. The device goes on; switch it off by its button."))

    def _set_enabled(self, enabled: bool) -> None:
        for button in (self.kiosk, self.device, self.off):
            button.setEnabled(enabled)
