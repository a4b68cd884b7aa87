"""The field of a trend, and names in it, each placed where it covers neither value nor name."""

import dataclasses
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from components.markup import content
from components.pictures.svg_boxes import words_width
from components.wheel_labels import short
from data.models import Observation

DOT = 4.5  # The radius of a value, in pixels.
SIZE = 13.0  # Of words in documents, in pixels.
# Distance of words from their point in sizes, right and down to the baseline; and their end.
Anchor = tuple[float, float, Literal["start", "middle", "end"]]
ABOVE: Anchor = (0, -0.75, "middle")
BELOW: Anchor = (0, 1.5, "middle")
RIGHT: Anchor = (0.75, 0.36, "start")
LEFT: Anchor = (-0.75, 0.36, "end")
ASIDE: tuple[Anchor, ...] = (
    (0.5, -0.6, "start"),
    (-0.5, -0.6, "end"),
    (0.5, 1.4, "start"),
    (-0.5, 1.4, "end"),
)
# Readers' fonts are up to a fifth wider than the one that measures.
_RESERVE = 1.2
# The outermost values keep this part of the width off the edges.
_INSET = 0.03
# A drawing that fills its place is at most so many times as wide as it was measured.
_STRETCHES = (1, 3)
Point = tuple[float, float]
Place = tuple[float, float, Anchor]
Rectangle = tuple[float, float, float, float]  # Left, top, right, bottom.


@dataclass(frozen=True, slots=True)
class Field:
    """The field between the axes: places inside it in pixels, written as the drawing needs them.

    ``left`` and ``top`` are its corner in a drawing; a ``relative`` one fills its drawing and is
    written in percent of it, with words of the reader's size instead of ``size``.
    """

    left: float
    top: float
    width: float
    height: float
    first: int
    last: int
    low: float
    high: float
    size: float
    relative: bool

    def x(self, year: float) -> float:
        """Return the distance of a year from the left edge."""
        if self.first == self.last:
            return self.width / 2
        part = (year - self.first) / (self.last - self.first)
        return self.width * (_INSET + (1 - 2 * _INSET) * part)

    def y(self, value: Decimal) -> float:
        """Return the distance of a value from the upper edge."""
        return self.height * (1 - (float(value) - self.low) / (self.high - self.low))

    def place(self, observation: Observation) -> tuple[float, float]:
        """Return the position of an observation."""
        return self.x(observation.year or self.first), self.y(observation.value or Decimal(0))

    def write_x(self, x: float) -> str:
        """Write a distance from the left edge."""
        return _percent(x, self.width) if self.relative else short(self.left + x)

    def write_y(self, y: float) -> str:
        """Write a distance from the upper edge."""
        return _percent(y, self.height) if self.relative else short(self.top + y)

    def write_width(self, width: float) -> str:
        """Write a length across."""
        return _percent(width, self.width) if self.relative else short(width)

    def write_height(self, height: float) -> str:
        """Write a length downward."""
        return _percent(height, self.height) if self.relative else short(height)

    def text(
        self,
        words: str,
        x: float,
        y: float,
        anchor: Anchor,
        *,
        look: str = "soft",
        scale: float = 1,
    ) -> str:
        """Return one line of words at an anchor of a place."""
        dx, dy, end = anchor
        ended = "" if end == "start" else f' text-anchor="{end}"'
        written = f'class="{look}"{ended}>{content(words)}</text>'
        if self.relative:
            moved = f' dx="{short(dx / scale)}em"' if dx else ""
            place = f'x="{self.write_x(x)}" y="{self.write_y(y)}"{moved}'
            return f'<text {place} dy="{dy / scale:.2f}em" {written}'
        place = f'x="{short(self.left + x + dx * self.size)}"'
        place += f' y="{short(self.top + y + dy * self.size)}"'
        start = f'<text font-size="{short(self.size * scale)}" {place}'
        halo = ""
        if "t-name" in look:
            halo = f'{start} aria-hidden="true" {written.replace("t-name", "t-halo")}'
        return f"{halo}{start} {written}"


def _percent(part: float, whole: float) -> str:
    return f"{short(100 * part / whole)}%"


