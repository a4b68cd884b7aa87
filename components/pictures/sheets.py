"""Contents of each kind of picture: title, choice, sentence, legend, chart and sources."""

from collections.abc import Iterable
from functools import partial
from typing import Any

from components.ages import (
    capitalised,
    choice_words,
    chosen_title,
    city_sentence,
    dimension_sentence,
)
from components.bands import state_counts, state_name
from components.formats import DASH
from components.not_yet_published import NotYetPublished
from components.pictures.frame import Sheet
from components.pictures.group_charts import (
    dimension_card,
    dimension_chart,
    dimension_phone,
    in_columns,
    wheel_card,
    wheel_chart,
    wheel_phone,
)
from components.pictures.indicator_chart import (
    drawable,
    indicator_card,
    indicator_chart,
    lacking_words,
)
from components.pictures.indicator_state import state_line
from components.pictures.rows import legend
from components.pictures.svg_boxes import EMPTY, Box, marked
from components.sentences import indicator_sentence
from components.texts import text
from components.theme import NO_VALUE_CLASS
from components.trend import TrendSeries
from components.verdicts import verdict_of
from data.models import Language
from data.scores import Category, Fulfilment, IndicatorScore

_WIDTH, _TWO_COLUMNS = 960, 1200
_MOST_CARD_ROWS = 16  # Categories whose names can be read in a card.
_CHART_SIZE, _INDICATOR_SIZE, _CARD_SIZE, _PHONE_SIZE = 15.0, 17.0, 22.0, 16.0


def wheel_sheet(fulfilment: Fulfilment, site_name: str, language: Language) -> Sheet:
    """All indicators."""
    return _group_sheet(
        fulfilment,
        fulfilment.categories(),
        language,
        title=site_name,
        sentence=city_sentence(fulfilment, language),
        width=_WIDTH,
        chart=lambda room: wheel_chart(fulfilment, language, room),
        card=lambda room: wheel_card(fulfilment, language, room),
        phone=lambda room: wheel_phone(fulfilment, language, room, _PHONE_SIZE),
    )


def dimension_sheet(fulfilment: Fulfilment, key: str, language: Language) -> Sheet:
    """The indicators of one dimension."""
    groups, recent_from = fulfilment.categories(key), fulfilment.recent_from
    return _group_sheet(
        fulfilment,
        groups,
        language,
        title=text(f"dimension_{key}", language),
        sentence=dimension_sentence(fulfilment, key, language),
        width=_TWO_COLUMNS if in_columns(groups) > 1 else _WIDTH,
        chart=lambda room: dimension_chart(groups, recent_from, language, room, _CHART_SIZE),
        card=lambda room: dimension_card(groups, recent_from, language, room),
        phone=lambda room: dimension_phone(groups, recent_from, language, room, _PHONE_SIZE),
    )


def list_sheet(fulfilment: Fulfilment, title: str, language: Language) -> Sheet:
    """A choice of indicators, each with its bar where their number allows."""
    groups, recent_from = fulfilment.categories(), fulfilment.recent_from
    if not groups:
        words = text("list_nothing", language)
        return Sheet(
            title,
            capitalised(choice_words(fulfilment, language)),
            sentence=words,
            description=words,
            width=_WIDTH,
            chart=lambda _room: EMPTY,
            card=lambda _room: EMPTY,
            phone=lambda _room: EMPTY,
            legend=lambda _room, _size: EMPTY,
        )
    columns = in_columns(groups)
    rows = partial(dimension_chart, groups, recent_from, language)

    def card(room: tuple[float, float]) -> Box:
        drawn = rows(room[0], _INDICATOR_SIZE)
        if drawn.height <= room[1]:
            return drawn
        if len(groups) <= _MOST_CARD_ROWS:
            return dimension_card(groups, recent_from, language, room)
        return wheel_card(fulfilment, language, room)

    return _group_sheet(
        fulfilment,
        groups,
        language,
        title=title,
        sentence=city_sentence(fulfilment, language),
        width=_TWO_COLUMNS if columns > 1 else _WIDTH,
        chart=lambda room: rows(room, _CHART_SIZE),
        card=card,
        phone=lambda room: (
            rows(room, _PHONE_SIZE)
            if columns == 1
            else dimension_phone(groups, recent_from, language, room, _PHONE_SIZE)
        ),
    )


def _group_sheet(
    fulfilment: Fulfilment,
    groups: tuple[Category, ...],
    language: Language,
    *,
    sentence: str,
    **drawings: Any,
) -> Sheet:
    members = tuple(score for group in groups for score in group.indicators)
    return Sheet(
        choice=chosen_title(text("overview_bars", language), fulfilment, language),
        sentence=sentence,
        description=f"{sentence} {_counts(members, language)}",
        legend=lambda room, size: legend(members, fulfilment.recent_from, language, room, size),
        **drawings,
    )


def indicator_sheet(
    indicator_score: IndicatorScore,
    series: tuple[TrendSeries, ...],
    fulfilment: Fulfilment,
    language: Language,
) -> Sheet:
    """One indicator with what was published by the end of the year of ``fulfilment``."""
    name, recent_from = indicator_score.indicator.title[language], fulfilment.recent_from
    sentence = indicator_sentence(indicator_score, language)
    choice = capitalised(choice_words(fulfilment, language))
    # One of several parts has no word in the sentence of the whole.
    parts = [
        verdict_of(score, language).named
        for score in indicator_score.scores
        if score.observation and len(indicator_score.scores) > 1
    ]
    trends = drawable(series)
    draw = partial(indicator_chart, indicator_score, trends, recent_from, language)
    return Sheet(
        title=name,
        choice=choice,
        sentence=_without_name(sentence, name),
        description=" ".join([sentence, *parts, f"{choice}." if choice else ""]).rstrip(),
        width=_WIDTH,
        chart=lambda room: draw(room, _INDICATOR_SIZE),
        card=lambda room: indicator_card(
            indicator_score, trends, recent_from, language, room, _CARD_SIZE
        ),
        phone=lambda room: draw(room, _PHONE_SIZE),
        legend=lambda room, size: state_line(
            indicator_score, recent_from, language, room, size * 1.15
        ),
    )


def later_sheet(
    indicator_score: IndicatorScore, later: NotYetPublished, language: Language
) -> Sheet:
    """One indicator as of a year that hides all its values."""
    name = indicator_score.indicator.title[language]
    sentence = later.sentence(name, language)
    begins, state = later.reason(language), later.state(language)
    return Sheet(
        title=name,
        choice=capitalised(text("overview_until", language, year=later.as_of)),
        sentence=_without_name(sentence, name),
        description=sentence,
        width=_WIDTH,
        chart=lambda room: lacking_words(begins, room, _INDICATOR_SIZE),
        card=lambda room: lacking_words(begins, room[0], _CARD_SIZE),
        phone=lambda room: lacking_words(begins, room, _PHONE_SIZE),
        legend=lambda room, size: marked(NO_VALUE_CLASS, state, size * 1.15, room, look="bold"),
    )


def _without_name(sentence: str, name: str) -> str:
    """A sentence that stands below the name need not begin with it."""
    shortened = sentence.removeprefix(f"{name}: ")
    return shortened[:1].upper() + shortened[1:]


def _counts(members: Iterable[IndicatorScore], language: Language) -> str:
    """The legend in words, for readers who do not see the picture."""
    counted = "; ".join(
        f"{state_name(look, language)}{DASH[language]}{count}"
        for look, count in state_counts(members).items()
    )
    return f"{capitalised(counted)}." if counted else ""
