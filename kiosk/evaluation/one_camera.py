"""People before one camera, each left out in turn as a stranger, before and after the door has measured.

Read from a folder a person: of pictures, or of clips. The first pictures, or the first clip, are what a person is
enrolled from, the others are visits.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from itertools import product
from pathlib import Path

import numpy as np

from kiosk.capture.playback_speed import PlaybackSpeed
from kiosk.capture.replay import VideoFile
from kiosk.core.clock import SystemClock
from kiosk.core.opencv import cv2
from kiosk.domain.cohort import relative_similarities
from kiosk.domain.decision import Decider
from kiosk.domain.thresholds import VISIT_COMPARISONS
from kiosk.domain.types import Embedding, Image
from kiosk.errors import ConfigurationError
from kiosk.evaluation.door_simulation import PersonSamples, SimulatedDoor, Visit
from kiosk.evaluation.models import EvaluationModels
from kiosk.evaluation.proportion import Proportion
from kiosk.evaluation.protocol import Progress
from kiosk.evaluation.samples_cache import SamplesCache

PICTURES = (".jpg", ".jpeg", ".png", ".webp", ".pgm")
CLIPS = (".mp4", ".mov", ".avi", ".mkv", ".webm")
TEMPLATES = 3
FPIRS = (0.01, 0.001)
AFTER_VISITS = (0, 5, 20, 100)
SMALL_GALLERY = 5
# Collections of faces are often cut out so closely that a detector sees no face: such a picture is enlarged and put
# onto a grey ground.
SMALL_PX, GROUND_PX, GREY = 200, 384, 128
CLIP_SAMPLES = 25


@dataclass(frozen=True, slots=True)
class OneCameraRates:
    """What was found at one target FPIR after so many visits.

    Attributes:
        enrolled: people in each gallery.
        after: visits that the door had measured.
        fpir: the target of a visit, of VISIT_COMPARISONS looks.
        threshold: mean over the galleries.
        recognised: visits of people who are enrolled.
        misidentified: their visits that were taken for somebody else.
        strangers_named: visits of people who were left out.
        expected_fmr: of a pair, for which the threshold is set.
        fmr: pairs of a stranger's visit and an enrolled person that reach the threshold.
    """

    enrolled: int
    after: int
    fpir: float
    threshold: float
    recognised: Proportion
    misidentified: Proportion
    strangers_named: Proportion
    expected_fmr: float
    fmr: Proportion


def read_one_camera(folder: Path, models: EvaluationModels, progress: Progress, *, clips: bool) -> list[PersonSamples]:
    """Return the people of whom there are templates and visits. Raises ConfigurationError with fewer than three."""
    try:
        folders = sorted(path for path in folder.iterdir() if path.is_dir())
        files = [_files(one, CLIPS if clips else PICTURES) for one in folders]
    except OSError as error:
        raise ConfigurationError(f"cannot read {folder}: {error.strerror}") from error
    cache, people = SamplesCache(models.detector, models.embedder), []
    for done, paths in enumerate(files, start=1):
        person = _of_clips(paths, cache) if clips else _of_pictures(paths, cache)
        if person.templates and person.visits:
            people.append(person)
        progress("people", done, len(files))
    if len(people) < 3:
        kind = "two clips" if clips else f"{TEMPLATES + 1} pictures"
        raise ConfigurationError(f"{folder} holds {len(people)} people with {kind} that can be used; three are needed")
    return people


def leave_one_out(
    people: Sequence[PersonSamples], decider: Decider, progress: Progress, after: Sequence[int] = AFTER_VISITS
) -> list[OneCameraRates]:
    """Let each person in turn come as a stranger, to the five who follow and to everybody else.

    The visits of each person are looked up once as a stranger's, and once as those of somebody enrolled.
    """
    sizes = sorted({min(SMALL_GALLERY, len(people) - 1), len(people) - 1})
    settings = list(product(sizes, after, FPIRS))
    rates = []
    for done, (enrolled, count, fpir) in enumerate(settings, start=1):
        rates.append(_rates(people, replace(decider, target_fpir=fpir), enrolled, count))
        progress("settings", done, len(settings))
    return rates


def _rates(people: Sequence[PersonSamples], decider: Decider, enrolled: int, after: int) -> OneCameraRates:
    mated: list[bool | None] = []
    strangers, thresholds, reached, expected = [], [], [], []
    for left_out in range(len(people)):
        chosen = ((left_out + step) % len(people) for step in range(1, enrolled + 1))
        door = _door_after({n: people[n] for n in chosen}, decider, after, left_out)
        limits = door.decider.thresholds(door.gallery)
        thresholds.append(limits.accept)
        expected.append(-np.expm1(np.log1p(-decider.target_fpir) / (VISIT_COMPARISONS * door.gallery.comparisons)))
        for visit in people[left_out].visits:
            strangers.append(visit.named(door.gallery, door.decider) is not None)
            similarities = relative_similarities(door.gallery.similarities(visit.fused()), decider.tail.mean)
            reached.append(similarities >= limits.accept)
        known = (left_out + 1) % len(people)
        named = (visit.named(door.gallery, door.decider) for visit in people[known].visits)
        mated += [None if who is None else who == known for who in named]
    pairs = np.concatenate(reached)
    return OneCameraRates(
        enrolled,
        after,
        decider.target_fpir,
        float(np.mean(thresholds)),
        Proportion(mated.count(True), len(mated)),
        Proportion(mated.count(False), len(mated)),
        Proportion(sum(strangers), len(strangers)),
        float(np.mean(expected)),
        Proportion(int(pairs.sum()), len(pairs)),
    )


def _door_after(people: dict[int, PersonSamples], decider: Decider, visits: int, seed: int) -> SimulatedDoor:
    """Return the door after so many visits, everybody in turn once a day."""
    door, random = SimulatedDoor(people, decider), np.random.default_rng(seed)
    order: list[int] = []
    for _ in range(visits):
        if not order:
            door.begin_day()
            order = random.permutation(list(people)).tolist()
        door.visit(people[order.pop()].any_visit(random))
    return door


def _files(folder: Path, suffixes: Sequence[str]) -> list[Path]:
    return sorted(path for path in folder.iterdir() if path.suffix.lower() in suffixes)


def _of_pictures(paths: Sequence[Path], cache: SamplesCache) -> PersonSamples:
    pictures = [picture for path in paths if (picture := _picture(path)) is not None]
    templates = [cache.template_of(picture).embedding for picture in pictures[:TEMPLATES]]
    samples = [cache.probe_of(picture) for picture in pictures[TEMPLATES:]]
    visits = [Visit(((s.quality.quality_score, s.embedding),)) for s in samples if s.embedding and s.quality]
    return PersonSamples(tuple(t for t in templates if t is not None), tuple(visits))


def _picture(path: Path) -> Image | None:
    """Return a picture, a small one in the middle of a grey ground; None for one that cannot be read."""
    image = cv2.imread(str(path))
    if image is None or max(image.shape[:2]) >= SMALL_PX:
        return None if image is None else np.asarray(image, np.uint8)
    enlarged = cv2.resize(image, None, fx=2, fy=2, interpolation=cv2.INTER_CUBIC)
    ground: Image = np.full((GROUND_PX, GROUND_PX, 3), GREY, np.uint8)
    height, width = enlarged.shape[:2]
    top, left = (GROUND_PX - height) // 2, (GROUND_PX - width) // 2
    ground[top : top + height, left : left + width] = enlarged
    return ground


def _of_clips(paths: Sequence[Path], cache: SamplesCache) -> PersonSamples:
    frames = [_frames(path) for path in paths]
    templates = [] if not frames else [cache.template_of(image).embedding for image in frames[0]]
    usable = [embedding for embedding in templates if embedding is not None]
    chosen = _spread(usable, TEMPLATES)
    visits = []
    for images in frames[1:]:
        samples = [cache.probe_of(image) for image in images]
        found = tuple((s.quality.quality_score, s.embedding) for s in samples if s.embedding and s.quality)
        visits += [Visit(found)] if len(found) > 1 else []
    return PersonSamples(tuple(chosen), tuple(visits))


def _frames(path: Path) -> list[Image]:
    """Return up to CLIP_SAMPLES frames of a clip, evenly spread. Raises DeviceError for one that cannot be played."""
    images: list[Image] = []
    step = 1
    with closing(VideoFile(path, SystemClock(), PlaybackSpeed.MAX)) as source:
        while (frame := source.read()) is not None:
            if frame.index % step == 0:
                images.append(frame.image_bgr)
            if len(images) > CLIP_SAMPLES:
                images, step = images[::2], 2 * step
    return images


def _spread(embeddings: Sequence[Embedding], count: int) -> list[Embedding]:
    """Return so many of the embeddings, evenly spread."""
    places = np.unique(np.linspace(0, len(embeddings) - 1, count).astype(int)) if embeddings else ()
    return [embeddings[place] for place in places]
