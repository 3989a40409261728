"""What a door has measured of how much alike people are before its camera, in words."""

from __future__ import annotations

from kiosk.domain.decision import Decider
from kiosk.domain.door_tail import LEAST_PEOPLE, DoorTail, measure_door_tail
from kiosk.domain.gallery import Gallery
from kiosk.domain.thresholds import strangers_named
from kiosk.recognition.door_calibration import DoorMeasurement

NOTHING_MEASURED = "the door has not measured yet how much alike people are before it"
CAREFUL = "until then the threshold of a small office is a careful one"


def describe(measured: DoorMeasurement | None, decider: Decider, gallery: Gallery) -> str:
    """Return one paragraph.

    Args:
        measured: of the network in use; None for none.
        decider: with the impostor tail that it is compared with.
        gallery: of the people who are enrolled now.
    """
    if measured is None or not measured.histogram.visits:
        return f"{NOTHING_MEASURED}; {CAREFUL}"
    door = measure_door_tail(measured.histogram, decider.tail)
    if door is None:
        people = f"{measured.histogram.people} people in one day at the most"
        return f"{_seen(measured)}, of {people}; {LEAST_PEOPLE} people in one day are needed, and {CAREFUL}"
    pairs = f"worth {door.pairs:,.0f} different pairs of people"
    return f"{_seen(measured)}, {pairs}; {_meaning(door, decider, gallery)}{_left_out(measured)}"


def _left_out(measured: DoorMeasurement) -> str:
    """Return what the measurement costs, and what it does without."""
    refused = (
        f"; {measured.held_back} visit(s) were refused that the catalogue's threshold would have named: known people, "
        "or strangers"
    )
    if not measured.suspected:
        return refused
    return (
        f"{refused}; {measured.suspected} comparison(s) are left out, because both people may be one: "
        "`kiosk gallery check` says who, `kiosk gallery judge` settles it"
    )


def _seen(measured: DoorMeasurement) -> str:
    histogram = measured.histogram
    return (
        f"since {measured.since_at:%Y-%m-%d} the door has compared {histogram.visits:,} visit(s) with everybody else "
        f"who is enrolled: {histogram.comparisons:,} comparisons"
    )


def _meaning(door: DoorTail, decider: Decider, gallery: Gallery) -> str:
    rise = decider.rise()
    if rise is None:
        return f"they are {_than_catalogue(door)}; the threshold does not follow, see KIOSK_DOOR_CALIBRATION"
    accept = decider.thresholds(gallery).accept
    expected, worst = (
        strangers_named(decider.tail, accept - lies_above, gallery.comparisons)
        for lies_above in (door.expected, door.upper)
    )
    return (
        f"they are {_than_catalogue(door)}, so the threshold is {rise:.3f} higher; about one stranger in "
        f"{_one_in(expected)} would be taken for somebody, at the worst one in {_one_in(worst)}"
    )


def _than_catalogue(door: DoorTail) -> str:
    more = "more" if door.expected >= 0 else "less"
    return f"{abs(door.expected):.3f} {more} alike than the catalogue's people, {door.upper:.3f} more at the most"


def _one_in(share: float) -> str:
    """Return a share as 1 in so many, to two digits, as the estimate is no better."""
    number = 1 / max(share, 1e-9)
    return f"{float(f'{number:.2g}'):,.0f}"
