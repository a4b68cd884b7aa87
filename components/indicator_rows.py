"""One row per indicator: mark, name, value beside its yardstick, verdict and year."""

from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any, Literal, get_args

from dash import html
from dash.development.base_component import Component

from components.ages import capitalised, year_chip
from components.bands import look_of, mark, state_words
from components.formats import brief_quantity, listing, shown_share
from components.strips import strip
from components.texts import text
from components.verdicts import (
    setter_words,
    unit_of,
    value_parts,
    verdict_of,
    whose_words,
    yardstick_label,
)
from data.models import Language, Observation
from data.scores import IndicatorScore, Score

Links = Callable[[str], str]
Order = Literal["topic", "distance", "age", "name"]
ORDERS: tuple[Order, ...] = get_args(Order)


def ordered(
    scores: Iterable[IndicatorScore], order: Order, language: Language
) -> list[IndicatorScore]:
    """Return indicators furthest from their yardstick, newest, or first in the alphabet first.

    What has no share or no year comes last; equals, and all ``by topic``, keep their order.
    """
    keys: dict[Order, Callable[[IndicatorScore], Any]] = {
        "topic": lambda _score: 0,
        "distance": distance,
        "age": _age,
        "name": lambda score: score.indicator.title[language].lower().replace("ё", "е"),
    }
    return sorted(scores, key=keys[order])


def distance(score: IndicatorScore) -> tuple[bool, float, float]:
    """Return the order of an indicator by its share, then by that of its decisive part."""
    share = score.decisive.share if score.decisive else None
    return score.share is None, float(score.share or 0), float(share or 0)


def _age(score: IndicatorScore) -> int:
    observation = score.decisive.observation if score.decisive else None
    return -((observation.year if observation else None) or 0)


def indicator_rows(
    scores: Iterable[IndicatorScore], language: Language, recent_from: int, links: Links
) -> html.Ul:
    """List indicators that have a value, one a row, in the order in which they come.

    ``links`` gives the page of an indicator by its slug. A row shows the decisive data
    point and says how many other values there are.
    """
    rows = [
        _row(indicator_score, score, language, recent_from, links)
        for indicator_score in scores
        if (score := indicator_score.decisive) is not None
    ]
    return html.Ul(rows, className="rows")


def compact_rows(
    scores: Iterable[IndicatorScore], language: Language, recent_from: int, links: Links
) -> html.Ul:
    """List indicators one a row without a scale, also those without a value."""
    rows = [
        _unvalued_row(indicator_score, language, recent_from, links)
        if indicator_score.decisive is None
        else _row(
            indicator_score, indicator_score.decisive, language, recent_from, links, scaled=False
        )
        for indicator_score in scores
    ]
    return html.Ul(rows, className="rows compact")


def _unvalued_row(
    indicator_score: IndicatorScore, language: Language, recent_from: int, links: Links
) -> html.Li:
    indicator = indicator_score.indicator
    name = [
        mark(look_of(indicator_score, recent_from)),
        html.A(indicator.title[language], href=links(indicator.slug)),
    ]
    words = html.B(state_words(indicator_score, language))
    parts = [html.Div(name, className="row-name"), html.Div(words, className="row-verdict")]
    return html.Li(html.Div(parts, className="row-line"), className="row unrated")


