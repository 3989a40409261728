"""How each type of event looks, sounds and is called; a new type needs a case here and nothing else on the screens."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from kiosk.domain.types import EventType
from kiosk.ui.chimes import Sound

# Hours at which night, morning, afternoon and evening end; after the last one it is night again.
_PARTS_END_AT = (5, 12, 17, 23)


@dataclass(frozen=True, slots=True)
class EventStyle:
    """One type's looks, with texts in the language that was shown when it was asked for.

    Attributes:
        icon: name of a drawing in assets/icons.
        colour: of the icon in a list; a name in assets/design.toml.
        sound: played when somebody's event is registered.
        name: what such an event is called.
        is_disc: the icon stands on a disc, or else on a rounded square: told without the colour as well.
        greetings: what a person is greeted with in the morning, in the afternoon, in the evening and at night.
        registered_at: when the event was; {time} stands for the time.
        already_registered: what is said to somebody whose event was registered a moment ago.
        stands_since: since when they are in or out; {time} stands for the time.
        go: the button with which somebody does this now.
        change_to: the button that turns another event into one of this type.
    """

    icon: str
    colour: str
    sound: Sound
    name: str
    is_disc: bool
    greetings: tuple[str, str, str, str]
    registered_at: str
    already_registered: str
    stands_since: str
    go: str
    change_to: str

    def greeting_at(self, hour: int) -> str:
        """Return the greeting of an hour of the office's day, 0 to 23."""
        part = next((part for part, ends in enumerate(_PARTS_END_AT) if hour < ends), 0)
        return self.greetings[part - 1]


def event_style(event_type: EventType) -> EventStyle:
    match event_type:
        case EventType.ENTRY:
            return EventStyle(
                icon="entry",
                colour="good",
                sound=Sound.ENTRY,
                name=QCoreApplication.translate("EventStyle", "Entry"),
                is_disc=True,
                greetings=(
                    QCoreApplication.translate("EventStyle", "Good morning"),
                    QCoreApplication.translate("EventStyle", "Good afternoon"),
                    QCoreApplication.translate("EventStyle", "Good evening"),
                    QCoreApplication.translate("EventStyle", "Welcome"),
                ),
                registered_at=QCoreApplication.translate("EventStyle", "Entry at {time}"),
                already_registered=QCoreApplication.translate("EventStyle", "You are in"),
                stands_since=QCoreApplication.translate("EventStyle", "You are registered as in since {time}"),
                go=QCoreApplication.translate("EventStyle", "I'm coming in"),
                change_to=QCoreApplication.translate("EventStyle", "It's an entry"),
            )
        case EventType.EXIT:
            return EventStyle(
                icon="exit",
                colour="looking",
                sound=Sound.EXIT,
                name=QCoreApplication.translate("EventStyle", "Exit"),
                is_disc=False,
                greetings=(
                    QCoreApplication.translate("EventStyle", "Goodbye"),
                    QCoreApplication.translate("EventStyle", "Goodbye"),
                    QCoreApplication.translate("EventStyle", "Have a good evening"),
                    QCoreApplication.translate("EventStyle", "Goodbye"),
                ),
                registered_at=QCoreApplication.translate("EventStyle", "Exit at {time}"),
                already_registered=QCoreApplication.translate("EventStyle", "You have left"),
                stands_since=QCoreApplication.translate("EventStyle", "You are registered as out since {time}"),
                go=QCoreApplication.translate("EventStyle", "I'm leaving"),
                change_to=QCoreApplication.translate("EventStyle", "It's an exit"),
            )
