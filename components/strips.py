"""A value on a scale of its own with its yardstick: one small picture for every width."""

from __future__ import annotations

from decimal import Decimal

from components.ages import aged_class, is_older
from components.markup import Markup
from components.theme import BAND_CLASSES
from data.models import Direction
from data.scores import Score

_STEPS = (1, 2, 3, 4, 5, 6, 8, 10)
_SPARE = Decimal("1.1")  # So that neither value nor yardstick stands at the very end.
_PERCENT, _YES_NO = "%", "yes/no"
# Small percentages, such as a share of the city's product, would all stand at the left end.
_SMALL_PERCENT = 40


def strip(score: Score, recent_from: int) -> Markup | None:
    """Draw a rated value as a dot on a scale from 0, its yardstick as a tick, the good side shaded.

    The dot has the colour of the band; it is full for a value of ``recent_from`` or later, else
    hollow. Words must stand beside it: it is hidden from screen readers. None for what has no
    place on such a scale: a value that is not rated, a yes or no, a number below zero.
    """
    if score.share is None or score.observation is None or score.target is None:
        return None
    value, yardstick = score.observation.value, score.target.value
    if value is None or min(value, yardstick) < 0 or score.target.unit_code == _YES_NO:
        return None
    end = scale_end(value, yardstick, percent=score.target.unit_code.startswith(_PERCENT))
    look = aged_class(f"dot {BAND_CLASSES[score.band]}", older=is_older(score, recent_from))
    return Markup(
        strip_svg(_position(value, end), _position(yardstick, end), score.target.direction, look),
        inline=True,
        className="scale-box",
    )


def strip_svg(value: str, yardstick: str, direction: Direction, look: str) -> str:
    """Return the picture of two positions in percent; ``look`` are the classes of the dot.

    Positions are percentages and lengths pixels, so that the picture is as wide as its place
    while dot and tick keep their size. An empty ``value`` draws no dot, an empty ``yardstick``
    neither tick nor good side.
    """
    dot = f'<circle class="{look}" cx="{value}%" cy="10" r="5.5"/>' if value else ""
    good = tick = ""
    if yardstick:
        start, width = "0", yardstick
        if direction == "higher_is_better":
            start, width = yardstick, f"{100 - float(yardstick):.4g}"
        good = f'<rect class="good" x="{start}%" width="{width}%" y="2" height="16"/>'
        tick = f'<line class="tick" x1="{yardstick}%" x2="{yardstick}%" y1="1" y2="19"/>'
    axis = '<rect class="axis" width="100%" y="9.5" height="1"/>'
    return f'<svg class="scale" aria-hidden="true">{good}{axis}{tick}{dot}</svg>'


def dot_svg(look: str) -> str:
    """Return the dot alone, for a key."""
    return (
        '<svg class="scale lone" aria-hidden="true">'
        f'<circle class="{look}" cx="50%" cy="10" r="5.5"/></svg>'
    )


def scale_end(value: Decimal, yardstick: Decimal, *, percent: bool) -> Decimal:
    """Return the end of the scale that holds both numbers, which are not negative."""
    highest = max(value, yardstick)
    if percent and _SMALL_PERCENT < highest <= 100:
        return Decimal(100)
    if highest == 0:
        return Decimal(1)
    power = Decimal(1).scaleb((highest * _SPARE).adjusted())
    return next(power * step for step in _STEPS if power * step >= highest * _SPARE)


def _position(number: Decimal, end: Decimal) -> str:
    return f"{float(100 * number / end):.4g}"
