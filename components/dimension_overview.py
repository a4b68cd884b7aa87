"""Finding, neighbours and key of a dimension, above and below its rows."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from dash import html
from dash.development.base_component import Component

from components import urls
from components.ages import (
    aged_class,
    capitalised,
    choice_words,
    dimension_sentence,
    group_sentence,
    top_band_count,
    uncapitalised,
)
from components.bands import legend, rating_note
from components.bars import band_strip
from components.indicator_rows import distance
from components.markup import Markup, current, folded, hyphened
from components.strips import dot_svg, strip_svg
from components.texts import text
from components.theme import BAND_CLASSES
from data.ages import ages_of
from data.groups import group_score
from data.models import Edition, Language
from data.scores import Fulfilment, IndicatorScore
from data.scoring import BANDS, TOP_BAND

_NAMED = 2  # Indicators that a finding names.


def finding(
    members: Fulfilment, language: Language, link: Callable[[IndicatorScore], Any] | None = None
) -> list[Any]:
    """Return how many rated indicators reach the highest band, which are furthest, and their ages.

    ``members`` are the scores of one dimension. The first part is to be read first and begins with
    what a reader chose. ``link`` makes a link of an indicator; without it all parts are text.
    """
    scores = members.indicators
    reached, rated = top_band_count(members)
    if not rated:
        return [
            _chosen(f"{text('overview_group_none', language, n=len(scores))}.", members, language)
        ]
    key = "finding_reached" if reached else "finding_reached_none"
    if reached == 1 < rated:
        key = "finding_reached_one"
    parts: list[Any] = [_chosen(text(key, language, n=rated, reached=reached), members, language)]
    if far := furthest(scores)[:_NAMED]:
        parts.append(f" {text('finding_furthest', language)} ")
        for index, score in enumerate(far):
            parts += [f" {text('finding_and', language)} "] if index else []
            parts.append(link(score) if link else sentence_name(score, language))
        parts.append(".")
    if unrated := len(scores) - rated:
        parts.append(f" {text('finding_unrated', language, n=unrated)}")
    ages = ages_of(scores, members.recent_from)
    if members.since is None or members.since < ages.recent_from:
        share = {0: "none", rated: "all"}.get(ages.recent, "some")
        words = {"n": ages.recent, "scored": rated, "year": ages.recent_from}
        parts.append(f" {text(f'finding_recent_{share}', language, **words)}")
    return parts


def _chosen(sentence: str, members: Fulfilment, language: Language) -> str:
    words = choice_words(members, language)
    return capitalised(f"{words}: {sentence}" if words else sentence)


def furthest(scores: tuple[IndicatorScore, ...]) -> list[IndicatorScore]:
    """Return the rated indicators below the highest band, the furthest from its yardstick first."""
    below = [score for score in scores if score.share is not None and score.band != TOP_BAND]
    return sorted(below, key=distance)


def sentence_name(score: IndicatorScore, language: Language) -> str:
    """Return the name of an indicator inside a sentence; the standard's keeps its capital."""
    indicator = score.indicator
    name = indicator.title[language]
    return uncapitalised(name) if indicator.plain_name else name


def dimension_tabs(
    fulfilment: Fulfilment, current_key: str, language: Language, **choice: object
) -> html.Nav:
    """Link the dimensions, each with its counts; ``choice`` are parameters that the links keep."""
    tabs = []
    for key in fulfilment.dimensions():
        members = of_dimension(fulfilment, key)
        reached, scored = top_band_count(members)
        group = group_score(members.indicators)
        ages = ages_of(members.indicators, fulfilment.recent_from)
        words: list[Any] = [
            html.B(text(f"dimension_short_{key}", language)),
            " ",
            html.Small(text("dimension_count", language, reached=reached, scored=scored)),
            band_strip(group, ages),
        ]
        link = html.A(
            words,
            href=urls.dimension(language, key, **choice),
            **current("page" if key == current_key else ""),
        )
        tabs.append(html.Li(link))
    label = hyphened(aria_label=text("dimensions_label", language))
    return html.Nav(html.Ul(tabs), className="tabs", **label)


def of_dimension(fulfilment: Fulfilment, key: str) -> Fulfilment:
    """Return the scores of one dimension alone."""
    return replace(fulfilment, indicators=fulfilment.of_dimension(key))


def scale_key(recent_from: int, language: Language) -> html.P:
    """Say how rows draw a yardstick, a recent value and an older one."""
    recent = f"dot {BAND_CLASSES[BANDS[1]]}"
    dots = (
        ("scale_key_recent", recent),
        ("scale_key_older", aged_class(recent, older=True)),
    )
    yardstick = Markup(
        strip_svg("", "50", "higher_is_better", ""), inline=True, className="scale-box"
    )
    words: list[Component] = [html.Span([yardstick, text("scale_key", language)])]
    for key, look in dots:
        dot = Markup(dot_svg(look), inline=True)
        words.append(html.Span([dot, text(key, language, year=recent_from)]))
    return html.P(words, className="scale-key")


def marks_fold(edition: Edition, members: Fulfilment, key: str, language: Language) -> html.Details:
    """Explain the marks with their counts, and say how many points each sub-dimension earns."""
    groups = members.categories(key)
    points = [html.Li(f"{dimension_sentence(members, key, language)}")]
    for sub_dimension in dict.fromkeys(category.sub_dimension for category in groups):
        scores = [
            score
            for category in groups
            if category.sub_dimension == sub_dimension
            for score in category.indicators
        ]
        name = edition.group_title(key, sub_dimension)[language]
        points.append(html.Li([html.B(f"{name}. "), group_sentence(scores, language)]))
    return folded(
        text("marks_title", language),
        legend(members.indicators, members.recent_from, language, marked=True),
        html.Ul(points, className="points"),
        rating_note(language),
    )
