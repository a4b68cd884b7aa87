"""The rule that turns a value and a target into a share, a band and points. Pure; no I/O.

Readers find the rule on the page /en/method/. Shares are exact fractions, so the exact
share, never a rounded one, decides the band.
"""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Literal, NamedTuple, get_args

from data.models import Direction

# Counted up with every change of this rule; editions say which one they were published with.
METHOD = 2

Band = Literal["95-100", "66-95", "33-66", "0-33", "none"]
BANDS: tuple[Band, ...] = get_args(Band)


class BandEdge(NamedTuple):
    """A half-open interval of shares, from ``lowest`` percent up, and what it earns."""

    band: Band
    lowest: int
    points: int


# U4SSC publishes these bands and points; each interval contains its lower edge.
BAND_EDGES: tuple[BandEdge, ...] = (
    BandEdge("95-100", 95, 4),
    BandEdge("66-95", 66, 3),
    BandEdge("33-66", 33, 2),
    BandEdge("0-33", 0, 1),
)
TOP_BAND: Band = BAND_EDGES[0].band
HIGHEST_POINTS = max(edge.points for edge in BAND_EDGES)
# For texts: ``{edge_4}`` is the lowest share, in percent, that earns 4 points.
EDGE_VALUES: Mapping[str, int] = {f"edge_{edge.points}": edge.lowest for edge in BAND_EDGES}


def share_of_target(
    value: Decimal | int, target: Decimal | int, direction: Direction
) -> Fraction | None:
    """Return how far ``value`` reaches ``target``, in percent, exactly: 0 to 100.

    None for a neutral indicator, which has no better or worse. Value and target are in the
    same unit. A target of 0 where lower is better is met by 0 (or less) only; a target of 0
    where higher is better is met by every value that is not negative.
    """
    if direction == "neutral":
        return None
    reached, wanted = Fraction(value), Fraction(target)
    if direction == "lower_is_better":
        if reached <= wanted:
            return Fraction(100)
        if wanted <= 0:
            return Fraction(0)
        return 100 * wanted / reached
    if wanted <= 0:
        return Fraction(100) if reached >= wanted else Fraction(0)
    return min(Fraction(100), max(Fraction(0), 100 * reached / wanted))


def band_of(share: Fraction | None) -> Band:
    """Return the band of an exact share in percent; ``none`` where there is no share."""
    if share is None:
        return "none"
    return next(edge.band for edge in BAND_EDGES if share >= edge.lowest)


def rounded_share(share: Fraction, digits: int = 0) -> Decimal:
    """Return the share in percent, rounded half up, but never across an edge of a band.

    A share just below an edge keeps below it: 94.97 with one digit is 94.9, not 95.0.
    """
    step = Fraction(1, 10**digits)
    rounded = (share / step + Fraction(1, 2)) // 1 * step
    if band_of(rounded) != band_of(share):
        rounded -= step
    return round(Decimal(rounded.numerator) / Decimal(rounded.denominator), digits)


def points_of(band: Band) -> int | None:
    """Return the 1 to 4 points that a band earns; None for ``none``."""
    return next((edge.points for edge in BAND_EDGES if edge.band == band), None)


def group_share(points: Iterable[int | None]) -> Fraction | None:
    """Return the share of the highest possible points, in percent, of a group.

    ``points`` are those of the group's data points; None (not scored) counts nowhere.
    Returns None where nothing is scored. U4SSC's own examples: 1, 3, 4, 1 make 56.25 %
    and 3, 4, 2 make 75 % (verification report of Kristiansund, 2020, flip-book page 12).
    """
    scored = [earned for earned in points if earned is not None]
    if not scored:
        return None
    return Fraction(100 * sum(scored), HIGHEST_POINTS * len(scored))
