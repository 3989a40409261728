"""`kiosk bench`: how fast it is on this machine."""

from __future__ import annotations

import json
import platform
import sys
from contextlib import closing
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from kiosk.bench.timing import Timing
    from kiosk.config.settings import Settings
    from kiosk.vision.model_kinds import InstalledDetector, InstalledEmbedder


@dataclass(frozen=True, slots=True)
class Measurement:
    """One measured figure.

    Attributes:
        name: what was measured.
        value: in the unit.
        unit: such as ms or MB.
        bound: the aim, such as "≤ 20"; None where there is none.
    """

    name: str
    value: float
    unit: str
    bound: str | None = None


def bench(
    as_json: Annotated[bool, typer.Option("--json", help="One object on standard output.")] = False,
    peer: Annotated[bool, typer.Option("--peer", help="Also time LiteRT and dlib on the same frames.")] = False,
) -> None:
    """Time each stage, whole frames, searches, the start and an empty door; medians, for comparing in one run."""
    from kiosk.cli.console import say
    from kiosk.config.settings import load_settings

    settings = load_settings()
    if peer:
        from kiosk.bench.dlib_baseline import require_extra

        require_extra()
    machine = _machine()  # before its own load
    say("timing the stages, searches and frames; a minute")
    timings, figures = _in_process(settings, peer)
    say("timing the door as a process of its own; a minute")
    figures += _as_process()
    if as_json:
        content = {
            "machine": machine, "timings": [asdict(t) for t in timings], "figures": [asdict(f) for f in figures]
        }  # fmt: skip
        sys.stdout.write(json.dumps(content, ensure_ascii=False, indent=1) + "\n")
        return
    _print(machine, timings, figures)


def _in_process(settings: Settings, peer: bool) -> tuple[list[Timing], list[Measurement]]:
    from kiosk.app.models import load_detector, load_embedder
    from kiosk.bench import stage_timings

    one = settings.model_copy(update={"threads": 1})
    many = settings.model_copy(update={"threads": stage_timings.usable_processors()})
    embedder = load_embedder(one)
    with closing(load_detector(one)) as detector:
        timings = [*stage_timings.time_stages(detector, embedder)]
        timings += stage_timings.time_searches(embedder)
        timings += stage_timings.time_whole_frames(detector, embedder, 1)
        timings += stage_timings.time_whole_frames(detector, load_embedder(many), many.threads)
        figures = [
            Measurement(
                "outside the two networks",
                100 * stage_timings.measure_share_outside_networks(detector, embedder),
                "% of a frame",
                "≤ 20",
            ),
            _search_ratio({timing.name: timing.processor_ms for timing in timings}),
        ]
        if peer:
            figures += _compare_with_peers(settings, detector, embedder, timings)
    return timings, figures


def _search_ratio(processor_ms: dict[str, float]) -> Measurement:
    ratio = processor_ms["search 100,000 templates"] / processor_ms["read a matrix of 100,000 once"]
    return Measurement("search in 100,000 / reading them once", ratio, "times", "≤ 1.5")


def _compare_with_peers(
    settings: Settings, detector: InstalledDetector, embedder: InstalledEmbedder, timings: list[Timing]
) -> list[Measurement]:
    from kiosk.app.models import build_model_store
    from kiosk.bench import dlib_baseline
    from kiosk.cli.console import say

    folder, store = settings.data_dir / "bench", build_model_store(settings)
    model = store.find("mobilefacenet")  # LiteRT has no other of our networks
    ours, litert = dlib_baseline.compare_with_litert(detector, store.open_embedder(model.id), model, folder, say)
    dlib = dlib_baseline.compare_with_dlib(detector, embedder, folder, say)
    timings += [ours, litert, dlib.ours, dlib.undecided, dlib.in_visit, dlib.upsampled, dlib.plain]
    our_m, upsampled_m, plain_m = dlib.reach_m

    def ratio(name: str, theirs: Timing, to: Timing, bound: str | None = None) -> Measurement:
        return Measurement(name, theirs.processor_ms / to.processor_ms, "times", bound)

    return [
        ratio("mobilefacenet / the same under LiteRT", ours, litert, "≤ 1.3"),
        ratio("dlib, upsampled once / ours until decided", dlib.upsampled, dlib.undecided, "≥ 30"),
        ratio("… / ours all anew", dlib.upsampled, dlib.ours),
        ratio("… / ours in a visit", dlib.upsampled, dlib.in_visit),
        ratio("dlib, not upsampled / ours until decided", dlib.plain, dlib.undecided),
        ratio("… / ours all anew", dlib.plain, dlib.ours),
        ratio("… / ours in a visit", dlib.plain, dlib.in_visit),
        Measurement("a face is found up to", our_m, "m"),
        Measurement("… by dlib, upsampled once", upsampled_m, "m"),
        Measurement("… by dlib, not upsampled", plain_m, "m"),
    ]


def _as_process() -> list[Measurement]:
    from kiosk.bench import process_timings

    cold_s, decision_s, peak_mb = process_timings.measure_first_decision()
    share, empty_peak_mb = process_timings.measure_empty_door()
    return [
        Measurement("cold start to first decision", cold_s, "s", "≤ 4"),
        Measurement("face to decision, 30 frames a second", decision_s, "s", "≤ 0.5"),
        Measurement("empty door, 15 frames a second", 100 * share, "% of a processor", "≤ 15"),
        Measurement("peak memory", max(peak_mb, empty_peak_mb), "MB"),
    ]


def _print(machine: str, timings: list[Timing], figures: list[Measurement]) -> None:
    from kiosk.cli.console import add_row, out, table

    out.print(machine, highlight=False)
    rows = table("work", "median ms", "p95 ms", "processor ms", "times")
    for timing in timings:
        times_ms = (timing.median_ms, timing.p95_ms, timing.processor_ms)
        add_row(rows, timing.name, *(f"{ms:.2f}" for ms in times_ms), timing.count)
    out.print(rows)
    rows = table("figure", "value", "unit", "aim")
    for figure in figures:
        add_row(rows, figure.name, f"{figure.value:.2f}", figure.unit, figure.bound)
    out.print(rows)


def _machine() -> str:
    """Describe the machine and its load before the benchmark, on which the times depend."""
    import os

    from kiosk.bench.stage_timings import usable_processors

    return (
        f"{usable_processors()} × {_processor()}, {platform.machine()}, Python {platform.python_version()}, "
        f"{os.getloadavg()[0]:.1f} busy before"
    )


def _processor() -> str:
    from pathlib import Path

    for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.processor() or "unknown processor"
