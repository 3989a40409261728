"""What the administrator changes at the door: settings, and tokens of other systems."""

from __future__ import annotations

from dataclasses import asdict

from db.setting_changes import SettingChange
from kiosk.app.admin_journal import ACTOR
from kiosk.capture.v4l2 import list_cameras
from kiosk.config.setting_traits import SettingLevel
from kiosk.core.context import acting_as
from kiosk.domain.credentials import AccessToken, TokenScope, checked_token_name
from kiosk.security.access_tokens import AccessTokens
from kiosk.settings.states import PastChange, SettingState
from kiosk.settings.store import SettingStore


class AdminSettings:
    """Fulfils kiosk.ui.settings.backend.SettingsBackend. Any thread may call it; all methods may block."""

    def __init__(self, store: SettingStore, tokens: AccessTokens) -> None:
        self._store, self._tokens = store, tokens

    def states(self) -> tuple[SettingState, ...]:
        return self._store.states()

    def set(self, name: str, text: str | None, level: SettingLevel, seen: str | None, /) -> PastChange | None:
        with acting_as(ACTOR):
            changed = self._store.set(name, text, level, seen)
        return None if changed is None else _past(changed)

    def undo(self, number: int, /) -> None:
        with acting_as(ACTOR):
            self._store.undo(self._store.change(number))

    def history(self) -> tuple[PastChange, ...]:
        return tuple(_past(one) for one in self._store.history())

    def cameras(self) -> tuple[str, ...]:
        return tuple(str(camera.path) for camera in list_cameras())

    def tokens(self) -> tuple[AccessToken, ...]:
        return self._tokens.list()

    def make_token(self, name: str, scope: TokenScope, /) -> str:
        with acting_as(ACTOR):
            return self._tokens.create(checked_token_name(name), scope)[1]

    def revoke_token(self, name: str, /) -> None:
        with acting_as(ACTOR):
            self._tokens.revoke(name)


def _past(change: SettingChange) -> PastChange:
    return PastChange(**asdict(change))
