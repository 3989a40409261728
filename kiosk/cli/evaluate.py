"""`kiosk evaluate`: how well the product does on a folder of photographs, or on a clip."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

if TYPE_CHECKING:
    from kiosk.config.settings import Settings
    from kiosk.evaluation.dataset import Selection
    from kiosk.evaluation.evaluation import Evaluation
    from kiosk.evaluation.models import EvaluationModels
    from kiosk.evaluation.study import Study, StudyResult

Named = TypeVar("Named", bound=StrEnum)


def evaluate(  # noqa: PLR0917
    folder: Annotated[Path | None, typer.Argument(help="Photographs as FOLDER/PERSON/photograph.jpg.")] = None,
    pairs: Annotated[Path | None, typer.Option(metavar="FILE", help="A pairs file of LFW: 1:1 in ten folds.")] = None,
    samples: Annotated[int, typer.Option(min=1, help="Photographs to enroll each person from.")] = 1,
    walks: Annotated[
        bool,
        typer.Option("--walks", help="Let visitors walk up, in clips made of them; also in studies of visits."),
    ] = False,
    half: Annotated[
        str | None,
        typer.Option(metavar="tuning|checking", help="Every second person only; checking begins with the first."),
    ] = None,
    fpir: Annotated[float | None, typer.Option(help="Share of strangers' visits that may be named.")] = None,
    single_strangers: Annotated[
        bool, typer.Option("--single-strangers", help="As strangers only those with one photograph: each comes once.")
    ] = False,
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
    from kiosk.cli.evaluate_clip import evaluate_clip
    from kiosk.config.settings import load_settings
    from kiosk.errors import ConfigurationError
    from kiosk.evaluation.dataset import Half, Selection
    from kiosk.evaluation.study import Study

    wanted, selection = _called(Study, study), Selection(samples, _called(Half, half), single_strangers)
    settings = load_settings(target_fpir=fpir)
    if clips is not None or one_camera is not None:
        _one_camera(clips, one_camera, settings, as_json)
        return
    if (folder is None) == (clip is None) or (clip is None) != (people is None):
        raise ConfigurationError("give a FOLDER of photographs, or --clip VIDEO with --people FOLDER")
    with open_evaluation_models(settings) as models:
        if clip is not None and people is not None:
            evaluate_clip(clip, people, models, settings, as_json)
        elif folder is not None and wanted is not None:
            _study(wanted, folder, models, settings, selection, walking=walks, as_json=as_json)
        elif folder is not None:
            output = _Output(as_json, plots, apply)
            _evaluate_folder(folder, models, settings, selection, pairs=pairs, walking=walks, output=output)


def _list_studies() -> None:
    from kiosk.cli.console import add_row, out, table
    from kiosk.evaluation.study import Study

    rows = table("study", "question")
    for study in Study:
        add_row(rows, study, study.question)
    out.print(rows)


def _called(kind: type[Named], name: str | None) -> Named | None:
    from kiosk.errors import ConfigurationError

    try:
        return None if name is None else kind(name)
    except ValueError as error:
        known = ", ".join(kind)
        raise ConfigurationError(f"there is no {kind.__name__.lower()} {name!r}; choose one of {known}") from error


def _study(
    study: Study,
    folder: Path,
    models: EvaluationModels,
    settings: Settings,
    selection: Selection,
    *,
    walking: bool,
    as_json: bool,
) -> None:
    from kiosk.app.evaluation import open_every_detector, other_embedders
    from kiosk.cli.progress import progress_bars
    from kiosk.evaluation.dataset import select_people
    from kiosk.evaluation.studies import run_study
    from kiosk.evaluation.study import Study, StudyInputs

    people = select_people(folder, selection)
    comparing = Study.EMBEDDER_SWITCH, Study.NETWORKS, Study.TAIL
    with open_every_detector(settings) as detectors, progress_bars() as progress:
        others = other_embedders(settings, models) if study in comparing else {}
        inputs = StudyInputs(people, models, progress, selection.samples, walking, others, detectors)
        found = run_study(study, inputs)
    _print_study(found, as_json)


def _one_camera(clips: Path | None, pictures: Path | None, settings: Settings, as_json: bool) -> None:
    from kiosk.app.evaluation import open_evaluation_models
    from kiosk.cli.progress import progress_bars
    from kiosk.errors import ConfigurationError
    from kiosk.evaluation.camera_studies import one_camera_study

    folder = clips or pictures
    if folder is None or (clips and pictures):
        raise ConfigurationError("give --clips DIR or --one-camera DIR, one of them")
    with open_evaluation_models(settings) as models, progress_bars() as progress:
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
    selection: Selection,
    *,
    pairs: Path | None,
    walking: bool,
    output: _Output,
) -> None:
    from kiosk.cli.console import say
    from kiosk.cli.progress import progress_bars
    from kiosk.evaluation.evaluation import evaluate as run
    from kiosk.evaluation.report import as_json as report_json

    with progress_bars() as progress:
        found = run(folder, models, selection, progress, pairs_path=pairs, walking=walking)
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
