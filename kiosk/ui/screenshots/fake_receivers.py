"""A fake backend of the screens of the receivers."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from kiosk.errors import InvalidInput, KioskError
from kiosk.ui.receivers.backend import ReceiverState, ReceiverSummary

_AT = datetime(2026, 11, 27, 8, 58, tzinfo=UTC)
_FOUND = (
    ReceiverSummary("display", "mqtt", ReceiverState.WELL, 4211, 0, _AT),
    ReceiverSummary("hr", "adms", ReceiverState.PAUSED, 3990, 221, datetime(2026, 11, 20, 16, 3, tzinfo=UTC)),
    ReceiverSummary(
        "payroll", "webhook", ReceiverState.FAILING, 4187, 24, datetime(2026, 11, 27, 6, 12, tzinfo=UTC), "http_500",
        datetime(2026, 11, 27, 6, 15, tzinfo=UTC), datetime(2026, 11, 27, 9, 0, tzinfo=UTC),
    ),
    ReceiverSummary("old-payroll", "files", ReceiverState.NEW, 4211, 0),
)  # fmt: skip


class FakeReceiversBackend:
    """A ReceiversBackend that answers what was set.

    Attributes:
        found: by name.
        test_code: what a test ends with; None for well.
        refuses: raised by everything; None for nothing.
    """

    def __init__(self) -> None:
        self.found = {one.name: one for one in _FOUND}
        self.test_code: str | None = None
        self.refuses: KioskError | None = None

    def receivers(self) -> tuple[ReceiverSummary, ...]:
        if self.refuses is not None:
            raise self.refuses
        return tuple(self.found[name] for name in sorted(self.found))

    def test_receiver(self, _name: str, /) -> str | None:
        return self.test_code

    def pause_receiver(self, name: str, /) -> None:
        self.found[name] = replace(self.found[name], state=ReceiverState.PAUSED)

    def resume_receiver(self, name: str, /) -> None:
        self.found[name] = replace(self.found[name], state=ReceiverState.WELL, error=None)

    def replay_receiver(self, name: str, first: int, /) -> None:
        before = self.found[name]
        self.found[name] = replace(before, position=first - 1, waiting=before.latest - first + 1)

    def remove_receiver(self, name: str, /) -> None:
        del self.found[name]

    def add_webhook(self, name: str, url: str, /) -> str:
        if " " in url:
            raise InvalidInput("this is no address")
        self.found[name] = ReceiverSummary(name, "webhook", ReceiverState.NEW)
        return "whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY="

    def add_folder(self, name: str, _folder: str, /) -> None:
        self.found[name] = ReceiverSummary(name, "files", ReceiverState.NEW)
