"""Values of a trend at the year that a reader points at or taps."""

from decimal import Decimal
from itertools import pairwise

from components.formats import number, period, quantity
from components.markup import content
from components.pictures.svg_boxes import words_width
from components.pictures.trend_names import SIZE, Field
from components.texts import text
from components.trend import TrendSeries
from data.models import Language, Observation, Words

_LINE = 180.0  # Pixels of a line of what a year shows, in embeds of 280 pixels, too.


def readings_of(field: Field, series: TrendSeries, language: Language, unit: Words) -> str:
    """For each year a strip of the field that shows its values in words when pointed at."""
    words: dict[int, list[str]] = {}
    for observation in series.observations:
        readings = words.setdefault(observation.year or 0, [])
        readings += _told(period(observation.period, language), observation, language, unit)
    for city, other in series.other_cities:
        words.setdefault(other.year or 0, []).extend(_told(city[language], other, language, unit))
    years = sorted(words)
    edges = [
        0.0,
        *((field.x(left) + field.x(right)) / 2 for left, right in pairwise(years)),
        field.width,
    ]
    drawn = []
    for index, year in enumerate(years):
        left, right = edges[index], edges[index + 1]
        lines = "".join(
            f'<tspan x="0" dy="{1.25 if row else -0.9}em">{content(line)}</tspan>'
            for row, line in enumerate(words[year])
        )
        drawn.append(
            f'<g class="t-year"><rect x="{field.write_x(left)}" '
            f'width="{field.write_width(right - left)}" height="100%"/>'
            f"<text>{lines}</text></g>"
        )
    return "".join(drawn)


def _told(name: str, observation: Observation, language: Language, unit: Words) -> list[str]:
    """Return a value and its evidence in lines that fit the narrowest chart."""
    value = quantity(observation.value or Decimal(0), unit, language)
    line = f"{name}: {value}"
    if words_width(line, SIZE, "bold") > _LINE:
        line = f"{name}: {number(observation.value or Decimal(0), language)}"
    if not observation.evidence:
        return [line]
    evidence = text(f"evidence_{observation.evidence}", language)
    whole = f"{line} · {evidence}"
    return [whole] if words_width(whole, SIZE, "bold") <= _LINE else [line, evidence]
