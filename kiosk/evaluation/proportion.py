"""Proportions and their confidence intervals."""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, lgamma, log, sqrt

Z_95 = 1.959964
TAIL_95 = 0.025


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

    @property
    def exact_interval(self) -> tuple[float, float]:
        """The exact 95 % confidence interval, of a whole count; for rates so small that the other is too narrow.

        Source: Clopper and Pearson 1934, Biometrika 26(4).
        """
        count = round(self.count)
        low = 0.0 if count == 0 else 1 - _upper_bound(self.total - count, self.total)
        return low, _upper_bound(count, self.total)


def risk_ratio(one: Proportion, other: Proportion) -> tuple[float, float, float] | None:
    """Return how many times as often as in the other it happens in one, with the 95 % confidence interval.

    None where nothing happened in one of them: then there is no ratio.
    Source: Katz and others 1978, Biometrics 34(3).
    """
    if not (one.count and other.count):
        return None
    ratio = (one.count / one.total) / (other.count / other.total)
    spread = exp(Z_95 * sqrt(1 / one.count - 1 / one.total + 1 / other.count - 1 / other.total))
    return ratio, ratio / spread, ratio * spread


def _upper_bound(count: int, total: int) -> float:
    """Return the share at which count or fewer of total come with a probability of 2.5 %, by halving."""
    if count >= total:
        return 1.0
    low, high = count / total, 1.0
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if _at_most(count, total, middle) > TAIL_95 else (low, middle)
    return high


def _at_most(count: int, total: int, share: float) -> float:
    """Return the probability of count or fewer of total."""
    if not 0 < share < 1:
        return 1.0 if share <= 0 else 0.0
    whole, up, down = lgamma(total + 1), log(share), log(1 - share)
    return sum(
        exp(whole - lgamma(k + 1) - lgamma(total - k + 1) + k * up + (total - k) * down) for k in range(count + 1)
    )
