"""What the administrator does at the door about receivers."""

from __future__ import annotations

import base64
import secrets

from db.receivers import ReceiverFigures
from kiosk.app.admin_journal import ACTOR
from kiosk.core.context import acting_as
from kiosk.receivers.administration import ReceiverAdministration
from kiosk.receivers.port import DeliveryFailed
from kiosk.receivers.webhook import SECRET_PREFIX
from kiosk.ui.receivers.backend import ReceiverState, ReceiverSummary

SECRET_BYTES = 32


class AdminReceivers:
    """Fulfils the protocol of the screens of the receivers.

    Any thread may call any method; all may block and raise StorageError, InvalidInput and ConfigurationError.
    """

    def __init__(self, administration: ReceiverAdministration) -> None:
        self._administration = administration

    def receivers(self) -> tuple[ReceiverSummary, ...]:
        return tuple(self._summary(one) for one in self._administration.figures())

    def test_receiver(self, name: str) -> str | None:
        try:
            self._administration.test(name)
        except DeliveryFailed as failure:
            return failure.code
        return None

    def pause_receiver(self, name: str) -> None:
        with acting_as(ACTOR):
            self._administration.pause(name)

    def resume_receiver(self, name: str) -> None:
        with acting_as(ACTOR):
            self._administration.resume(name)

    def replay_receiver(self, name: str, first: int) -> None:
        with acting_as(ACTOR):
            self._administration.replay(name, first)

    def remove_receiver(self, name: str) -> None:
        with acting_as(ACTOR):
            self._administration.remove(name)

    def add_webhook(self, name: str, url: str) -> str:
        secret = SECRET_PREFIX + base64.b64encode(secrets.token_bytes(SECRET_BYTES)).decode("ascii")
        with acting_as(ACTOR):
            self._administration.add(name, "webhook", {"url": url}, {"secret": secret}, None)
        return secret

    def add_folder(self, name: str, folder: str) -> None:
        with acting_as(ACTOR):
            self._administration.add(name, "files", {"folder": folder}, {}, None)

    def _summary(self, figures: ReceiverFigures) -> ReceiverSummary:
        one = figures.receiver
        return ReceiverSummary(
            name=one.name,
            kind=one.kind,
            state=_state(figures),
            position=one.position,
            waiting=figures.waiting,
            delivered_at=one.delivered_at,
            error=one.error,
            failing_since=one.failing_since,
            retry_at=one.retry_at,
            is_local=self._administration.is_local(one.name),
        )


def _state(figures: ReceiverFigures) -> ReceiverState:
    one = figures.receiver
    if one.is_paused:
        return ReceiverState.PAUSED
    if one.error is not None:
        return ReceiverState.FAILING
    if not figures.is_well:
        return ReceiverState.UNATTENDED
    return ReceiverState.NEW if one.delivered_at is None else ReceiverState.WELL
