"""Values over the years: one drawing for documents of any width, and the same for files."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from itertools import pairwise

from components.formats import number, period, quantity, unit_words
from components.markup import Markup, attribute, content, hyphened
from components.pictures.svg_boxes import Box, words_width
from components.pictures.trend_names import DOT, Anchor, Field, Names
from components.texts import text
from components.trend import TrendSeries, axis_of
from components.verdicts import line_words, whose_words
from data.models import Language, Observation, Words

# Pixels of the lowest field on the narrowest phone, and the size of its words: names that find
# room there find it on every screen, for a larger one only moves the values apart.
_PHONE, _SIZE = (262.0, 180.0), 13.0
_READING = 180.0  # Pixels of a line of what a year shows, in embeds of 280 pixels, too.
_ABOVE: Anchor = (0, -0.75, "middle")
_BELOW: Anchor = (0, 1.5, "middle")
_RIGHT: Anchor = (0.75, 0.36, "start")
_LEFT: Anchor = (-0.75, 0.36, "end")
_ASIDE: tuple[Anchor, ...] = (
    (0.5, -0.6, "start"),
    (-0.5, -0.6, "end"),
    (0.5, 1.4, "start"),
    (-0.5, 1.4, "end"),
)
_LAST = 1.2  # The newest value is the largest word, in sizes.


def trend_plot(
    series: TrendSeries, language: Language, unit: Words, title: str, *, readings: bool = True
) -> Markup:
    """One series in percent of the place it is given, so that its words keep their size.

    ``title`` says what it shows. The style sheet makes room beside the axis for the words of
    ``data-ticks`` and ``data-last``; with ``readings`` pointing at a year shows its values with
    their evidence.
    """
    axis = axis_of(series)
    width, height = _PHONE
    last = _number(series.observations[-1], language)
    field = Field(0, 0, width, height, *_years(series), *axis.ends, size=_SIZE, relative=True)
    drawn = _drawn(field, series, axis.ticks, language, unit)
    if readings:
        drawn += _readings(field, series, language, unit)
    ticks = [number(tick, language) for tick in axis.ticks]
    return Markup(
        f'<svg class="trend" role="img" aria-label="{attribute(title)}">{drawn}</svg>',
        className="trend-box",
        **hyphened(data_ticks=max(ticks, key=len), data_last=last),
    )


def trend_panel(
    series: TrendSeries, language: Language, unit: Words, room: tuple[float, float], size: float
) -> Box:
    """The same in pixels, in a field of ``room`` (width, height), with words of ``size``."""
    axis = axis_of(series)
    widest = max(words_width(number(tick, language), size) for tick in axis.ticks)
    last = words_width(_number(series.observations[-1], language), size * _LAST, "bold")
    left, top = widest * 1.2 + size * 0.5, size * 2.2
    width, height = room[0] - left - last * 1.2 - size * 0.8, room[1] - top - size * 1.8
    field = Field(left, top, width, height, *_years(series), *axis.ends, size=size, relative=False)
    return Box(_drawn(field, series, axis.ticks, language, unit), room[1])


def _years(series: TrendSeries) -> tuple[int, int]:
    years = [observation.year or 0 for observation in series.observations]
    return min(years), max(*years, series.until or 0)


def _number(observation: Observation, language: Language) -> str:
    return number(observation.value or Decimal(0), language)


def _drawn(
    field: Field,
    series: TrendSeries,
    ticks: Iterable[Decimal],
    language: Language,
    unit: Words,
) -> str:
    """Good side, grid, yardstick, breaks, lines, values, and the names that find room."""
    names = Names(field)
    for observation in (*series.observations, *(other for _, other in series.others)):
        names.keep_clear(*field.place(observation))
    parts = [_good_side(field, series)]
    for tick in ticks:
        level = field.write_y(field.y(tick))
        parts.append(f'<line class="t-grid" {_across(field)} y1="{level}" y2="{level}"/>')
        parts.append(field.text(number(tick, language), 0, field.y(tick), (-0.5, 0.34, "end")))
    parts += [
        field.text(str(year), field.x(year), field.height, (0, 1.45, "middle"))
        for year in _labelled_years(field)
    ]
    parts.append(
        names.fixed(unit_words(unit, language), 0, 0, (0, -0.9, "start"), look="soft unit")
    )
    # The newest value comes first, then what explains the picture, then the rest where it fits.
    latest = series.observations[-1]
    look = "bold t-name t-last" if latest.rate else "soft t-name t-last"
    newest = names.placed(
        [_number(latest, language)],
        *field.place(latest),
        (_RIGHT, _ABOVE, _BELOW, *_ASIDE),
        look=look,
        scale=_LAST,
        needed=True,
    )
    named = [
        newest,
        _yardstick(field, series, names, language),
        *_extremes(names, series, language),
    ]
    for left, right in series.breaks():
        middle = (field.x(left.year or 0) + field.x(right.year or 0)) / 2
        named.append(_break(field, names, middle, language))
    for city, other in series.others:
        x, y = field.place(other)
        words = f"{city[language]} {_number(other, language)}"
        around = (_ABOVE, _BELOW, _RIGHT, _LEFT, *_ASIDE)
        named.append(names.placed([words], x, y, around, look="soft t-name"))
        parts.append(f'<circle class="t-city" {_at(field, x, y)} r="{DOT - 0.5}"/>')
    for left, right in series.segments():
        (x1, y1), (x2, y2) = field.place(left), field.place(right)
        ends = f'x1="{field.write_x(x1)}" y1="{field.write_y(y1)}"'
        parts.append(
            f'<line class="t-line" {ends} x2="{field.write_x(x2)}" y2="{field.write_y(y2)}"/>'
        )
    parts += [_dot(field, observation, language, unit) for observation in series.observations]
    return "".join([*parts, *named])


def _across(field: Field) -> str:
    return f'x1="{field.write_x(0)}" x2="{field.write_x(field.width)}"'


def _at(field: Field, x: float, y: float) -> str:
    return f'cx="{field.write_x(x)}" cy="{field.write_y(y)}"'


def _good_side(field: Field, series: TrendSeries) -> str:
    """Shade the values that meet the yardstick."""
    if series.target is None:
        return ""
    line = field.y(series.target.value)
    top, bottom = (0.0, line) if _is_higher_better(series) else (line, field.height)
    return (
        f'<rect class="t-good" x="{field.write_x(0)}" y="{field.write_y(top)}" '
        f'width="{field.write_width(field.width)}" height="{field.write_height(bottom - top)}"/>'
    )


def _is_higher_better(series: TrendSeries) -> bool:
    return series.target is not None and series.target.direction == "higher_is_better"


def _yardstick(field: Field, series: TrendSeries, names: Names, language: Language) -> str:
    """The line of the yardstick, and its name and direction on the side that misses it."""
    target = series.target
    if target is None:
        return ""
    y = field.y(target.value)
    height = field.write_y(y)
    line = f'<line class="t-target" {_across(field)} y1="{height}" y2="{height}"/>'
    value = number(target.value, language)
    name = line_words(target, value, language)
    better = text(f"trend_{target.direction}", language)
    whose = whose_words(target, language)
    words = [f"{name}{whose}, {better}", f"{name}, {better}", name, value]
    below = _is_higher_better(series)
    heights = (1.2, -0.45) if below else (-0.45, 1.2)
    anchors: list[tuple[float, Anchor]] = []
    for dy in heights:
        anchors += [(0, (0.3, dy, "start")), (field.width, (-0.3, dy, "end"))]
    return line + names.along(words, anchors, y, look="t-name t-yard")


def _extremes(names: Names, series: TrendSeries, language: Language) -> list[str]:
    """Names of the lowest and the highest value, where they are not the newest."""
    field, latest = names.field, series.observations[-1]
    named = []
    for pick, first, second in ((max, _ABOVE, _BELOW), (min, _BELOW, _ABOVE)):
        extreme = pick(reversed(series.observations), key=lambda row: row.value or Decimal(0))
        if extreme.value != latest.value:
            look = "bold t-name" if extreme.rate else "soft t-name"
            anchors = (first, *_ASIDE, _RIGHT, _LEFT, second)
            words = [_number(extreme, language)]
            named.append(names.placed(words, *field.place(extreme), anchors, look=look))
    return named


def _break(field: Field, names: Names, x: float, language: Language) -> str:
    """An upright rule between two definitions, named where there is room."""
    at = field.write_x(x)
    ends = f'y1="{field.write_y(0)}" y2="{field.write_y(field.height)}"'
    rule = f'<line class="t-break" x1="{at}" x2="{at}" {ends}/>'
    anchors: list[Anchor] = [(0.4, -0.5, "start"), (-0.4, -0.5, "end")]
    tops: list[Anchor] = [(0.4, 0.9, "start"), (-0.4, 0.9, "end")]
    words = [text("trend_break", language)]
    foot = names.placed(words, x, field.height, anchors, look="soft t-name")
    return rule + (foot or names.placed(words, x, 0, tops, look="soft t-name"))


def _labelled_years(field: Field) -> list[int]:
    """The first and the last year of the axis, and round ones where they fit between."""
    needed = words_width("0000", field.size) * 1.2 + field.size * 0.7
    step = next(
        step
        for step in (1, 2, 5, 10, 20, 50, 100, 1000)
        if field.x(field.first + step) - field.x(field.first) >= needed or step == 1000
    )
    ends = dict.fromkeys((field.first, field.last))
    if len(ends) == 2 and field.x(field.last) - field.x(field.first) < needed:
        return [field.last]
    return sorted(
        {
            *ends,
            *(
                year
                for year in range(field.first + 1, field.last)
                if year % step == 0
                and all(abs(field.x(year) - field.x(end)) >= needed for end in ends)
            ),
        }
    )


def _dot(field: Field, observation: Observation, language: Language, unit: Words) -> str:
    x, y = field.place(observation)
    title = ""
    if not field.relative:
        value = quantity(observation.value or Decimal(0), unit, language)
        title = f"<title>{content(f'{period(observation.period, language)}: {value}')}</title>"
    if observation.rate:
        dot = f'<circle class="t-dot" {_at(field, x, y)} r="{DOT}"'
        return f"{dot}>{title}</circle>" if title else f"{dot}/>"
    if field.relative:  # A path knows no percent, but a drawing inside a drawing does.
        place = f'x="{field.write_x(x)}" y="{field.write_y(y)}"'
        return f'<svg {place}><path class="t-proxy" d="M0-6l6 6-6 6-6-6z"/></svg>'
    start = f"{field.write_x(x)} {field.write_y(y)}"
    return f'<path class="t-proxy" d="M{start}m0 -6l6 6l-6 6l-6 -6z">{title}</path>'


def _readings(field: Field, series: TrendSeries, language: Language, unit: Words) -> str:
    """For each year a strip of the field that shows its values in words when pointed at."""
    words: dict[int, list[str]] = {}
    for observation in series.observations:
        told = words.setdefault(observation.year or 0, [])
        told += _told(period(observation.period, language), observation, language, unit)
    for city, other in series.others:
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
    if words_width(line, _SIZE, "bold") > _READING:
        line = f"{name}: {_number(observation, language)}"
    if not observation.evidence:
        return [line]
    evidence = text(f"evidence_{observation.evidence}", language)
    whole = f"{line} · {evidence}"
    return [whole] if words_width(whole, _SIZE, "bold") <= _READING else [line, evidence]


def has_proxies(series: TrendSeries) -> bool:
    """Return whether some values are shown without a score."""
    return any(not observation.rate for observation in series.observations)


def key_words(series: Iterable[TrendSeries], language: Language, first: str = "") -> str:
    """Explain the signs of trends: lines by the text ``first``, the rest where it occurs."""
    shown = tuple(series)
    signs = {
        "trend_key_break": any(member.breaks() for member in shown),
        "trend_key_hollow": any(has_proxies(member) for member in shown),
        "trend_key_city": any(member.others for member in shown),
    }
    keys = [first, *(key for key, met in signs.items() if met)]
    return " ".join(text(key, language) for key in keys if key)
