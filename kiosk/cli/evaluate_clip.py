"""`kiosk evaluate --clip`: who comes by in a recorded clip."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kiosk.config.settings import Settings
    from kiosk.evaluation.clips import TrackReport
    from kiosk.evaluation.models import EvaluationModels


def evaluate_clip(clip: Path, people: Path, models: EvaluationModels, settings: Settings, as_json: bool) -> None:
    """Print whom the product recognises in a clip. Raises ConfigurationError, DeviceError."""
    from contextlib import closing

    from kiosk.app.camera import build_camera_config
    from kiosk.capture.playback_speed import PlaybackSpeed
    from kiosk.capture.source_factory import open_source
    from kiosk.cli.progress import progress_bars
    from kiosk.core.clock import SystemClock
    from kiosk.domain.gallery import Gallery
    from kiosk.evaluation.clips import frames_of, track_reports
    from kiosk.evaluation.dataset import read_people
    from kiosk.evaluation.protocol import enroll, enroll_only
    from kiosk.evaluation.samples_cache import SamplesCache

    known = read_people(people)
    with closing(open_source(str(clip), build_camera_config(settings), SystemClock(), PlaybackSpeed.MAX)) as source:
        with progress_bars() as progress:
            enrollments = enroll(enroll_only(known), SamplesCache(models.detector, models.embedder), progress)
        gallery = Gallery(models.embedder.model_version, enrollments.templates)
        tracks = track_reports(frames_of(source), models.detector, models.embedder, gallery, models.decider)
    _print_tracks(tracks, [person.name for person in known], as_json)


def _print_tracks(tracks: tuple[TrackReport, ...], names: list[str], as_json: bool) -> None:
    from kiosk.cli.console import add_row, out, table
    from kiosk.evaluation.report import track_json

    if as_json:
        sys.stdout.write(json.dumps([track_json(track, names) for track in tracks]) + "\n")
        return
    rows = table("track", "from", "to", "decided after", "decision", "who", "similarity", "margin")
    for track in tracks:
        for decision in (*track.decisions,) or (None,):
            add_row(
                rows,
                track.track_id,
                f"{track.entered_s:.2f} s",
                f"{track.left_s:.2f} s",
                None if track.seconds_to_decision is None else f"{track.seconds_to_decision:.2f} s",
                decision and decision.status,
                names[decision.employee_id] if decision and decision.employee_id is not None else None,
                f"{decision.similarity:.3f}" if decision and decision.similarity is not None else None,
                f"{decision.margin:.3f}" if decision and decision.margin is not None else None,
            )
    out.print(rows)
