"""Visits by people who walk up to the camera, each made from a photograph."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from kiosk.core.gallery import Gallery
from kiosk.core.quality import Reason
from kiosk.core.tracking import Track
from kiosk.core.types import DecisionStatus, Frame, Image
from kiosk.errors import SampleRefused
from kiosk.evaluation.parts import Parts
from kiosk.evaluation.takes import central_face
from kiosk.evaluation.visits import Progress, Result, Visit
from kiosk.evaluation.walks import FRAME_S, walk
from kiosk.recognition.recognizer import FrameResult, Recognizer
from kiosk.vision.photographs import read_photograph

BEGINNING = datetime(2000, 1, 1, tzinfo=UTC)


def visit_walking(visits: Sequence[Visit], parts: Parts, gallery: Gallery, progress: Progress) -> Iterable[Result]:
    """Yield the result of each visit, recognised by the product frame by frame."""
    for done, visit in enumerate(visits, start=1):
        yield _visit(visit, parts, gallery)
        progress("visits", done, len(visits))


def _visit(visit: Visit, parts: Parts, gallery: Gallery) -> Result:
    try:
        photograph = read_photograph(visit.path)
    except SampleRefused as refused:
        return Result(visit, None, None, None, refused.reason)
    face = central_face(parts.detector.detect(photograph), photograph)
    if face is None:
        return Result(visit, None, None, None, Reason.NO_FACE)
    recognizer = Recognizer(parts.detector, parts.embedder, lambda: gallery, parts.decider)
    seen = [recognizer.process(frame) for frame in _frames(walk(photograph, face, _seed(visit.path)))]
    return _result(visit, seen, max(recognizer.tracks, key=_sample_count, default=None))


def _result(visit: Visit, seen: Sequence[FrameResult], track: Track | None) -> Result:
    """Judge a visit by its worst moment: whoever was named wrongly once was named wrongly."""
    decided = [o for result in seen for o in result.observations if o.is_new and o.decision is not None]
    named = [
        o.decision.employee_id for o in decided if o.decision is not None and o.decision.status is DecisionStatus.MATCH
    ]
    wrong = [person for person in named if person != visit.person]
    qualities = [o.quality for result in seen for o in result.observations if o.quality is not None]
    sampled = track is not None and _sample_count(track) > 0
    refused = None if sampled else (qualities[-1].reasons[0] if qualities else Reason.NO_FACE)
    return Result(
        visit=visit,
        named=wrong[0] if wrong else (named[0] if named else None),
        embedding=track.evidence.fused if track is not None and sampled else None,
        quality_score=max((quality.quality_score for quality in qualities), default=None),
        refused=refused,
        seconds_to_decision=decided[0].seconds_to_decision if decided else None,
    )


def _frames(images: Iterable[Image]) -> Iterable[Frame]:
    for index, image in enumerate(images):
        yield Frame(image, BEGINNING + timedelta(seconds=index * FRAME_S), index * FRAME_S, index)


def _seed(path: Path) -> int:
    return zlib.crc32(path.name.encode())


def _sample_count(track: Track) -> int:
    return track.evidence.sample_count
