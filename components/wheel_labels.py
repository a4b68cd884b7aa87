"""The names of categories and dimensions around the wheel, and the geometry that they share."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from math import cos, degrees, pi, sin, sqrt
from textwrap import wrap

from components.markup import content
from components.pictures.lettering import width as letter_width

# Lengths are in units of the wheel, whose middle is 0 0.
HALF_WIDTH, HALF_HEIGHT = 560, 452
LABEL_SIZE, _LINE_HEIGHT, _LABEL_GAP = 21, 22, 4
_CATEGORY_ARC, _LABEL_RADIUS = 388, 410
_ELBOW = 6
_LONGEST_LINE = 13
# Near twelve and six o'clock names of both sides would meet in the middle.
_LEAST_X = 24.0
_NAME_SIZE = 22.0  # Of the names on the ring, as style sheets and files have it.


@dataclass(frozen=True, slots=True)
class Arc:
    """A named part of the circle, in radians clockwise from twelve o'clock."""

    name: str
    start: float
    end: float

    @property
    def middle(self) -> float:
        """The angle of its name, in radians."""
        return (self.start + self.end) / 2


def point(radius: float, angle: float) -> str:
    """A place by radius and angle, clockwise from twelve o'clock."""
    return f"{short(radius * sin(angle))} {short(-radius * cos(angle))}"


def short(length: float) -> str:
    """One decimal at most, since a picture carries hundreds of coordinates."""
    rounded = round(length, 1)
    return str(int(rounded)) if rounded == int(rounded) else str(rounded)


@lru_cache(16)  # They are the same in every year.
def category_labels(categories: tuple[Arc, ...]) -> str:
    """Draw the arc of each category and its upright name at the side, joined by an elbow."""
    elbows, names = [], []
    for right in (True, False):
        arcs = [arc for arc in categories if (arc.middle <= pi) is right]
        arcs.sort(key=lambda arc: -cos(arc.middle))
        lines = [_lines(arc.name) for arc in arcs]
        heights = [len(words) * _LINE_HEIGHT + _LABEL_GAP for words in lines]
        heads = _apart([-_LABEL_RADIUS * cos(arc.middle) for arc in arcs], heights)
        for arc, words, head in zip(arcs, lines, heads, strict=True):
            foot = _foot(words, head, right=right)
            elbows.append(
                f"M{_CATEGORY_ARC * sin(arc.middle):.0f} {-_CATEGORY_ARC * cos(arc.middle):.0f}"
                f"L{foot:.0f} {head:.0f}"
            )
            names.append(_name(words, foot, head, right=right))
    return (
        f'<g class="w-labels"><g class="w-elbows">{_arcs(categories)}<path d="{"".join(elbows)}"/>'
        f"</g>{''.join(names)}</g>"
    )


def _arcs(categories: tuple[Arc, ...]) -> str:
    """Draw all arcs as the dashes of one circle, which begins with the first."""
    first = categories[0].start
    ends = [*(arc.start for arc in categories[1:]), first + 2 * pi]
    dashes = [
        short(_CATEGORY_ARC * length)
        for arc, end in zip(categories, ends, strict=True)
        for length in (arc.end - arc.start, end - arc.end)
    ]
    return (
        f'<circle r="{_CATEGORY_ARC}" transform="rotate({short(degrees(first) - 90)})" '
        f'stroke-dasharray="{" ".join(dashes)}"/>'
    )


def _foot(lines: list[str], middle: float, *, right: bool) -> float:
    """Return where an elbow meets its name, whose lines stay outside the circle."""
    nearest = max(0.0, abs(middle) - len(lines) * _LINE_HEIGHT / 2)
    x = max(_LEAST_X, sqrt(max(0.0, _LABEL_RADIUS**2 - nearest**2)))
    return x if right else -x


def _name(lines: list[str], foot: float, middle: float, *, right: bool) -> str:
    x = foot + (_ELBOW if right else -_ELBOW)
    first = middle - len(lines) * _LINE_HEIGHT / 2 + _LINE_HEIGHT * 0.76
    # Whole units: names are a third of the drawing.
    spans = "".join(
        f'<tspan x="{x:.0f}" y="{first + place * _LINE_HEIGHT:.0f}">{content(line)}</tspan>'
        for place, line in enumerate(lines)
    )
    anchor = "" if right else ' text-anchor="end"'
    return f"<text{anchor}>{spans}</text>"


def _lines(name: str) -> list[str]:
    words = " ".join(name.split())
    return wrap(words, _LONGEST_LINE, break_long_words=False, break_on_hyphens=False)


def _apart(wanted: Sequence[float], heights: Sequence[float]) -> list[float]:
    """Move names of one side apart until none overlaps, and none leaves the picture."""
    middles = list(wanted)
    for _ in range(400):
        for upper, lower in pairwise(range(len(middles))):
            missing = (heights[upper] + heights[lower]) / 2 - (middles[lower] - middles[upper])
            if missing > 0:
                middles[upper] -= missing / 2
                middles[lower] += missing / 2
        for index, height in enumerate(heights):
            limit = HALF_HEIGHT - height / 2
            middles[index] = min(max(middles[index], -limit), limit)
    return middles


def letters_along(arc: Arc, radius: float, *, lower_half: bool) -> str:
    """Return the letters of a name, each turned as the arc is at its place."""
    widths = [letter_width(letter, _NAME_SIZE, bold=True) for letter in arc.name]
    passed, turned = -sum(widths) / 2, []
    for letter, width in zip(arc.name, widths, strict=True):
        along = (passed + width / 2) / radius
        angle = arc.middle - along - pi if lower_half else arc.middle + along
        y = radius if lower_half else -radius
        place = f'transform="rotate({degrees(angle):.1f})" y="{short(y)}"'
        turned.append(f'<text class="w-name" {place}>{content(letter)}</text>')
        passed += width
    return "".join(turned)
