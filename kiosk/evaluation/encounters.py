"""How two people get into each other's way before the camera."""

from __future__ import annotations

from enum import StrEnum
from math import cos, pi

import numpy as np

from kiosk.synthetic.film import Movement
from kiosk.synthetic.lens import Pose

LEAST_WIDTH_SHARE = 0.25  # a head turned further is not seen at all
PACE_M_S = (0.8, 1.6)


class Encounter(StrEnum):
    CROSSING = "two people cross"
    IN_FRONT = "somebody steps in front"
    TURNED = "a face turns away and back"
    TAKEN_OVER = "a face turns away, another one comes back"


def encounter_movements(encounter: Encounter, random: np.random.Generator) -> tuple[Movement, Movement]:
    """Return two people's movements in such an encounter; their times and distances are drawn."""
    near_m = float(random.uniform(0.7, 1.1))
    far_m = near_m + float(random.uniform(0.25, 0.6))
    above_m = -float(random.uniform(-0.12, 0.08))
    side = float(random.choice([-1, 1]))
    meets_s = float(random.uniform(1.6, 2.2))
    match encounter:
        case Encounter.CROSSING:
            paces = random.uniform(*PACE_M_S, size=2)
            first = _passing(-side * float(paces[0]), far_m, above_m, meets_s)
            return first, _passing(
                side * float(paces[1]), near_m, above_m - float(random.uniform(-0.04, 0.04)), meets_s
            )
        case Encounter.IN_FRONT:
            pace = side * float(random.uniform(*PACE_M_S))
            aside_m = float(random.uniform(-0.05, 0.05))
            return _standing(0.0, far_m, above_m), _stopping(pace, near_m, above_m, meets_s, aside_m)
        case Encounter.TURNED:
            takes_s = float(random.uniform(0.6, 1.6))
            return _turning(far_m, above_m, meets_s, takes_s), _absent
        case Encounter.TAKEN_OVER:
            takes_s = float(random.uniform(0.3, 1.0))
            turning, other = _turning(far_m, above_m, meets_s, takes_s), _turning(far_m, above_m, meets_s, takes_s)
            return (lambda at_s: turning(at_s) if at_s < meets_s else None), (
                lambda at_s: other(at_s) if at_s >= meets_s else None
            )


def _passing(pace_m_s: float, away_m: float, above_m: float, meets_s: float) -> Movement:
    return lambda at_s: _breathing(pace_m_s * (at_s - meets_s), away_m, above_m, at_s)


def _absent(at_s: float) -> Pose | None:  # noqa: ARG001
    return None


def _standing(across_m: float, away_m: float, above_m: float) -> Movement:
    return lambda at_s: _breathing(across_m, away_m, above_m, at_s)


def _stopping(pace_m_s: float, away_m: float, above_m: float, stops_s: float, aside_m: float) -> Movement:
    return lambda at_s: _breathing(aside_m + pace_m_s * min(at_s - stops_s, 0.0), away_m, above_m, at_s)


def _turning(away_m: float, above_m: float, at_its_most_s: float, takes_s: float) -> Movement:
    """Return somebody who stands there and turns their head away and back, each within takes_s."""

    def movement(at_s: float) -> Pose | None:
        phase = (at_s - at_its_most_s) / takes_s
        width_share = 1.0 if abs(phase) >= 1 else 1 - 0.5 * (1 + cos(pi * phase))
        pose = _breathing(0.0, away_m, above_m, at_s, width_share)
        return None if width_share < LEAST_WIDTH_SHARE else pose

    return movement


def _breathing(across_m: float, away_m: float, above_m: float, at_s: float, width_share: float = 1.0) -> Pose:
    """Nobody stands quite still: the head sways by a centimetre."""
    sway_m, nod_m = 0.01 * cos(2.1 * at_s), 0.006 * cos(3.3 * at_s)
    return Pose(across_m + sway_m, above_m - nod_m, away_m, 2 * cos(1.7 * at_s), width_share)
