"""A dot per city on one scale as an SVG: the site's own city a diamond, the others circles."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from components.formats import number, quantity
from components.markup import attribute, content
from components.observation_table import unit_of_label
from components.texts import text
from components.trend import axis_ticks
from data.city_values import Scale
from data.models import City, Indicator, Language, Observation

_WIDTH, _LEFT, _RIGHT = 372, 148, 22
_ROW, _TOP, _BOTTOM = 26, 6, 24
# Signs of a row in pixels around its dot.
_CIRCLE, _DIAMOND = 6, "m0 -8l8 8l-8 8l-8 -8z"


def comparison_sentence(
    indicator: Indicator, scale: Scale, cities: Mapping[str, City], language: Language
) -> str:
    """Describe the picture: every value with its city and year."""
    unit = unit_of_label(indicator, scale.label)
    values = [
        text(
            "compare_picture_value",
            language,
            city=cities[observation.city].name[language],
            year=observation.year,
            value=quantity(_number(observation), unit, language),
        )
        for observation in scale.observations
    ]
    point = indicator.data_point(scale.label)
    name = point.title[language] if point else indicator.title[language]
    listed = "; ".join(values) + "."
    return text("compare_picture", language, name=name, unit=unit[language], values=listed)


def comparison_svg(
    indicator: Indicator, scale: Scale, cities: Mapping[str, City], own: str, language: Language
) -> str:
    """Draw one scale from zero, a row per city in the order given.

    Raises ``ValueError`` for words and for a number below zero: neither fits such a scale.
    """
    values = [_number(observation) for observation in scale.observations]
    if min(values) < 0:
        raise ValueError(f"{indicator.code}: {min(values)} does not fit a scale from zero")
    ticks = axis_ticks(max(values))
    height = _TOP + _ROW * len(values) + _BOTTOM
    description = attribute(comparison_sentence(indicator, scale, cities, language))
    size = f"0 0 {_WIDTH} {height}"
    drawn = [f'<svg class="beside" viewBox="{size}" role="img" aria-label="{description}">']
    for place, tick in enumerate(ticks):
        drawn.append(_tick(tick, ticks[-1], height - _BOTTOM, place % 2 == 0, language))
    for place, observation in enumerate(scale.observations):
        middle = _TOP + _ROW * place + _ROW // 2
        name = cities[observation.city].name[language]
        drawn.append(_line(observation, name, ticks[-1], middle, observation.city == own, language))
    return "".join([*drawn, "</svg>"])


def key_sign(kind: str) -> str:
    """The sign of the key for ``own``, ``other`` or ``close``; words must stand beside it."""
    shape = (
        f'<path class="b-own" d="M10 10{_DIAMOND}"/>'
        if kind == "own"
        else f'<circle class="b-{kind}" cx="10" cy="10" r="{_CIRCLE}"/>'
    )
    return f'<svg class="b-sign" viewBox="0 0 20 20" aria-hidden="true">{shape}</svg>'


def _number(observation: Observation) -> Decimal:
    """The number as printed: 0.00 keeps its digits. Words cannot stand on a scale."""
    if observation.value is None:
        raise ValueError(f"{observation.code}, {observation.city}: no number")
    return observation.value


def _x(value: Decimal, highest: Decimal) -> float:
    return _LEFT + (_WIDTH - _LEFT - _RIGHT) * float(value / highest)


def _tick(tick: Decimal, highest: Decimal, foot: int, named: bool, language: Language) -> str:
    x = f"{_x(tick, highest):.1f}".removesuffix(".0")
    line = f'<path class="t-grid" d="M{x} {_TOP}V{foot}"/>'
    if not named:
        return line
    plain = tick.quantize(Decimal(1)) if tick == tick.to_integral() else tick
    words = content(number(plain, language))
    return f'{line}<text class="b-tick" x="{x}" y="{foot + 17}" text-anchor="middle">{words}</text>'


def _line(
    observation: Observation,
    name: str,
    highest: Decimal,
    middle: int,
    own: bool,
    language: Language,
) -> str:
    value = _number(observation)
    x = _x(value, highest)
    at = f"{x:.1f}".removesuffix(".0")
    hollow = " b-close" if observation.comparability == "close" else ""
    sign = (
        f'<path class="b-own{hollow}" d="M{at} {middle}{_DIAMOND}"/>'
        if own
        else f'<circle class="b-other{hollow}" cx="{at}" cy="{middle}" r="{_CIRCLE}"/>'
    )
    right = x < (_LEFT + _WIDTH) / 2
    place, anchor = (x + 13, "start") if right else (x - 13, "end")
    weight = " b-mine" if own else ""
    return (
        f'<text class="b-name{weight}" y="{middle}" dy=".35em">{content(name)} '
        f'<tspan class="b-year">{observation.year}</tspan></text>{sign}'
        f'<text class="b-value{weight}" x="{place:.1f}" y="{middle}" dy=".35em" '
        f'text-anchor="{anchor}">{content(number(value, language))}</text>'
    )
