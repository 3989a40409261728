"""What the settings' screens need of the kiosk behind them."""

from __future__ import annotations

from typing import Protocol

from kiosk.config.setting_traits import SettingLevel
from kiosk.domain.credentials import AccessToken, TokenScope
from kiosk.settings.states import PastChange, SettingState


class SettingsBackend(Protocol):
    """All methods may wait, are called on a background thread and raise KioskError."""

    def states(self) -> tuple[SettingState, ...]:
        """Return how all settings stand on this device."""

    def set(self, name: str, text: str | None, level: SettingLevel, seen: str | None, /) -> PastChange | None:
        """Set a value; None where it is set already.

        Raises InvalidInput, SettingRefused, and SettingChanged where another value than the seen one is set.
        """

    def undo(self, number: int, /) -> None:
        """Set again what stood before a change. Raises SettingChanged where it was changed again."""

    def history(self) -> tuple[PastChange, ...]:
        """Return the last changes, the newest first."""

    def cameras(self) -> tuple[str, ...]:
        """Return the paths of this device's cameras."""

    def tokens(self) -> tuple[AccessToken, ...]:
        """Return all tokens, revoked and expired ones too."""

    def make_token(self, name: str, scope: TokenScope, /) -> str:
        """Return the text of a new token. Raises InvalidInput for a name that is in use, or no name."""

    def revoke_token(self, name: str, /) -> None:
        """Make a token invalid. Raises InvalidInput."""
