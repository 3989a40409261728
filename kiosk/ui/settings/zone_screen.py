"""The office's time zone, found as at the first start."""

from __future__ import annotations

from PySide6.QtCore import Signal

from kiosk.ui.admin.admin_screen import AdminScreen
from kiosk.ui.background import Background
from kiosk.ui.setup.zone_step import ZoneStep
from kiosk.ui.widgets import Button


class ZoneScreen(AdminScreen):
    """Signals:
    zone_chosen: the key of the time zone that was chosen.
    """

    zone_chosen = Signal(object)

    def __init__(self, key: str, background: Background) -> None:
        """key: of the time zone that is used now."""
        super().__init__()
        self.step, self.take = ZoneStep(key, background), Button("primary", "check")
        self.step.done.connect(self._chosen)
        self.take.clicked.connect(self.step.proceed)
        self.body.addWidget(self.step, 1)
        self.body.addWidget(self.take)

    def title(self) -> str:
        return self.tr("Time zone")

    def entered(self) -> None:
        self.step.entered()

    def left(self) -> None:
        self.step.left()

    def retranslate(self) -> None:
        super().retranslate()
        self.take.setText(self.tr("Use this time zone"))

    def _chosen(self, answer: dict[str, str]) -> None:
        self.closed.emit()
        self.zone_chosen.emit(answer["timezone"])
