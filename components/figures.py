"""Plotly figures of scores, as bars and as the wheel: made only when a reader asks."""

from dataclasses import dataclass
from itertools import product

from components.ages import years_words
from components.bands import band_words, state_words
from components.formats import percent
from components.plotly_template import (
    CLEAR,
    FROM_THE_LEFT,
    GREY,
    GRID,
    Figure,
    band_marker,
    figure_of,
    wrapped,
)
from components.sentences import share_words
from components.texts import text
from components.theme import FIGURE_COLOURS, FIGURE_PATTERNS
from data.models import Language
from data.scores import Fulfilment, IndicatorScore
from data.scoring import BAND_EDGES, BANDS

# A bar and a line of its name above it, in pixels, and the lines that a row has room for at least.
_BAR, _LINE, _FEWEST_LINES = 14, 18, 2


def fulfilment_figure(fulfilment: Fulfilment, dimension: str, language: Language) -> Figure:
    """Horizontal bars of the scored indicators of one dimension, longest label first read."""
    scored = [
        indicator_score
        for indicator_score in fulfilment.of_dimension(dimension)
        if indicator_score.share is not None
    ]
    traces = []
    for band, older in product(BANDS, (False, True)):
        members = [
            indicator_score
            for indicator_score in scored
            if indicator_score.band == band
            and indicator_score.is_recent(fulfilment.recent_from) != older
        ]
        if members:
            words = band_words(band, language)
            trace = {
                "type": "bar",
                "orientation": "h",
                "x": [float(indicator_score.share or 0) for indicator_score in members],
                "y": [_name_above(member, language) for member in members],
                "name": text("figure_older", language, words=words) if older else words,
                "marker": band_marker(band, older=older),
                "customdata": [_share_and_years(member, language) for member in members],
                "hovertemplate": "%{y}: %{customdata}<extra></extra>",
            }
            traces.append(trace)
    names = [_name_above(indicator_score, language) for indicator_score in reversed(scored)]
    edges = sorted(edge.lowest for edge in BAND_EDGES)
    shares = [percent(edge, language) for edge in edges]
    lines = max((name.count("<br>") + 1 for name in names), default=0)
    row = _LINE * (max(lines, _FEWEST_LINES) + 1)
    return figure_of(
        traces,
        language,
        xaxis={"range": [0, 100], "tickvals": edges, "ticktext": shares},
        # Names stand above their bars: beside them they would take two thirds of a phone.
        yaxis={"categoryarray": names, "showticklabels": False, "showgrid": False},
        annotations=[
            {**FROM_THE_LEFT, "text": name, "align": "left", "y": name, "yshift": _BAR / 2}
            for name in names
        ],
        bargap=1 - _BAR / row,
        height=120 + row * len(scored),
        legend={"orientation": "h", "y": -0.08},
    )


def _name_above(indicator_score: IndicatorScore, language: Language) -> str:
    """Return a name in two lines at most, as wide as a phone is."""
    return wrapped(indicator_score.indicator.title[language], 41)


def _share_and_years(indicator_score: IndicatorScore, language: Language) -> str:
    words = share_words(indicator_score, language)
    years = years_words(indicator_score.years)
    return text("sector_dated", language, words=words, years=years) if years else words


def wheel_figure(fulfilment: Fulfilment, title: str, language: Language) -> Figure:
    """Dimensions, categories and indicators as rings that open where a reader clicks."""
    rings = [_Ring("", "", title, GRID)]
    for key in fulfilment.dimensions():
        rings.append(_Ring(key, "", text(f"dimension_{key}", language), GRID))
        for group in fulfilment.categories(key):
            id = f"{key}/{group.sub_dimension['en']}/{group.name['en']}"
            rings.append(_Ring(id, key, group.title[language], GRID))
            rings += [_leaf(indicator_score, id, language) for indicator_score in group.indicators]
    trace = {
        "type": "sunburst",
        "ids": [ring.id or "all" for ring in rings],
        "parents": ["", *(ring.parent or "all" for ring in rings[1:])],
        "labels": [wrapped(ring.label) for ring in rings],
        # Names of indicators would be too small to read; they show where a reader points.
        "text": ["" if ring.words else wrapped(ring.label, 18) for ring in rings],
        "textinfo": "text",
        "customdata": [ring.words for ring in rings],
        "hovertemplate": "%{label}<br>%{customdata}<extra></extra>",
        "leaf": {"opacity": 1},
        "marker": {
            "colors": [ring.colour for ring in rings],
            "pattern": {"shape": [ring.pattern for ring in rings]},
            "line": {"width": 1, "color": GREY},
        },
        "insidetextorientation": "radial",
        "sort": False,
    }
    return figure_of([trace], language, height=640)


@dataclass(frozen=True, slots=True)
class _Ring:
    """One field of the wheel's rings."""

    id: str
    parent: str
    label: str
    colour: str
    pattern: str = ""
    words: str = ""


def _leaf(indicator_score: IndicatorScore, parent: str, language: Language) -> _Ring:
    indicator = indicator_score.indicator
    words = ": ".join(
        part
        for part in (
            _share_and_years(indicator_score, language),
            state_words(indicator_score, language),
        )
        if part
    )
    colour, pattern = FIGURE_COLOURS[indicator_score.band], FIGURE_PATTERNS[indicator_score.band]
    if indicator_score.band == "none":  # An outline, or hatched where there is no value.
        colour, pattern = (CLEAR, "") if indicator_score.has_value else (colour, "/")
    return _Ring(indicator.slug, parent, indicator.title[language], colour, pattern, words)
