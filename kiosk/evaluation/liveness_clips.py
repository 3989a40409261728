"""Clips of live people and of pictures that are held up, made of one photograph each: a simulation of both."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from math import pi

import numpy as np

from kiosk.domain.types import FaceDetection, Image, Points
from kiosk.synthetic.camera import CameraConditions, LightSwing, SyntheticCamera
from kiosk.synthetic.held_picture import HeldPicture, Hold, Species, random_hold, random_sheet
from kiosk.synthetic.lens import Lens, Pose
from kiosk.synthetic.moving_head import HeadMotion, MovingHead
from kiosk.synthetic.office import random_office
from kiosk.synthetic.subjects import Subject

FRAME_S, LASTS_S = 0.1, 5.0
LENS = Lens(width_px=640, height_px=480, focal_px=560, horizon_px=230)
FACE_M = 0.15


class Behaviour(StrEnum):
    """How a live person comes and stands before the camera; bona fide presentations.

    Attributes:
        WALKS: comes up and waits.
        STANDS: stands there and moves as people do.
        STILL: stands as still as people can.
        HALF_LIGHT: stands in half of the light.
        FIFTH_LIGHT: stands in a fifth of the light.
    """

    WALKS = "walks up"
    STANDS = "stands"
    STILL = "stands still"
    HALF_LIGHT = "half of the light"
    FIFTH_LIGHT = "a fifth of the light"


LIGHT = {Behaviour.HALF_LIGHT: 0.5, Behaviour.FIFTH_LIGHT: 0.2}


@dataclass(frozen=True, slots=True, eq=False)
class Model:
    """The person in a clip: a photograph, the face in it and its mesh."""

    photograph_bgr: Image
    face: FaceDetection
    mesh: Points


def live_clip(model: Model, behaviour: Behaviour, seed: int) -> Iterator[Image]:
    """Yield the frames, FRAME_S apart, of a live person; the same seed gives the same frames."""
    random = np.random.default_rng(seed)
    head = MovingHead(model.photograph_bgr, model.face, model.mesh)
    motion = _random_motion(behaviour, random)
    stands = Pose(
        float(random.uniform(-0.15, 0.15)), float(random.uniform(-0.05, 0.08)), float(random.uniform(0.6, 1.1))
    )
    comes_s = float(random.uniform(1.0, 1.8)) if behaviour is Behaviour.WALKS else 0.0

    def pose(at_s: float) -> Pose:
        left = max(0.0, 1 - at_s / comes_s) if comes_s else 0.0
        away = Pose(stands.across_m + 0.5 * left, stands.above_m, stands.away_m + 1.6 * left)
        return motion.pose(away, at_s)

    def subject(at_s: float) -> Subject:
        return head.turned(*motion.angles(at_s), motion.lids(at_s))

    camera = _camera(random, LIGHT.get(behaviour, float(random.uniform(0.8, 1.0))), seed)
    for index in range(round(LASTS_S / FRAME_S)):
        at_s = index * FRAME_S
        yield camera.take([(subject(at_s), pose(at_s), pose(at_s + camera.conditions.shutter_s))], at_s)


def attack_clip(model: Model, species: Species, seed: int) -> Iterator[Image]:
    """Yield the frames, FRAME_S apart, of a picture that is held up; the same seed gives the same frames."""
    random = np.random.default_rng(seed)
    sheet = random_sheet(species, random)
    picture = HeldPicture(model.photograph_bgr, model.face, sheet)
    face_m = sheet.face_share * (1 - 2 * sheet.border) * sheet.width_m
    wanted_px = float(random.uniform(70, 150))
    away_m = LENS.focal_px * face_m / wanted_px
    hold: Hold = random_hold(species, away_m, random)
    head = MovingHead(model.photograph_bgr, model.face, model.mesh) if species is Species.REPLAY else None
    motion = _random_motion(Behaviour.STANDS, random)
    camera = _camera(random, float(random.uniform(0.8, 1.0)), seed)
    for index in range(round(LASTS_S / FRAME_S)):
        at_s = index * FRAME_S
        shown = None if head is None else _replayed(model, head, motion, at_s)
        yield camera.take(
            [(picture.at(hold, at_s, shown), hold.at(at_s), hold.at(at_s + camera.conditions.shutter_s))], at_s
        )


def _replayed(model: Model, head: MovingHead, motion: HeadMotion, at_s: float) -> Image:
    """Return a frame of the clip that a telephone plays: the head moves before the photograph's own background."""
    return head.before(model.photograph_bgr, *motion.angles(at_s), motion.lids(at_s))


def _random_motion(behaviour: Behaviour, random: np.random.Generator) -> HeadMotion:
    quiet = 0.35 if behaviour is Behaviour.STILL else 1.0
    blinks = np.cumsum(random.uniform(1.5, 6.0, 4)) - 1.0
    return HeadMotion(
        across_m=quiet * float(random.uniform(0.006, 0.02)),
        breath_m=quiet * float(random.uniform(0.003, 0.006)),
        nod_degrees=quiet * float(random.uniform(1, 5)),
        turn_degrees=quiet * float(random.uniform(1.5, 8)),
        sway_hz=float(random.uniform(0.2, 0.5)),
        phase=float(random.uniform(0, 2 * pi)),
        blinks_s=tuple(float(at_s) for at_s in blinks),
    )


def _camera(random: np.random.Generator, brightness: float, seed: int) -> SyntheticCamera:
    conditions = CameraConditions(
        shutter_s=float(random.uniform(0.008, 0.025)),
        softness_px=float(random.uniform(0.4, 1.0)),
        brightness=brightness,
        swings=(LightSwing(float(random.uniform(0, 0.05)), 2.0, float(random.uniform(0, 2 * pi))),),
        noise=float(random.uniform(2, 6)),
        jpeg_quality=int(random.integers(60, 92)),
    )
    return SyntheticCamera(LENS, random_office(LENS, random), conditions, seed)
