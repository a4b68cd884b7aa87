"""Values over the years: one drawing for documents of any width, and the same for files."""

from collections.abc import Iterable
from decimal import Decimal

from components.formats import number, period, quantity, unit_words
from components.markup import Markup, attribute, content, hyphened
from components.pictures.svg_boxes import Box, words_width
from components.pictures.trend_cities import CityDot, cities_beside, names_of_cities
from components.pictures.trend_names import (
    ABOVE,
    ASIDE,
    BELOW,
    DOT,
    LEFT,
    RIGHT,
    SIZE,
    Anchor,
    Field,
    Names,
)
from components.pictures.trend_readings import readings_of
from components.pictures.trend_yardstick import across, good_side, yardstick
from components.texts import text
from components.trend import TrendSeries, axis_of
from data.models import Language, Observation, Words

# Pixels of the lowest field on the narrowest phone: names that find room there find it on every
# screen, for a larger one only moves the values apart.
_PHONE = 262.0, 180.0
_READING = 180.0  # Pixels of a line of what a year shows, in embeds of 280 pixels, too.
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
    field = Field(0, 0, width, height, *_years(series), *axis.ends, size=SIZE, relative=True)
    drawn = _drawn(field, series, axis.ticks, language, unit)
    if readings:
        drawn += readings_of(field, series, language, unit)
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
    cities = cities_beside(field, series)
    middles = [
        (field.x(left.year or 0) + field.x(right.year or 0)) / 2 for left, right in series.breaks()
    ]
    names = _free_places(field, series, cities, middles)
    parts = [good_side(field, series), *_axes(field, ticks, language)]
    parts.append(
        names.fixed(unit_words(unit, language), 0, 0, (0, -0.9, "start"), look="soft unit")
    )
    # The newest value comes first, then what explains the picture, then the rest where it fits.
    latest = series.observations[-1]
    look = "bold t-name t-last" if latest.rate else "soft t-name t-last"
    newest = names.placed(
        [_number(latest, language)],
        *field.place(latest),
        (RIGHT, ABOVE, BELOW, *ASIDE),
        look=look,
        scale=_LAST,
        needed=True,
    )
    named = [
        newest,
        yardstick(field, series, names, language),
        *_extremes(names, series, language),
    ]
    named += [_break_name(field, names, x, language) for x in middles]
    named.append(names_of_cities(cities, names, language))
    parts += [_break(field, x) for x in middles]
    parts += [city.dot(field) for city in cities]
    parts += [_line(field, left, right) for left, right in series.segments()]
    parts += [_dot(field, observation, language, unit) for observation in series.observations]
    return "".join([*parts, *named])


def _free_places(
    field: Field, series: TrendSeries, cities: Iterable[CityDot], middles: Iterable[float]
) -> Names:
    """Return the names of a field, which keep clear of its dots, its breaks and its lines."""
    names = Names(field)
    for observation in series.observations:
        names.keep_clear(*field.place(observation))
    for city in cities:
        names.keep_clear(city.x + city.aside, city.y)
    names.lines += [((x, 0), (x, field.height)) for x in middles]
    names.lines += [(field.place(left), field.place(right)) for left, right in series.segments()]
    return names


def _axes(field: Field, ticks: Iterable[Decimal], language: Language) -> list[str]:
    parts = []
    for tick in ticks:
        level = field.write_y(field.y(tick))
        parts.append(f'<line class="t-grid" {across(field)} y1="{level}" y2="{level}"/>')
        parts.append(field.text(number(tick, language), 0, field.y(tick), (-0.5, 0.34, "end")))
    return parts + [
        field.text(str(year), field.x(year), field.height, (0, 1.45, "middle"))
        for year in _labelled_years(field)
    ]


def _line(field: Field, left: Observation, right: Observation) -> str:
    (x1, y1), (x2, y2) = field.place(left), field.place(right)
    ends = f'x1="{field.write_x(x1)}" y1="{field.write_y(y1)}"'
    return f'<line class="t-line" {ends} x2="{field.write_x(x2)}" y2="{field.write_y(y2)}"/>'


def _at(field: Field, x: float, y: float) -> str:
    return f'cx="{field.write_x(x)}" cy="{field.write_y(y)}"'


def _extremes(names: Names, series: TrendSeries, language: Language) -> list[str]:
    """Names of the lowest and the highest value, where they are not the newest."""
    field, latest = names.field, series.observations[-1]
    named = []
    for pick, first, second in ((max, ABOVE, BELOW), (min, BELOW, ABOVE)):
        extreme = pick(reversed(series.observations), key=lambda row: row.value or Decimal(0))
        if extreme.value != latest.value:
            look = "bold t-name" if extreme.rate else "soft t-name"
            anchors = (first, *ASIDE, RIGHT, LEFT, second)
            words = [_number(extreme, language)]
            named.append(names.placed(words, *field.place(extreme), anchors, look=look))
    return named


def _break(field: Field, x: float) -> str:
    at = field.write_x(x)
    ends = f'y1="{field.write_y(0)}" y2="{field.write_y(field.height)}"'
    return f'<line class="t-break" x1="{at}" x2="{at}" {ends}/>'


def _break_name(field: Field, names: Names, x: float, language: Language) -> str:
    """The name of such a rule, where there is room."""
    anchors: list[Anchor] = [(0.4, -0.5, "start"), (-0.4, -0.5, "end")]
    tops: list[Anchor] = [(0.4, 0.9, "start"), (-0.4, 0.9, "end")]
    words = [text("trend_break", language)]
    foot = names.placed(words, x, field.height, anchors, look="soft t-name")
    return foot or names.placed(words, x, 0, tops, look="soft t-name")


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


def has_proxies(series: TrendSeries) -> bool:
    """Return whether some values are shown without a score."""
    return any(not observation.rate for observation in series.observations)


def key_words(series: Iterable[TrendSeries], language: Language, first: str = "") -> str:
    """Explain the signs of trends: lines by the text ``first``, the rest where it occurs."""
    members = tuple(series)
    signs = {
        "trend_key_break": any(member.breaks() for member in members),
        "trend_key_hollow": any(has_proxies(member) for member in members),
        "trend_key_city": any(member.other_cities for member in members),
    }
    keys = [first, *(key for key, met in signs.items() if met)]
    return " ".join(text(key, language) for key in keys if key)
