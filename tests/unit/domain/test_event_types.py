"""What an event's type says of the person."""

from __future__ import annotations

import pytest

from kiosk.domain.types import EventMode, EventType


@pytest.mark.parametrize(
    ("event_type", "means_present", "opposite"),
    [
        pytest.param(EventType.ENTRY, True, EventType.EXIT, id="entry"),
        pytest.param(EventType.EXIT, False, EventType.ENTRY, id="exit"),
    ],
)
def test_a_type_knows_presence_and_its_opposite(
    event_type: EventType, means_present: bool, opposite: EventType
) -> None:
    assert (event_type.means_present, event_type.opposite) == (means_present, opposite)


@pytest.mark.parametrize("event_type", EventType)
def test_opposites_differ_in_presence(event_type: EventType) -> None:
    assert event_type.opposite.means_present is not event_type.means_present


@pytest.mark.parametrize(
    ("mode", "only_type"),
    [
        pytest.param(EventMode.TOGGLE, None, id="toggle"),
        pytest.param(EventMode.ENTRY_ONLY, EventType.ENTRY, id="entry only"),
        pytest.param(EventMode.EXIT_ONLY, EventType.EXIT, id="exit only"),
    ],
)
def test_a_door_for_one_direction_knows_its_type(mode: EventMode, only_type: EventType | None) -> None:
    assert mode.only_type is only_type
