"""The questions that a folder of people can answer beyond the error rates at the product's settings."""

from __future__ import annotations

from enum import StrEnum


class Study(StrEnum):
    PARTS = "parts"
    PROMISE = "promise"
    CROSSINGS = "crossings"
    DISTANCES = "distances"
    COVERINGS = "coverings"

    @property
    def question(self) -> str:
        match self:
            case Study.PARTS:
                return "what each part is worth to people who walk up"
            case Study.PROMISE:
                return "whether the promised FPIR holds for people by whom it was not set"
            case Study.CROSSINGS:
                return "whether people who cross ever get each other's name"
            case Study.DISTANCES:
                return "from how far away, and how many at once, the detectors find people"
            case Study.COVERINGS:
                return "what glasses, masks and bad light do"
