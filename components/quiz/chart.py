"""Small chart of the quiz: published values over the years, and the reader's guess among them."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import Literal

from components.axes import axis_for, ticks_between
from components.formats import number
from components.markup import attribute, content
from components.trend import TrendSeries
from data.models import Language, Observation

# Lengths in units of the picture. It is narrow, so that its words can be read on a phone.
WIDTH, HEIGHT = 360, 200
LEFT, RIGHT, TOP, FOOT = 40, 312, 14, 172
# The width of a letter of a name, at most.
_LETTER = 8
Point = tuple[int, Decimal]
Look = Literal["real", "guess"]


@dataclass(frozen=True, slots=True)
class Frame:
    """The area of a chart: its years and the ends of its upright axis."""

    first: int
    last: int
    low: Decimal
    high: Decimal

    def x(self, year: int) -> float:
        """Return the place of a year."""
        return LEFT + (RIGHT - LEFT) * (year - self.first) / max(1, self.last - self.first)

    def y(self, value: Decimal) -> float:
        """Return the height of a value."""
        return FOOT - (FOOT - TOP) * float((value - self.low) / (self.high - self.low))


def frame_for(
    points: Sequence[Point], *, is_share: bool, ends: tuple[Decimal, Decimal] | None = None
) -> Frame:
    """Return a frame around points; ``ends`` are those of an axis that is given."""
    years = [year for year, _ in points]
    if ends is None:
        low, high = axis_for([value for _, value in points], is_share=is_share).ends
        ends = Decimal(str(low)), Decimal(str(high))
    return Frame(min(years), max(years), *ends)


def points_of(rows: Sequence[Observation]) -> tuple[Point, ...]:
    """Return year and value of dated numbers."""
    return tuple(
        (row.year, row.value) for row in rows if row.year is not None and row.value is not None
    )


def chart_svg(
    frame: Frame, parts: str, label: str, language: Language, attributes: str = ""
) -> str:
    """Return axes and ``parts`` as a picture with a name; ``attributes`` are for scripts."""
    ticks = "".join(
        f'<path class="q-grid" d="M{LEFT} {frame.y(tick):.1f}H{RIGHT}"/>'
        f'<text class="q-tick" x="{LEFT - 6}" y="{frame.y(tick) + 4:.1f}" text-anchor="end">'
        f"{content(number(tick, language))}</text>"
        for tick in ticks_between(frame.low, frame.high)
    )
    years = "".join(
        f'<text class="q-tick" x="{frame.x(year):.1f}" y="{FOOT + 18}" text-anchor="middle">'
        f"{year}</text>"
        for year in dict.fromkeys((frame.first, frame.last))
    )
    return (
        f'<svg class="q-chart" viewBox="0 0 {WIDTH} {HEIGHT}" role="img"'
        f' aria-label="{attribute(label)}"{attributes}>{ticks}{years}{parts}</svg>'
    )


def published_line(
    frame: Frame,
    rows: Sequence[Observation],
    name: str = "",
    beside: Sequence[Point] = (),
    *,
    bridged: bool = False,
) -> str:
    """Draw published values; lines join successive years of one definition.

    Where there is a line to continue, dots bridge its gaps (``bridged``). ``name`` stands at the
    last value and covers neither line; ``beside`` are the points of the other one.
    """
    joined = {
        (left.year, right.year) for left, right in TrendSeries("", tuple(rows), None).segments()
    }
    points = points_of(rows)
    lines = "".join(
        f'<path class="q-real{"" if (left[0], right[0]) in joined else " q-gap"}"'
        f' d="M{_place(frame, left)}L{_place(frame, right)}"/>'
        for left, right in pairwise(points)
        if bridged or (left[0], right[0]) in joined
    )
    return lines + _dots(frame, points, "real") + _name(frame, points, name, "real", beside)


def guessed_line(
    frame: Frame, points: Sequence[Point], name: str, beside: Sequence[Point] = ()
) -> str:
    """Draw what the reader thinks: the last point as a dot, with a name as of published values."""
    path = "L".join(_place(frame, point) for point in points)
    line = f'<path class="q-guess" d="M{path}"/>' if len(points) > 1 else ""
    return line + _dots(frame, points[-1:], "guess") + _name(frame, points, name, "guess", beside)


def _place(frame: Frame, point: Point) -> str:
    return f"{frame.x(point[0]):.1f} {frame.y(point[1]):.1f}"


def _dots(frame: Frame, points: Sequence[Point], look: Look) -> str:
    return "".join(
        f'<circle class="q-dot-{look}" cx="{frame.x(year):.1f}" cy="{frame.y(value):.1f}" r="4"/>'
        for year, value in points
    )


def _name(
    frame: Frame, points: Sequence[Point], name: str, look: Look, beside: Sequence[Point]
) -> str:
    """Write a name at the last point: above both lines or below them, on the side of its own."""
    if not name:
        return ""
    x, y = frame.x(points[-1][0]), frame.y(points[-1][1])
    anchor, direction = ("end", -1) if x > WIDTH / 2 else ("start", 1)
    start, end = sorted((x - 8 * direction, x + _LETTER * len(name) * direction))
    covered = [
        frame.y(value) for year, value in (*points, *beside) if start <= frame.x(year) <= end
    ]
    beside_y = frame.y(beside[-1][1]) if beside else FOOT
    above = (y, look) <= (beside_y, "guess")
    place = max(TOP - 4, min(covered) - 9) if above else max(covered) + 17
    shift = 8 if place < FOOT else -24  # Beside the year that stands below the axis.
    return (
        f'<text class="q-name q-name-{look}" x="{x - shift * direction:.1f}"'
        f' y="{place:.1f}" text-anchor="{anchor}">{content(name)}</text>'
    )
