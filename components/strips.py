"""A value on a scale of its own with its yardstick: one small picture for every width."""

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from components.ages import aged_class, is_older
from components.formats import number
from components.markup import Markup
from components.theme import BAND_CLASSES
from data.models import Direction, Language, Observation
from data.scores import Score

_STEPS = (1, 2, 3, 4, 5, 6, 8, 10)
_SPARE = Decimal("1.1")  # So that neither value nor yardstick stands at the very end.
_PERCENT, _YES_NO = "%", "yes/no"
# Small percentages, such as a share of the city's product, would all stand at the left end.
_SMALL_PERCENT = 40
# Percent of a narrow scale that a number needs beside another.
_ROOM = 18


def strip(score: Score, recent_from: int) -> Markup | None:
    """Draw a rated value as a dot on a scale from 0, its yardstick as a tick, the good side shaded.

    The dot has the colour of the band; it is full for a value of ``recent_from`` or later, else
    hollow. Words must stand beside it: it is hidden from screen readers. None for what has no
    place on such a scale: a value that is not rated, a yes or no, a number below zero.
    """
    scale = scale_of(score) if score.share is not None else None
    if scale is None:
        return None
    svg = strip_svg(scale.value, scale.yardstick, scale.direction, dot_look(score, recent_from))
    return Markup(svg, inline=True, className="scale-box")


class Scale(NamedTuple):
    """A scale from 0 to ``end``; positions of value and yardstick in percent, "" for none."""

    end: Decimal
    value: str
    yardstick: str
    direction: Direction


def scale_of(score: Score, other_values: Sequence[Observation] = ()) -> Scale | None:
    """Return the scale that holds all numbers; None for yes or no, and below zero."""
    observation = score.observation
    target = score.target if score.share is not None else None
    if observation is None or observation.value is None:
        return None
    unit = target.unit_code if target else observation.unit_code
    numbers = [
        observation.value,
        *(other.value for other in other_values if other.value is not None),
    ]
    numbers += [target.value] if target else []
    if unit == _YES_NO or min(numbers) < 0:
        return None
    end = scale_end(max(numbers), Decimal(0), percent=unit.startswith(_PERCENT))
    return Scale(
        end,
        position(observation.value, end),
        position(target.value, end) if target else "",
        target.direction if target else "neutral",
    )


def dot_look(score: Score, recent_from: int) -> str:
    """Return the classes of a dot: its band and its age."""
    return aged_class(f"dot {BAND_CLASSES[score.band]}", older=is_older(score, recent_from))


def end_labels(end: Decimal, yardstick: Decimal | None, language: Language) -> str:
    """Write 0, ``end`` and the yardstick below an axis, where a number has room beside it."""
    labels = {0.0: number(Decimal(0), language), 100.0: number(end, language)}
    if yardstick is not None:
        place = float(position(yardstick, end))
        labels = {at: words for at, words in labels.items() if abs(at - place) >= _ROOM}
        labels[place] = f"<tspan>{number(yardstick, language)}</tspan>"
    return "".join(
        f'<text x="{place:.4g}%" y="34" text-anchor="{anchor_at(place)}">{words}</text>'
        for place, words in sorted(labels.items())
    )


def anchor_at(place: float) -> str:
    """Return which end of a word stands at a place in percent, so that it stays on the scale."""
    if place < _ROOM / 2:
        return "start"
    return "end" if place > 100 - _ROOM / 2 else "middle"


def strip_svg(
    value: str,
    yardstick: str,
    direction: Direction,
    look: str,
    other_dots: str = "",
    labels: str = "",
) -> str:
    """Return the picture of positions in percent; ``look`` are the classes of the dot.

    Positions are percentages and lengths pixels, so that the picture is as wide as its place
    while dot and tick keep their size. An empty ``value`` draws no dot, an empty ``yardstick``
    neither tick nor good side. ``other_dots`` are dots before it, ``labels`` words below the axis.
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
    look = "scale labelled" if labels else "scale"
    return (
        f'<svg class="{look}" aria-hidden="true">{good}{axis}{tick}{other_dots}{dot}{labels}</svg>'
    )


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


def position(number: Decimal, end: Decimal) -> str:
    """Return where a number stands on a scale from 0 to ``end``, in percent."""
    return f"{float(100 * number / end):.4g}"