def _row(
    indicator_score: IndicatorScore,
    score: Score,
    language: Language,
    recent_from: int,
    links: Links,
    *,
    scaled: bool = True,
) -> html.Li:
    indicator, rated = indicator_score.indicator, score.share is not None
    number, unit = value_parts(score, language)
    name: list[Any] = [
        mark(look_of(indicator_score, recent_from)),
        html.A(indicator.title[language], href=links(indicator.slug)),
    ]
    if score.data_point:
        name.append(html.Small(score.data_point.title[language]))
    short = verdict_of(score, language).short if rated else state_words(indicator_score, language)
    more = [*_yardstick(score, language), *_others(indicator_score, score, language)]
    verdict: list[Any] = [html.B(f"{short}."), *(f" {words}" for words in more)]
    picture = strip(score, recent_from) if scaled else None
    head = [
        html.Div(name, className="row-name"),
        html.Div([number, *([html.Small(unit)] if unit else [])], className="row-value"),
    ]
    foot = [
        html.Div(verdict, className="row-verdict"),
        _year(score.observation, language, recent_from),
    ]
    return html.Li(
        [
            html.Div(head, className="row-line"),
            *([] if picture is None else [picture]),
            html.Div(foot, className="row-line"),
        ],
        className="row" if rated else "row unrated",
    )


def _yardstick(score: Score, language: Language) -> list[str]:
    words = row_yardstick(score, language)
    return [f"{words}."] if words else []


def _others(indicator_score: IndicatorScore, score: Score, language: Language) -> list[str]:
    """Say how many other values an indicator has, and how several rated ones make one mark."""
    rated = len(indicator_score.scored)
    valued = sum(other.observation is not None for other in indicator_score.scores)
    words = []
    if rated > 1 and indicator_score.share is not None:
        share = shown_share(indicator_score.share, language)
        key = "row_one_of" if score.share == 100 else "row_worst_of"
        words.append(text(key, language, n=rated, share=share))
        valued -= rated - 1
    if valued > 1:
        words.append(text("row_more", language, n=valued - 1))
    return words


def _year(observation: Observation | None, language: Language, recent_from: int) -> html.Span:
    """The years of a value as a chip, or words where its source names none."""
    if observation is None or observation.year is None:
        return html.Span(text("period_unknown", language), className="year")
    last = observation.period.rpartition("/")[2][:4]
    years = dict.fromkeys([str(observation.year), last])
    return year_chip("–".join(years), older=observation.year < recent_from)


def unrated_fold(
    scores: Iterable[IndicatorScore], language: Language, links: Links
) -> html.Details | None:
    """Count the indicators without a rating by reason in one line; None where all are rated.

    Behind it stand those without any published value, which have no row.
    """
    unrated = [score for score in scores if score.share is None]
    if not unrated:
        return None
    counts = Counter(state_words(score, language) for score in unrated)
    reasons = [
        text("unrated_reason", language, words=words[:1].lower() + words[1:], n=n)
        for words, n in counts.most_common()
    ]
    title = text("unrated_title", language, n=len(unrated))
    unvalued = [score for score in unrated if score.decisive is None]
    parts: list[Component] = []
    if unvalued:
        parts.append(html.P(text("unvalued_title", language, n=len(unvalued))))
        parts.append(
            html.Ul([_link(score, language, links) for score in unvalued], className="unvalued")
        )
    words = html.Span(f" {listing(reasons, language)}.")
    return html.Details([html.Summary([title, words]), *parts], className="unrated-fold")


def _link(score: IndicatorScore, language: Language, links: Links) -> html.Li:
    indicator = score.indicator
    return html.Li(html.A(indicator.title[language], href=links(indicator.slug)))


def row_yardstick(score: Score, language: Language) -> str:
    """The yardstick of a rated score beside its value: ``Goal: 30% (UN)``.

    Empty for a score that is not rated, for a yes or no, and for a natural limit that is reached,
    which the verdict says.
    """
    target = score.target
    if score.share is None or target is None or target.unit_code == "yes/no":
        return ""
    if target.yardstick_kind == "natural_limit" and score.share == 100:
        return ""
    words = brief_quantity(target.value, unit_of(score), language)
    if target.yardstick_kind == "city":
        setter = capitalised(setter_words(target, language))
        return text("row_yardstick", language, label=setter, value=words, whose="")
    label, whose = yardstick_label(target, language), whose_words(target, language)
    return text("row_yardstick", language, label=label, value=words, whose=whose)
