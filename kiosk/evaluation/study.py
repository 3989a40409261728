"""The questions that a folder of people can answer beyond the error rates at the product's settings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kiosk.domain.ports import FaceDetector
    from kiosk.evaluation.dataset import Person
    from kiosk.evaluation.models import EvaluationModels
    from kiosk.evaluation.protocol import Progress


class Study(StrEnum):
    """A question by the name that the command line knows it by."""

    ABLATION = "parts"
    FPIR_CHECK = "promise"
    IDENTITY_SWITCHES = "crossings"
    DETECTION_RANGE = "distances"
    OCCLUSIONS = "coverings"
    EMBEDDER_SWITCH = "switch"
    DOOR = "door"
    NETWORKS = "networks"
    TAIL = "tail"
    MARGIN = "margin"
    LIVENESS = "liveness"

    @property
    def question(self) -> str:
        return QUESTIONS[self]


QUESTIONS = {
    Study.ABLATION: "what each part is worth to people who walk up",
    Study.FPIR_CHECK: "whether the promised FPIR holds for people by whom it was not set",
    Study.IDENTITY_SWITCHES: "whether people who cross ever get each other's name",
    Study.DETECTION_RANGE: "from how far away, and how many at once, the detectors find people",
    Study.OCCLUSIONS: "what glasses, masks and bad light do",
    Study.EMBEDDER_SWITCH: "who gets templates of another network by coming, and whether anybody gets somebody else's",
    Study.DOOR: "how fast a door learns how much alike people are, and what one wrong enrollment does to it",
    Study.NETWORKS: "how the installed networks compare on the same visits",
    Study.TAIL: "how often different people are as much alike as the catalogue says",
    Study.LIVENESS: "how often simulated pictures that are held up pass for live people, and live people for pictures",
    Study.MARGIN: "what another least margin over the second person does",
}


@dataclass(frozen=True, slots=True, eq=False)
class StudyInputs:
    """What a question is answered with.

    Attributes:
        people: of the folder.
        models: of the product.
        progress: called with the stage, how much of it is done, and how much there is.
        samples: photographs to enroll each person from.
        is_walking: people walk up instead of showing a photograph, in the studies that know both.
        other_models: the same with the other embedders that are installed, by their ids.
        detectors: to be compared by distance, by what a table calls them.
    """

    people: tuple[Person, ...]
    models: EvaluationModels
    progress: Progress
    samples: int = 1
    is_walking: bool = False
    other_models: Mapping[str, EvaluationModels] = field(default_factory=dict)
    detectors: Mapping[str, FaceDetector] = field(default_factory=dict)

    @property
    def models_by_embedder(self) -> dict[str, EvaluationModels]:
        """The product's models first, by the embedder's id."""
        return {self.models.embedder.model_version.split("@")[0]: self.models, **self.other_models}


@dataclass(frozen=True, slots=True)
class StudyResult:
    """A table.

    Attributes:
        headings: of the columns.
        rows: for people.
        figures: the same for programs, an object a row.
    """

    headings: tuple[str, ...]
    rows: list[tuple[str, ...]]
    figures: list[dict[str, Any]]
