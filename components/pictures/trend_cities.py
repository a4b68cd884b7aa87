"""Values of other cities in a trend: grey dots beside those of the city, each with its name."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import islice, permutations
from math import hypot

from components.formats import number
from components.pictures.trend_names import (
    ABOVE,
    ASIDE,
    BELOW,
    DOT,
    LEFT,
    RIGHT,
    Anchor,
    Field,
    Names,
    Point,
)
from components.trend import TrendSeries
from data.models import Language, Observation, Words

_RADIUS = DOT - 0.5
_NEAR = (ABOVE, BELOW, RIGHT, LEFT, *ASIDE)
_ENDS: tuple[Anchor, ...] = ((0, 0, "middle"), (-0.3, 0, "start"), (0.3, 0, "end"))
_FAR: tuple[Anchor, ...] = tuple(
    (dx, dy, end) for dy in (-2.1, 2.9, -3.3, 4.1, -4.5, 5.3) for dx, _, end in _ENDS
)
_ORDERS = 24  # In which names are tried.
# Two dots so far from each other, in pixels, are seen as two.
_APART = 2 * DOT
_OFF = DOT + 1  # Where the line to a name begins, in pixels from the middle of its dot.
_SHIFTS = tuple(sign * count * _APART for count in range(4) for sign in (1, -1))


@dataclass(frozen=True, slots=True)
class CityDot:
    """A value of another city at its place in a field, moved ``aside`` by so many pixels."""

    city: Words
    observation: Observation
    x: float
    y: float
    aside: float

    def dot(self, field: Field) -> str:
        """Draw it."""
        x, moved = self.x, ""
        if field.relative and self.aside:
            moved = f' transform="translate({self.aside:g})"'
        else:
            x += self.aside
        place = f'cx="{field.write_x(x)}" cy="{field.write_y(self.y)}"'
        return f'<circle class="t-city" {place} r="{_RADIUS}"{moved}/>'

    def name(self, names: Names, language: Language) -> str:
        """Write name and value beside it, or led to by a line, or not at all without room."""
        words = f"{self.city[language]} {number(self.observation.value or Decimal(0), language)}"
        size, look = names.field.size, "soft t-name"
        moved = self.aside / size
        around: list[Anchor] = [(dx + moved, dy, end) for dx, dy, end in _NEAR]
        if beside := names.placed([words], self.x, self.y, around, look=look):
            return beside
        x = self.x + self.aside
        for dx, dy, end in _FAR:
            ends = (
                (-_APART / 2 - 1, (dy + 0.3) * size)
                if dy < 0
                else (_APART / 2 + 1, (dy - 1) * size)
            )
            if names.are_on((x, self.y + ends[0]), (x, self.y + ends[1])):
                continue
            if led := names.placed([words], self.x, self.y, [(dx + moved, dy, end)], look=look):
                return self._leader(names.field, *ends) + led
        return ""

    def _leader(self, field: Field, start: float, end: float) -> str:
        """A line from the dot up or down to its name; ends are pixels from the dot."""
        if field.relative:  # A line cannot add pixels to percent, but a drawing inside one can.
            place = f'x="{field.write_x(self.x)}" y="{field.write_y(self.y)}"'
            ends = f'x1="{self.aside:g}" x2="{self.aside:g}" y1="{start:g}" y2="{end:g}"'
            return f'<svg {place}><line class="t-lead" {ends}/></svg>'
        x = field.write_x(self.x + self.aside)
        ends = f'y1="{field.write_y(self.y + start)}" y2="{field.write_y(self.y + end)}"'
        return f'<line class="t-lead" x1="{x}" x2="{x}" {ends}/>'


def cities_beside(field: Field, series: TrendSeries) -> tuple[CityDot, ...]:
    """Place the dots of other cities so that none lies on another dot.

    One that would is moved aside by dots: its height, which is the value, stays.
    """
    points: list[Point] = [field.place(observation) for observation in series.observations]
    dots = []
    for city, other in series.other_cities:
        x, y = field.place(other)
        aside = next(
            (
                aside
                for aside in _SHIFTS
                if 0 <= x + aside <= field.width
                and all(hypot(x + aside - left, y - top) >= _APART for left, top in points)
            ),
            0,
        )
        points.append((x + aside, y))
        dots.append(CityDot(city, other, x, y, aside))
    return tuple(dots)


def names_of_cities(cities: Sequence[CityDot], names: Names, language: Language) -> str:
    """Write the names of dots in that order, of a few, which finds room for most of them."""
    best: tuple[int, str, Names] = -1, "", names
    for order in islice(permutations(cities), _ORDERS):
        tried = replace(names, boxes=[*names.boxes])
        written = [city.name(tried, language) for city in order]
        count = sum(map(bool, written))
        if count > best[0]:
            best = count, "".join(written), tried
        if count == len(cities):
            break
    names.boxes = best[2].boxes
    return best[1]
