"""Estimates from counts: intervals, correlations, odds ratios, groups of extremes, the median."""

from collections.abc import Iterable, Mapping
from math import atanh, log, sqrt, tanh
from statistics import NormalDist
from typing import NamedTuple

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
    scores = sum(rest_score * times for (_, rest_score), times in pairs.items())
    squares = sum(rest_score * rest_score * times for (_, rest_score), times in pairs.items())
    products = sum(rest_score * times for (right, rest_score), times in pairs.items() if right)
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


def correlation_interval(correlation: float, pairs: int) -> tuple[float, float]:
    """Return the interval of a correlation by Fisher's transformation; ``pairs`` is 4 or more."""
    if abs(correlation) >= 1:
        return correlation, correlation
    margin = NormalDist().inv_cdf((1 + CONFIDENCE) / 2) / sqrt(pairs - 3)
    return tanh(atanh(correlation) - margin), tanh(atanh(correlation) + margin)


def extreme_scores(scores: Mapping[int, int], share: float) -> tuple[int, int] | None:
    """Return the highest score of the lower group and the lowest score of the upper one.

    ``scores`` counts by score. A group holds ``share`` of all at least, and whole scores. None
    where the two would meet.
    """
    low, high = (
        _reached(ordered, scores, share) for ordered in (sorted(scores), sorted(scores)[::-1])
    )
    return (low, high) if low is not None and high is not None and low < high else None


def _reached(ordered: Iterable[int], scores: Mapping[int, int], share: float) -> int | None:
    """Return the score at which a share of all is passed, in this order."""
    passed = 0
    for score in ordered:
        passed += scores[score]
        if passed >= share * sum(scores.values()):
            return score
    return None


def is_larger_share(part: int, total: int, other_part: int, other_total: int) -> bool:
    """Return whether a share is larger than another beyond chance (one-sided, 95 %, pooled z)."""
    if not total or not other_total:
        return False
    pooled = (part + other_part) / (total + other_total)
    error = sqrt(pooled * (1 - pooled) * (1 / total + 1 / other_total))
    difference = part / total - other_part / other_total
    return difference > 0 and difference > NormalDist().inv_cdf(CONFIDENCE) * error


class Stratum(NamedTuple):
    """Right and wrong answers of two groups whose other answers were equally good."""

    right: int
    wrong: int
    focal_right: int
    focal_wrong: int


def mantel_haenszel(strata: Iterable[Stratum]) -> tuple[float, float] | None:
    """Return the common odds ratio of strata as MH D-DIF, and its standard error.

    D-DIF is −2.35 times the logarithm of the ratio, negative where the item is harder for the
    focal group; the error is that of Robins, Breslow and Greenland. None without an estimate.
    """
    for_reference = for_focal = both = mixed = neither = 0.0
    for right, wrong, focal_right, focal_wrong in strata:
        number = right + wrong + focal_right + focal_wrong
        if not number:
            continue
        agreeing, differing = (right + focal_wrong) / number, (wrong + focal_right) / number
        favoured, hindered = right * focal_wrong / number, wrong * focal_right / number
        for_reference += favoured
        for_focal += hindered
        both += agreeing * favoured
        mixed += agreeing * hindered + differing * favoured
        neither += differing * hindered
    if not for_reference or not for_focal:
        return None
    variance = (
        both / for_reference**2 + mixed / (for_reference * for_focal) + neither / for_focal**2
    ) / 2
    return -2.35 * log(for_reference / for_focal), 2.35 * sqrt(variance)
