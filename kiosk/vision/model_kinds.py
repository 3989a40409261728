"""The kinds of models that a catalogue may name.

The `kind` of a detector is the name of a module in kiosk/vision/detectors, that of an embedder the name of one in
kiosk/vision/embedders. A new kind is a new module there, with the function that DetectorModule or EmbedderModule
describes. It is imported when a model of its kind is opened: no detector's libraries are loaded for another one.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType
from typing import TYPE_CHECKING, Protocol, TypeAlias, cast

from kiosk.domain.ports import Embedder, FaceDetector
from kiosk.domain.types import FaceDetection, Image
from kiosk.vision import detectors, embedders

if TYPE_CHECKING:
    from kiosk.vision.catalogue import DetectorModel, EmbedderModel

ReadModel: TypeAlias = Callable[[str], bytes]
"""Returns the installed file of the model with this id. Raises ConfigurationError when it is missing or damaged."""


class InstalledDetector(FaceDetector, Protocol):
    """What every kind of detector is, for one thread at a time; landmarks it does not find are NaN."""

    @property
    def network_s(self) -> float:
        """Seconds spent inside its networks so far."""

    def find_candidates(self, image_bgr: Image) -> tuple[FaceDetection, ...]:
        """Return what may be a face, before any refinement pass: boxes, landmarks and scores may be coarse."""


class InstalledEmbedder(Embedder, Protocol):
    """What every kind of embedder is, for one thread at a time."""

    @property
    def dimension(self) -> int:
        """How many numbers an embedding has."""

    @property
    def network_s(self) -> float:
        """Seconds spent inside its network so far."""

    def golden_cosine(self) -> float | None:
        """Return how close it comes to the published network on the golden image; None without a golden vector."""

    def check(self) -> None:
        """Raise ConfigurationError unless it does what the published network does."""


class DetectorModule(Protocol):
    """What a module in kiosk/vision/detectors offers."""

    def open_detector(self, model: DetectorModel, read: ReadModel, minimum_score: float) -> InstalledDetector:
        """Load the network or networks of a model. Raises ConfigurationError when one cannot be loaded."""


class EmbedderModule(Protocol):
    """What a module in kiosk/vision/embedders offers."""

    def open_embedder(self, model: EmbedderModel, content: bytes, threads: int) -> InstalledEmbedder:
        """Load a network from the content of its installed file, to run on so many threads.

        Raises ConfigurationError when the network is not as the catalogue says.
        """


def detector_kinds() -> tuple[str, ...]:
    return _modules_in(detectors)


def embedder_kinds() -> tuple[str, ...]:
    return _modules_in(embedders)


def open_detector(model: DetectorModel, read: ReadModel, minimum_score: float = 0.5) -> InstalledDetector:
    """Open a detector of the kind that its model names; see DetectorModule."""
    module = cast("DetectorModule", import_module(f"{detectors.__name__}.{model.kind}"))
    return module.open_detector(model, read, minimum_score)


def open_embedder(model: EmbedderModel, content: bytes, threads: int = 1) -> InstalledEmbedder:
    """Open an embedder of the kind that its model names; see EmbedderModule."""
    module = cast("EmbedderModule", import_module(f"{embedders.__name__}.{model.kind}"))
    return module.open_embedder(model, content, threads)


def _modules_in(package: ModuleType) -> tuple[str, ...]:
    return tuple(sorted(module.name for module in iter_modules(package.__path__)))
