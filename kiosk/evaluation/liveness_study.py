"""How often pictures that are held up pass for live people, and live people for pictures, on simulated clips.

Terms of ISO/IEC 30107-3: APCER, the share of a species' attack presentations that were taken for live; BPCER, the share
of live (bona fide) presentations that were not; non-response, presentations without any answer because no face was
found. A doubt is not taken for live.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any, TypeAlias

import numpy as np

from kiosk.core.opencv import cv2
from kiosk.core.photographs import read_photograph
from kiosk.domain.liveness import LivenessVerdict
from kiosk.domain.ports import FaceDetector, PresentationAttackDetector
from kiosk.domain.tracking import Tracker, box_size
from kiosk.domain.types import Image
from kiosk.errors import ConfigurationError, SampleRefused
from kiosk.evaluation.dataset import Person
from kiosk.evaluation.liveness_clips import FRAME_S, Behaviour, Model, attack_clip, live_clip
from kiosk.evaluation.models import EvaluationModels
from kiosk.evaluation.proportion import Proportion
from kiosk.evaluation.report import proportion_json
from kiosk.evaluation.samples_cache import central_face
from kiosk.evaluation.study import StudyInputs, StudyResult
from kiosk.recognition.motion_liveness import MotionLiveness
from kiosk.synthetic.held_picture import Species
from kiosk.vision.face_mesh import FaceMesh

MODEL_FACE_PX = 120
ATTEMPTS = 150  # of each species, and of each way to come, if there are so many people

Kind: TypeAlias = Species | Behaviour


@dataclass(frozen=True, slots=True)
class Presentation:
    """What came of one clip.

    Attributes:
        verdict: the first one that is no doubt, DOUBTFUL if there was none; None where no face was found.
        after_s: from the face's first frame to that verdict; None without one.
        work_s: processor time for liveness.
        other_s: processor time for detection and tracking.
    """

    verdict: LivenessVerdict | None
    after_s: float | None
    work_s: float
    other_s: float


def present(frames: Iterable[Image], detector: FaceDetector, liveness: PresentationAttackDetector) -> Presentation:
    """Show a clip, FRAME_S between its frames, to the detector of presentation attacks."""
    tracker, verdict, after_s, began_s = Tracker(), None, None, None
    work_s = other_s = 0.0
    for index, image in enumerate(frames):
        at_s = index * FRAME_S
        began = time.thread_time()
        tracks = tracker.update(detector.detect(image), at_s)
        found = time.thread_time()
        liveness.observe(image, tracks, at_s)
        work_s, other_s = work_s + time.thread_time() - found, other_s + found - began
        for track in tracks[:1]:
            began_s = at_s if began_s is None else began_s
            assessment = liveness.assess(track.id)
            if after_s is None:
                verdict = LivenessVerdict.DOUBTFUL if assessment is None else assessment.verdict
                after_s = None if verdict is LivenessVerdict.DOUBTFUL else at_s - began_s
    return Presentation(verdict, after_s, work_s, other_s)


def liveness_study(inputs: StudyInputs, attempts: int = ATTEMPTS) -> StudyResult:
    """Return a row a species and a behaviour. Raises ConfigurationError without the face landmarker."""
    rows: list[tuple[str, ...]] = []
    figures: list[dict[str, Any]] = []
    kinds: tuple[Kind, ...] = (*Species, *Behaviour)
    for place, kind in enumerate(kinds):
        found: list[Presentation] = []
        # Each kind begins with other people, so that few attempts of all kinds show many of them.
        people = inputs.people[place * attempts % len(inputs.people) :] + inputs.people
        for seed, model in enumerate(_models(people[: min(attempts, len(inputs.people))], inputs.models)):
            clip = attack_clip(model, kind, seed) if isinstance(kind, Species) else live_clip(model, kind, seed)
            found.append(present(clip, inputs.models.detector, MotionLiveness()))
            inputs.progress(kind.value, seed + 1, attempts)
        rows.append(_row(kind, found))
        figures.append(_figures(kind, found))
    return StudyResult(
        ("simulated", "clips", "error", "called a picture", "called live", "doubt", "no face", "answer after", "work"),
        rows,
        figures,
    )


def _models(people: Sequence[Person], models: EvaluationModels) -> Iterator[Model]:
    """Yield the people in whose first photograph a face and its mesh are found."""
    if models.face_mesh is None:
        raise ConfigurationError("the face landmarker is missing; run: kiosk models install")
    for person in people:
        try:
            photograph = read_photograph(person.photographs[0])
        except SampleRefused:
            continue
        model = model_of(photograph, models.detector, models.face_mesh)
        if model is not None:
            yield model


def model_of(photograph_bgr: Image, detector: FaceDetector, face_mesh: FaceMesh) -> Model | None:
    """Return the person of a photograph, made no larger than the clips show it; None without a face or its mesh."""
    face = central_face(detector.detect(photograph_bgr), photograph_bgr)
    if face is not None and box_size(face.box_xyxy) > 2 * MODEL_FACE_PX:
        scale = MODEL_FACE_PX / box_size(face.box_xyxy)
        smaller = cv2.resize(photograph_bgr, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
        return model_of(np.asarray(smaller, np.uint8), detector, face_mesh)
    mesh = None if face is None else face_mesh.mesh(photograph_bgr, face.landmarks_xy)
    return None if face is None or mesh is None else Model(photograph_bgr, face, mesh)


def error_rate(kind: Kind, found: Sequence[Presentation]) -> Proportion:
    """Return the APCER of a species or the BPCER of a behaviour, of those in which a face was found."""
    answered = [one.verdict for one in found if one.verdict is not None]
    is_wrong = isinstance(kind, Species)
    return Proportion(sum((verdict is LivenessVerdict.LIVE) == is_wrong for verdict in answered), len(answered))


def _row(kind: Kind, found: Sequence[Presentation]) -> tuple[str, ...]:
    rate = error_rate(kind, found)
    low, high = rate.exact_interval
    name = "APCER" if isinstance(kind, Species) else "BPCER"
    share = "—" if rate.value is None else f"{name} {rate.value:.1%} ({100 * low:.1f}–{100 * high:.1f})"
    counts = [sum(one.verdict is verdict for one in found) for verdict in _VERDICTS]
    seconds = [one.after_s for one in found if one.after_s is not None]
    after = f"{median(seconds):.1f} s" if seconds else "—"
    work = f"{sum(one.work_s for one in found) / max(1e-9, sum(one.other_s for one in found)):.0%}"
    return kind.value, f"{len(found)}", share, *(f"{count}" for count in counts), after, work


def _figures(kind: Kind, found: Sequence[Presentation]) -> dict[str, Any]:
    return {
        "kind": kind.value,
        "is_attack": isinstance(kind, Species),
        "error_rate": proportion_json(error_rate(kind, found)),
        "verdicts": [None if one.verdict is None else one.verdict.value for one in found],
        "answered_after_s": [one.after_s for one in found],
        "work_s": sum(one.work_s for one in found),
        "detection_s": sum(one.other_s for one in found),
    }


_VERDICTS = (LivenessVerdict.ATTACK, LivenessVerdict.LIVE, LivenessVerdict.DOUBTFUL, None)
