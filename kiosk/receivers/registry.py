"""The kinds of receivers that there are."""

from __future__ import annotations

from collections.abc import Mapping

from kiosk.errors import InvalidInput
from kiosk.receivers import adms, files, mqtt, webhook
from kiosk.receivers.port import ReceiverKind

KINDS: Mapping[str, ReceiverKind] = {
    "adms": adms.KIND,
    "files": files.KIND,
    "mqtt": mqtt.KIND,
    "webhook": webhook.KIND,
}


def kind_named(name: str) -> ReceiverKind:
    """Return a kind. Raises InvalidInput for one that there is not."""
    if (kind := KINDS.get(name)) is None:
        raise InvalidInput(f"there is no kind of receiver called {name!r}; there are: {', '.join(KINDS)}")
    return kind
