"""Bars and tiles of indicators that keep their text readable at every width."""

from collections.abc import Callable
from fractions import Fraction
from typing import Any

from dash import html

from components.ages import aged_class, chip_of
from components.bands import class_of, mark, state_words
from components.markup import Markup
from components.sentences import share_words
from components.theme import BAND_CLASSES
from data.ages import Ages
from data.groups import GroupScore
from data.models import Language
from data.scores import Category, IndicatorScore
from data.scoring import BAND_EDGES, BANDS, Band


def share_bar(share: Fraction, band: Band, *, older: bool = False) -> Markup:
    """A bar from 0 to 100 percent of the yardstick, with ticks at the band edges.

    It repeats what stands beside it in words, so it is hidden from screen readers.
    """
    ticks = "".join(
        f'<rect class="bar-tick" x="{edge.lowest}%" width="1" height="100%"/>'
        for edge in BAND_EDGES
        if edge.lowest
    )
    # Percentages rather than a view box, so that patterns are not stretched with the bar.
    return Markup(
        '<svg class="bar" aria-hidden="true"><rect class="bar-bed" width="100%" height="100%"/>'
        f'<rect class="{aged_class(BAND_CLASSES[band], older=older)}" width="{_length(share)}%" '
        f'height="100%"/>{ticks}</svg>',
        inline=True,
        className="bar-box",
    )


def _length(share: Fraction) -> str:
    """The length of a bar in percent; even a share of zero leaves something to see."""
    return f"{max(0.8, float(share)):.1f}".removesuffix(".0")


def fulfilment_bars(
    groups: tuple[Category, ...],
    language: Language,
    recent_from: int,
    links: Callable[[str], str],
) -> html.Div:
    """All indicators of some categories as bars with their years under their category's name.

    ``links`` gives the page of an indicator by its slug.
    """
    return html.Div(
        [
            html.Section(
                [
                    html.H3(group.title[language]),
                    html.Ul(
                        [
                            _bar_row(score, language, recent_from, links)
                            for score in group.indicators
                        ]
                    ),
                ],
                className="bars-group",
            )
            for group in groups
        ],
        className="bars",
    )


def _bar_row(
    score: IndicatorScore, language: Language, recent_from: int, links: Callable[[str], str]
) -> html.Li:
    link = html.A(score.indicator.title[language], href=links(score.indicator.slug))
    if score.share is None:
        words: list[Any] = [mark(class_of(score)), state_words(score, language)]
        return html.Li([link, html.Span(words, className="bar-words muted")], className="bar-row")
    share = html.Span(
        [html.B(share_words(score, language)), chip_of(score, recent_from)], className="bar-words"
    )
    bar = share_bar(score.share, score.band, older=not score.is_recent(recent_from))
    return html.Li([link, share, bar], className="bar-row")


def band_strip(group: GroupScore, ages: Ages) -> Markup:
    """Draw the counts of indicators by band and age, side by side; words must stand beside it."""
    drawn, start = [], 0.0
    for band in BANDS:
        older = ages.older.get(band, 0)
        for look, count in (
            (BAND_CLASSES[band], group.bands[band] - older),
            (aged_class(BAND_CLASSES[band], older=True), older),
        ):
            width = 100 * count / group.indicators
            if width:
                drawn.append(
                    f'<rect class="{look}" x="{start:.2f}%" width="{width:.2f}%" height="100%"/>'
                )
                start += width
    return Markup(
        f'<svg class="strip" aria-hidden="true">{"".join(drawn)}</svg>', className="strip-box"
    )