@dataclass(slots=True)
class Names:
    """Names placed in a field so far, as boxes with its values, and its lines.

    No name covers a value or another name; lines are crossed only where there is no other room.
    """

    field: Field
    boxes: list[Rectangle] = dataclasses.field(default_factory=list)
    lines: list[tuple[Point, Point]] = dataclasses.field(default_factory=list)

    def keep_clear(self, x: float, y: float) -> None:
        """Keep names off a value."""
        self.boxes.append((x - DOT, y - DOT, x + DOT, y + DOT))

    def fixed(self, words: str, x: float, y: float, anchor: Anchor, *, look: str) -> str:
        """Return words at a place of their own, which other names avoid."""
        return self._put(words, (x, y, anchor), look, 1)

    def placed(
        self,
        words: Sequence[str],
        x: float,
        y: float,
        anchors: Iterable[Anchor],
        *,
        look: str,
        scale: float = 1,
        needed: bool = False,
    ) -> str:
        """Return the first of ``words`` at the first anchor with room; empty where none has it.

        What is ``needed`` stands at the first anchor then.
        """
        places = [(x, y, anchor) for anchor in anchors]
        return self._first(words, places, look, scale, needed=needed)

    def along(
        self, words: Sequence[str], anchors: Sequence[tuple[float, Anchor]], y: float, *, look: str
    ) -> str:
        """Return the first of ``words`` that fits at one of several places of one height."""
        places = [(x, y, anchor) for x, anchor in anchors]
        return self._first(words, places, look, 1) or self._first(
            words[-1:], places[:1], look, 1, needed=True
        )

    def are_on(self, start: Point, end: Point) -> bool:
        """Return whether a line between two points would run through a name or a value."""
        return any(_meets(box, start, end) for box in self.boxes)

    def _first(
        self,
        words: Sequence[str],
        places: Sequence[Place],
        look: str,
        scale: float,
        *,
        needed: bool = False,
    ) -> str:
        # Beside the field only the width of a needed name is kept free.
        room = self.field.width if needed else self.field.size
        for wording in words:
            free = [
                place
                for place in places
                if self._is_free(self._box(wording, *place, look, scale), room)
            ]
            if free:
                clear = (place for place in free if not self._crosses(wording, place, look, scale))
                return self._put(wording, next(clear, free[0]), look, scale)
        return self._put(words[-1], places[0], look, scale) if needed else ""

    def _put(self, words: str, place: Place, look: str, scale: float) -> str:
        self.boxes.append(self._box(words, *place, look, scale))
        return self.field.text(words, *place, look=look, scale=scale)

    def _box(
        self, words: str, x: float, y: float, anchor: Anchor, look: str, scale: float
    ) -> Rectangle:
        size = self.field.size
        dx, dy, end = anchor
        width = words_width(words, size * scale, look) * _RESERVE
        start = x + dx * size - {"start": 0, "middle": width / 2, "end": width}[end]
        foot = y + dy * size
        return start, foot - 0.8 * size * scale, start + width, foot + 0.25 * size * scale

    def _is_free(self, box: Rectangle, room: float) -> bool:
        left, top, right, bottom = box
        if (
            left < 0
            or right > self.field.width + room
            or top < -1.6 * self.field.size
            or bottom > self.field.height
        ):
            return False
        # Every anchor clears the value it belongs to, so that no box needs an exception.
        return not any(
            left < other[2] and other[0] < right and top < other[3] and other[1] < bottom
            for other in self.boxes
        )

    def _crosses(self, words: str, place: Place, look: str, scale: float) -> bool:
        """Return whether a line runs through words, in a wide place, too, where it is flatter."""
        x, y, anchor = place
        return any(
            _meets(
                self._box(words, x * stretch, y, anchor, look, scale),
                (start[0] * stretch, start[1]),
                (end[0] * stretch, end[1]),
            )
            for stretch in (_STRETCHES if self.field.relative else (1,))
            for start, end in self.lines
        )


def _meets(box: Rectangle, start: Point, end: Point) -> bool:
    """Return whether the line between two points runs through a box."""
    first, last = 0.0, 1.0
    for axis in (0, 1):
        low, high, way = box[axis], box[axis + 2], end[axis] - start[axis]
        if not way:
            if not low < start[axis] < high:
                return False
            continue
        enters, leaves = sorted(((low - start[axis]) / way, (high - start[axis]) / way))
        first, last = max(first, enters), min(last, leaves)
    return first < last
