"""`kiosk evaluate`: how well the product does on a folder of photographs, or on a clip."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from rich.progress import TaskID

    from kiosk.config.settings import Settings
    from kiosk.evaluation.clips import TrackReport
    from kiosk.evaluation.evaluation import Evaluation
    from kiosk.evaluation.models import EvaluationModels
    from kiosk.evaluation.study import Study, StudyResult


def evaluate(  # noqa: PLR0917
    folder: Annotated[Path | None, typer.Argument(help="Photographs as FOLDER/PERSON/photograph.jpg.")] = None,
    pairs: Annotated[Path | None, typer.Option(metavar="FILE", help="A pairs file of LFW: 1:1 in ten folds.")] = None,
    samples: Annotated[int, typer.Option(min=1, help="Photographs to enroll each person from.")] = 1,
    walks: Annotated[
        bool,
        typer.Option("--walks", help="Let visitors walk up, in clips made of them; also for --study promise."),
    ] = False,
    fpir: Annotated[float | None, typer.Option(help="Share of strangers' visits that may be named.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One object on standard output.")] = False,
    plots: Annotated[Path | None, typer.Option(metavar="DIR", help="Write the curves into this folder.")] = None,
    apply: Annotated[bool, typer.Option("--apply", help="Set the threshold by these people from now on.")] = False,
    clip: Annotated[Path | None, typer.Option(metavar="VIDEO", help="Recognise the people of a clip instead.")] = None,
    people: Annotated[Path | None, typer.Option(metavar="FOLDER", help="Whom to know in the clip.")] = None,
    clips: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Clips of one camera as DIR/PERSON/clip.mp4, each left out in turn."),
    ] = None,
    one_camera: Annotated[
        Path | None, typer.Option(metavar="DIR", help="The same with pictures, the first three to enroll from.")
    ] = None,
    study: Annotated[
        str | None, typer.Option(metavar="NAME", help="Answer another question instead; `--study list` lists them.")
    ] = None,
) -> None:
    """Measure recognition with the product's own detector, gate, embedder, gallery and threshold.

    Whoever has more photographs than are enrolled is enrolled from the first ones and comes to the door with the
    others; all others come as strangers. Nothing is written unless --apply or --plots asks for it.
    """
    if study == "list":
        _list_studies()
        return
    from kiosk.app.evaluation import open_evaluation_models
    from kiosk.config.settings import load_settings
    from kiosk.errors import ConfigurationError

    wanted = None if study is None else _study_called(study)
    settings = load_settings(target_fpir=fpir)
    if clips is not None or one_camera is not None:
        _one_camera(clips, one_camera, settings, as_json)
        return
    if (folder is None) == (clip is None) or (clip is None) != (people is None):
        raise ConfigurationError("give a FOLDER of photographs, or --clip VIDEO with --people FOLDER")
    with open_evaluation_models(settings) as models:
        if clip is not None and people is not None:
            _evaluate_clip(clip, people, models, settings, as_json)
        elif folder is not None and wanted is not None:
            _study(wanted, folder, models, settings, samples=samples, walking=walks, as_json=as_json)
        elif folder is not None:
            output = _Output(as_json, plots, apply)
            _evaluate_folder(folder, models, settings, pairs=pairs, samples=samples, walking=walks, output=output)


def _list_studies() -> None:
    from kiosk.cli.console import add_row, out, table
    from kiosk.evaluation.study import Study

    rows = table("study", "question")
    for study in Study:
        add_row(rows, study, study.question)
    out.print(rows)


def _study_called(name: str) -> Study:
    from kiosk.errors import ConfigurationError
    from kiosk.evaluation.study import Study

    try:
        return Study(name)
    except ValueError as error:
        raise ConfigurationError(f"there is no study {name!r}; choose one of {', '.join(Study)}") from error


def _study(
    study: Study,
    folder: Path,
    models: EvaluationModels,
    settings: Settings,
    *,
    samples: int,
    walking: bool,
    as_json: bool,
) -> None:
    from kiosk.app.evaluation import open_every_detector, other_embedders
    from kiosk.evaluation.studies import run_study
    from kiosk.evaluation.study import Study

    with open_every_detector(settings) as detectors, _progress() as progress:
        others = other_embedders(settings, models) if study is Study.EMBEDDER_SWITCH else {}
        found = run_study(study, folder, models, detectors, progress, samples=samples, walking=walking, others=others)
    _print_study(found, as_json)


def _one_camera(clips: Path | None, pictures: Path | None, settings: Settings, as_json: bool) -> None:
    from kiosk.app.evaluation import open_evaluation_models
    from kiosk.errors import ConfigurationError
    from kiosk.evaluation.camera_studies import one_camera_study

    folder = clips or pictures
    if folder is None or (clips and pictures):
        raise ConfigurationError("give --clips DIR or --one-camera DIR, one of them")
    with open_evaluation_models(settings) as models, _progress() as progress:
        found = one_camera_study(folder, models, progress, clips=clips is not None)
    _print_study(found, as_json)


def _print_study(found: StudyResult, as_json: bool) -> None:
    from kiosk.cli.console import add_row, out, table

    if as_json:
        sys.stdout.write(json.dumps(found.figures) + "\n")
        return
    rows = table(*found.headings)
    for row in found.rows:
        add_row(rows, *row)
    out.print(rows)


@dataclass(frozen=True, slots=True)
class _Output:
    as_json: bool
    plots: Path | None
    apply: bool


def _evaluate_folder(
    folder: Path,
    models: EvaluationModels,
    settings: Settings,
    *,
    pairs: Path | None,
    samples: int,
    walking: bool,
    output: _Output,
) -> None:
    from kiosk.cli.console import say
    from kiosk.evaluation.evaluation import evaluate as run
    from kiosk.evaluation.report import as_json as report_json

    with _progress() as progress:
        found = run(folder, models, progress, samples=samples, pairs_path=pairs, walking=walking)
    if output.as_json:
        sys.stdout.write(json.dumps(report_json(found)) + "\n")
    else:
        _print(found)
    if output.plots is not None:
        from kiosk.evaluation.plots import draw

        for path in draw(found, output.plots):
            say(f"wrote {path}")
    if output.apply:
        _apply(found, models, settings)


def _print(found: Evaluation) -> None:
    from kiosk.cli.console import add_row, out, table
    from kiosk.evaluation.report import rates_rows, ratio_rows, size_rows, summary_rows

    summary = table("at the present settings", "")
    for row in summary_rows(found):
        add_row(summary, *row)
    out.print(summary)
    out.print()
    for heading, rates in (("quality", found.by_quality), ("group", found.by_group)):
        if rates:
            rows = table(heading, "recognised", "somebody else", "strangers named")
            for row in rates_rows(rates):
                add_row(rows, *row)
            out.print(rows)
            out.print()
    if len(found.by_group) > 1:
        ratios = table("groups", "missed, times as often", "strangers named, times as often")
        for row in ratio_rows(found.by_group):
            add_row(ratios, *row)
        out.print(ratios, "")
    sizes = table("enrolled", "rank 1", "threshold", "FPIR", "FNIR")
    for size in found.sizes:
        for row in size_rows(size):
            add_row(sizes, *row)
    out.print(sizes)
    if found.verification is not None:
        v = found.verification
        spread = "" if v.deviation is None else f" ± {v.deviation:.2%}"
        out.print(
            f"\n1:1, {v.pairs:,} pairs in {v.folds} folds: {v.accuracy:.2%}{spread} at {v.threshold:.3f}; "
            f"{v.refused} pairs with a refused photograph count as different",
            highlight=False,
        )


def _apply(found: Evaluation, models: EvaluationModels, settings: Settings) -> None:
    from dataclasses import replace

    from kiosk.cli.console import say
    from kiosk.core.clock import SystemClock
    from kiosk.domain.gallery import Gallery
    from kiosk.evaluation.impostor_tail import measure_impostor_tail
    from kiosk.recognition.calibration import Calibration, save

    tail = measure_impostor_tail(found.enrollments.templates, found.results, models.embedder.impostor_tail)
    calibration = Calibration(
        model_version=found.model_version,
        made_at=SystemClock().now().replace(microsecond=0),
        people=found.people,
        impostor_tail=tail,
    )
    path = save(calibration, settings.data_dir)
    gallery = Gallery(found.model_version, found.enrollments.templates)
    accept = replace(models.decider, tail=tail).thresholds(gallery).accept
    say(f"wrote {path}: with {found.templates} templates the threshold is now {accept:.3f}; restart a running kiosk")


def _evaluate_clip(clip: Path, people: Path, models: EvaluationModels, settings: Settings, as_json: bool) -> None:
    from contextlib import closing

    from kiosk.app.camera import build_camera_config
    from kiosk.capture.playback_speed import PlaybackSpeed
    from kiosk.capture.source_factory import open_source
    from kiosk.core.clock import SystemClock
    from kiosk.domain.gallery import Gallery
    from kiosk.evaluation.clips import frames_of, track_reports
    from kiosk.evaluation.dataset import read_people
    from kiosk.evaluation.protocol import enroll, enroll_only
    from kiosk.evaluation.samples_cache import SamplesCache

    known = read_people(people)
    with closing(open_source(str(clip), build_camera_config(settings), SystemClock(), PlaybackSpeed.MAX)) as source:
        with _progress() as progress:
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


@contextmanager
def _progress() -> Iterator[Callable[[str, int, int], None]]:
    """Show a bar for each stage on standard error."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    from kiosk.cli.console import err

    columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn()
    with Progress(*columns, console=err) as bars:
        stages: dict[str, TaskID] = {}

        def show(stage: str, done: int, total: int) -> None:
            if stage not in stages:
                stages[stage] = bars.add_task(stage, total=total)
            bars.update(stages[stage], completed=done, total=total)

        yield show
