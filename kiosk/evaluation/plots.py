"""Pictures of an evaluation: trade-off of errors, scores, and what refusing poor samples saves."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import NDArray

from kiosk.domain.gallery import Gallery
from kiosk.errors import StorageError
from kiosk.evaluation.evaluation import Evaluation
from kiosk.evaluation.protocol import TransactionResult
from kiosk.evaluation.scores import mated_similarity, non_mated_similarity

DISCARDED = np.linspace(0, 0.5, 51)


def draw(found: Evaluation, folder: Path) -> tuple[Path, ...]:
    """Write det.png, scores.png and error-versus-discard.png into the folder. Raises StorageError."""
    gallery = Gallery(found.model_version, found.enrollments.templates)
    mated, non_mated, quality = _scores(found.results, gallery)
    figures = {
        "det.png": _det(mated, non_mated),
        "scores.png": _histogram(mated, non_mated, found.threshold),
        "error-versus-discard.png": _discard(mated, quality, found.threshold),
    }
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, figure in figures.items():
            figure.savefig(folder / name, dpi=120)
    except OSError as error:
        raise StorageError(f"cannot write plots into {folder}: {error.strerror}") from error
    return tuple(folder / name for name in figures)


Scores = NDArray[np.float64]


def _scores(results: Sequence[TransactionResult], gallery: Gallery) -> tuple[Scores, Scores, Scores]:
    """Return similarities of enrolled visitors to themselves when they rank first, else -1; of strangers; qualities.

    The qualities are those of the enrolled visitors, -1 for a refused sample.
    """
    mated, non_mated, quality = [], [], []
    for result in results:
        if not result.transaction.is_mated:
            non_mated.append(non_mated_similarity(result, gallery))
            continue
        mated.append(mated_similarity(result, gallery))
        quality.append(-1.0 if result.quality_score is None else result.quality_score)
    return np.array(mated), np.array(non_mated), np.array(quality)


def _det(mated: Scores, non_mated: Scores) -> Figure:
    """Source: ISO/IEC 19795-1, detection error trade-off, on logarithmic axes."""
    thresholds = np.sort(np.concatenate([mated, non_mated]))
    fnir = np.searchsorted(np.sort(mated), thresholds) / max(1, len(mated))
    fpir = 1 - np.searchsorted(np.sort(non_mated), thresholds) / max(1, len(non_mated))
    figure, axes = _figure("FPIR: strangers taken for somebody", "FNIR: enrolled people missed")
    axes.plot(fpir, fnir)
    axes.set_xscale("log")
    axes.set_yscale("log")
    axes.grid(True, which="both", alpha=0.3)
    return figure


def _histogram(mated: Scores, non_mated: Scores, threshold: float) -> Figure:
    figure, axes = _figure("similarity of the best candidate", "visits, as a density")
    bins = np.linspace(-0.2, 1, 61).tolist()
    for scores, label in ((mated[mated > -1], "enrolled, ranked first"), (non_mated[non_mated > -1], "strangers")):
        if len(scores):
            axes.hist(scores, bins=bins, density=True, alpha=0.6, label=label)
    axes.axvline(threshold, color="black", linestyle="--", label=f"threshold {threshold:.3f}")
    axes.legend()
    return figure


def _discard(mated: Scores, quality: Scores, threshold: float) -> Figure:
    """Source: Grother and Tabassi 2007, IEEE TPAMI 29(4), error versus reject."""
    figure, axes = _figure("share of the poorest samples refused", "FNIR among the others")
    missed = (mated < threshold)[np.argsort(quality, kind="stable")]
    if len(missed):
        axes.plot(DISCARDED, [missed[int(share * len(missed)) :].mean() for share in DISCARDED])
    axes.set_ylim(bottom=0)
    axes.grid(True, alpha=0.3)
    return figure


def _figure(x_label: str, y_label: str) -> tuple[Figure, Axes]:
    figure = Figure(figsize=(6, 4.5), layout="constrained")
    axes = figure.subplots()
    axes.set_xlabel(x_label)
    axes.set_ylabel(y_label)
    return figure, axes
