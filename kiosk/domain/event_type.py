"""What an event of the attendance is; without numpy, so that the command line knows it at once."""

from __future__ import annotations

from enum import StrEnum


class EventType(StrEnum):
    """What the person did. kiosk.ui.event_styles says how each one looks and sounds."""

    ENTRY = "entry"
    EXIT = "exit"

    @property
    def means_present(self) -> bool:
        """Whether the person is in the office after it."""
        match self:
            case EventType.ENTRY:
                return True
            case EventType.EXIT:
                return False

    @property
    def opposite(self) -> EventType:
        """What the person does next at a door that takes both, and what it is turned into when it was wrong."""
        match self:
            case EventType.ENTRY:
                return EventType.EXIT
            case EventType.EXIT:
                return EventType.ENTRY
