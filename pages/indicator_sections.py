"""The parts of one indicator's page: values with charts, rating, corrections, ways."""

from collections.abc import Mapping, Sequence
from typing import Any

from dash import html
from dash.development.base_component import Component

from components import urls
from components.ages import is_older, mark_class, year_chip
from components.bands import mark, rating_note
from components.corrections import correction_lines
from components.formats import period
from components.indicator_facts import missing_values, score_panel, value_block, yardstick_line
from components.markup import hyphened
from components.observation_table import unit_of_label
from components.own_goal_list import own_goal_list
from components.pictures.trend_panel import key_words, trend_plot
from components.rating_steps import colour_steps
from components.texts import text
from components.trend import TrendSeries
from components.trend_sentences import trend_sentence
from components.value_scales import value_scale
from components.verdicts import verdict_of
from data.city_values import newest_of_others
from data.models import Indicator, Language, Observation, Words
from data.own_goals import own_goals
from data.robustness import Robustness
from data.scores import IndicatorScore, Score
from data.value_history import corrections_of
from pages.site import Site


def folded(title: str, *parts: Component | None, id: str = "") -> html.Details:
    """A part of the page that a reader unfolds; an address with its id unfolds it, too."""
    attributes: dict[str, Any] = {"id": id} if id else {}
    section = html.Section(list(parts), **attributes)
    return html.Details([html.Summary(html.H2(title)), section], className="fold")


def trail(
    score: IndicatorScore, site: Site, language: Language, chosen: Mapping[str, Any]
) -> html.Nav:
    """The way here from home."""
    indicator = score.indicator
    links = [
        html.Li(
            html.A(
                text(f"dimension_{indicator.dimension}", language),
                href=urls.dimension(language, indicator.dimension, **chosen),
            )
        ),
        html.Li(
            site.edition.group_title(
                indicator.dimension, indicator.sub_dimension, indicator.category
            )[language]
        ),
    ]
    return html.Nav(
        html.Ol(links), className="trail", **hyphened(aria_label=text("trail_label", language))
    )


def values_part(
    indicator_score: IndicatorScore,
    series: Sequence[TrendSeries],
    site: Site,
    state: Component,
    language: Language,
) -> html.Section:
    """Each value with its verdict and its chart, or where it has no past a scale.

    ``state`` is the verdict on the indicator as a whole: that of its only value.
    """
    indicator, recent_from = indicator_score.indicator, site.fulfilment().recent_from
    single = len(indicator_score.scores) == 1
    drawn = {member.name: member for member in series if _is_drawn(member, single=single)}
    corrections = corrections_of(site.edition, site.city, indicator.code)
    other_cities = [
        (site.edition.cities[other.city].name, other)
        for other in newest_of_others(site.edition, site.city, indicator.code)
    ]
    blocks, sourced = [], ""
    # Charts first, so that one stands on the first screen.
    for score in sorted(indicator_score.scores, key=lambda score: score.label not in drawn):
        if score.observation is None:
            continue
        member = drawn.get(score.label)
        source = score.observation.source_id
        blocks.append(
            value_block(
                score,
                state if single else _verdict(score, recent_from, language),
                site.edition.sources,
                language,
                corrections,
                _chart(member, indicator, language)
                if member
                else _scale(score, other_cities, recent_from, language),
                sourced=source != sourced,
            )
        )
        sourced = source
    signs = key_words(drawn.values(), language)
    parts = [
        None if single else state,
        *blocks,
        html.P(signs, className="note signs") if signs else None,
        None if single else missing_values(indicator_score, language),
    ]
    return html.Section(parts, className="values-part" if single else "values-part several")


def _is_drawn(series: TrendSeries, *, single: bool) -> bool:
    """Return whether a chart says more than the value: of several, where some may be compared."""
    several = len(series.observations) > 1
    return several if single else several and bool(series.runs() or len(series.observations) > 2)


def _chart(series: TrendSeries, indicator: Indicator, language: Language) -> Component:
    unit = unit_of_label(indicator, series.name)
    return trend_plot(series, language, unit, trend_sentence(series, language, unit))


def _scale(
    score: Score,
    other_cities: Sequence[tuple[Words, Observation]],
    recent_from: int,
    language: Language,
) -> html.Div | None:
    """Name the yardstick of a value without a past above the scale that shows both."""
    scale = value_scale(score, other_cities, recent_from, language)
    return html.Div([yardstick_line(score, language), scale]) if scale else None


def _verdict(score: Score, recent_from: int, language: Language) -> html.P:
    observation = score.observation
    when = period(observation.period, language) if observation else ""
    look = mark_class(score, recent_from)
    return html.P(
        [
            html.Span(
                [mark(look), html.Span(verdict_of(score, language).short)], className="state"
            ),
            " ",
            year_chip(when, older=is_older(score, recent_from)),
        ],
        className="verdict",
    )


def steps_part(
    score: IndicatorScore, tried: Mapping[str, Robustness], site: Site, language: Language
) -> html.Details:
    """Return the steps towards the colour, or the reason for none, with all facts used."""
    title = "steps_title" if score.share is not None else "steps_title_none"
    panels = [
        score_panel(part, site.edition.sources, language)
        for part in score.scores
        if part.observation is not None
    ]
    return folded(
        text(title, language),
        colour_steps(score, language, site.fulfilment().recent_from, tried),
        *panels,
        rating_note(language),
        id="colour",
    )


def own_goals_part(site: Site, code: str, language: Language) -> html.Details | None:
    """The city's own goals for an indicator, beside our yardstick; None where it set none."""
    goals = own_goals(site.edition, site.city, code)
    if not goals:
        return None
    link = html.A(text("own_goals_link", language), href=urls.own_goals(language))
    return folded(
        text("own_goal_title", language),
        html.P([text("own_goal_words", language), " ", link]),
        own_goal_list(goals, site.edition.sources, language),
        id="own-goal",
    )


def corrections_part(site: Site, indicator: Indicator, language: Language) -> html.Details | None:
    """The withdrawn values of an indicator and its corrected yardsticks; None where none is.

    Corrections of values that hold stand beside them.
    """
    corrections = corrections_of(site.edition, site.city, indicator.code)
    apart = [entry for entry in corrections if not entry.column or entry.table == "targets"]
    if not apart:
        return None
    items: dict[str, None] = {}
    rows = []
    for entry in apart:
        own = [other for other in apart if other.value_id == entry.value_id]
        for line in correction_lines(own, indicator, language):
            if line in items:
                continue
            items[line] = None
            words: list[Any] = [line]
            if entry.value_id:
                when = period(entry.period, language)
                link = html.A(when, href=urls.value(language, entry.value_id))
                words = [link, ": ", line]
            rows.append(html.Li(words))
    return folded(text("corrections_title", language), html.Ul(rows), id="corrections")


def neighbours(
    score: IndicatorScore, site: Site, language: Language, chosen: Mapping[str, Any]
) -> html.Nav:
    """Return the ways to the indicators before and after this one in its dimension."""
    members = site.fulfilment().of_dimension(score.indicator.dimension)
    place = members.index(score)
    ways = {"prev": members[place - 1 : place], "next": members[place + 1 : place + 2]}
    links = [
        html.A(
            text(f"indicator_{rel}", language, name=other.indicator.title[language]),
            href=urls.indicator(language, other.indicator.slug, **chosen),
            rel=rel,
        )
        for rel, members in ways.items()
        for other in members
    ]
    return html.Nav(
        links, className="neighbours", **hyphened(aria_label=text("neighbours_label", language))
    )
