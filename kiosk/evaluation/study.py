"""The questions that a folder of people can answer beyond the error rates at the product's settings."""

from __future__ import annotations

from enum import StrEnum


class Study(StrEnum):
    """A question by the name that the command line knows it by."""

    ABLATION = "parts"
    FPIR_CHECK = "promise"
    IDENTITY_SWITCHES = "crossings"
    DETECTION_RANGE = "distances"
    OCCLUSIONS = "coverings"
    EMBEDDER_SWITCH = "switch"

    @property
    def question(self) -> str:
        match self:
            case Study.ABLATION:
                return "what each part is worth to people who walk up"
            case Study.FPIR_CHECK:
                return "whether the promised FPIR holds for people by whom it was not set"
            case Study.IDENTITY_SWITCHES:
                return "whether people who cross ever get each other's name"
            case Study.DETECTION_RANGE:
                return "from how far away, and how many at once, the detectors find people"
            case Study.OCCLUSIONS:
                return "what glasses, masks and bad light do"
            case Study.EMBEDDER_SWITCH:
                return "who gets templates of another network by coming, and whether anybody gets somebody else's"
