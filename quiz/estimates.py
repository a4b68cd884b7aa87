"""Estimates from counts: Wilson's interval, the point-biserial correlation, the median."""

from __future__ import annotations

from collections.abc import Mapping
from math import sqrt
from statistics import NormalDist

CONFIDENCE = 0.95


def wilson(right: int, total: int, confidence: float = CONFIDENCE) -> tuple[float, float]:
    """Return Wilson's score interval for a share, as two fractions of 1.

    It takes the answers for independent of each other. Those of one run are not quite, so
    for the answers of many runs together the true interval is somewhat wider.

    Raises ``ValueError`` where there is nothing to count, or more right than there are.
    """
    if not 0 <= right <= total or total == 0:
        raise ValueError(f"{right} of {total} is no share")
    z = NormalDist().inv_cdf((1 + confidence) / 2)
    share = right / total
    middle = (share + z * z / (2 * total)) / (1 + z * z / total)
    margin = z * sqrt(share * (1 - share) / total + (z / (2 * total)) ** 2) / (1 + z * z / total)
    # At the very ends rounding would put the share a hair outside its own interval.
    low = 0.0 if right == 0 else middle - margin
    high = 1.0 if right == total else middle + margin
    return low, high


def point_biserial(pairs: Mapping[tuple[bool, int], int]) -> float | None:
    """Return the correlation of an item (right or wrong) with the score of the run's other items.

    ``pairs`` counts how often each pair (right, score of the others) occurred. The item is
    left out of the score, as otherwise it would correlate with itself. None where all were
    right, all were wrong, or all others scored the same: then there is nothing to compare.
    """
    number = sum(pairs.values())
    rights = sum(times for (right, _), times in pairs.items() if right)
    scores = sum(rest * times for (_, rest), times in pairs.items())
    squares = sum(rest * rest * times for (_, rest), times in pairs.items())
    products = sum(rest * times for (right, rest), times in pairs.items() if right)
    spread = (number * rights - rights * rights) * (number * squares - scores * scores)
    if spread <= 0:
        return None
    return (number * products - rights * scores) / sqrt(spread)


def median_step(histogram: Mapping[int, int]) -> int | None:
    """Return the step of the (lower) median of a histogram, step → answers; None if empty."""
    total = sum(histogram.values())
    passed = 0
    for step in sorted(histogram):
        passed += histogram[step]
        if passed and 2 * passed >= total:
            return step
    return None
