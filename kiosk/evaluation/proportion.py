"""Proportions and their confidence intervals."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

Z_95 = 1.959964


@dataclass(frozen=True, slots=True)
class Proportion:
    """A count of a total.

    Attributes:
        count: not a whole number when it is a mean over several draws.
        total: may be 0, and then there is no value.
    """

    count: float
    total: int

    @property
    def value(self) -> float | None:
        return self.count / self.total if self.total else None

    @property
    def interval(self) -> tuple[float, float]:
        """The 95 % confidence interval.

        Source: Wilson 1927, Journal of the American Statistical Association 22(158).
        """
        if not self.total:
            return 0.0, 1.0
        share, z2 = self.count / self.total, Z_95**2
        centre = share + z2 / (2 * self.total)
        spread = Z_95 * sqrt(share * (1 - share) / self.total + z2 / (4 * self.total**2))
        scale = 1 + z2 / self.total
        return max(0.0, (centre - spread) / scale), min(1.0, (centre + spread) / scale)
