"""The parts of one indicator's page: values with charts, meaning, rating, corrections, ways."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from dash import html
from dash.development.base_component import Component

from components import urls
from components.ages import capitalised, is_older, mark_class, year_chip
from components.bands import mark
from components.corrections import correction_lines
from components.formats import listing, period, quantity
from components.indicator_facts import (
    colour_steps,
    missing_values,
    part_name,
    score_panel,
    value_block,
)
from components.markup import hyphened
from components.observation_table import unit_of_label
from components.open_data.gap_register import REPEATED
from components.own_goal_list import own_goal_list
from components.pictures.trend_panel import key_words, trend_plot
from components.quiz.feedback import whole_percent
from components.texts import text
from components.theme import NO_VALUE_CLASS
from components.trend import TrendSeries, trend_sentence, trend_sentences
from components.verdicts import (
    target_words,
    verdict_of,
    verdict_of_own_goal,
    whose_words,
    yardstick_label,
)
from data.city_values import newest_of_others
from data.models import Indicator, Language
from data.own_goals import own_goals
from data.robustness import Robustness
from data.scores import IndicatorScore, Score
from data.value_history import corrections_of
from pages.quiz.service import current_quiz_service
from pages.quiz.steps import QuizContext
from pages.site import Site

# Cities that a sentence names; the table has all.
_CITIES = 3


def folded(title: str, *parts: Component | None, id: str = "") -> html.Details:
    """A part of the page that a reader unfolds; an address with its id unfolds it, too."""
    section = html.Section(list(parts), **({"id": id} if id else {}))  # type: ignore[arg-type]
    return html.Details([html.Summary(html.H2(title)), section], className="fold")


def trail(score: IndicatorScore, language: Language) -> html.Nav:
    """The way here from home."""
    indicator = score.indicator
    links = [
        html.Li(
            html.A(
                text(f"dimension_{indicator.dimension}", language),
                href=urls.dimension(language, indicator.dimension),
            )
        ),
        html.Li(indicator.category[language]),
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
    """Each value with its verdict and, where it has a past, its chart.

    ``state`` is the verdict on the indicator as a whole: that of its only value.
    """
    indicator, recent_from = indicator_score.indicator, site.fulfilment().recent_from
    single = len(indicator_score.scores) == 1
    drawn = {member.name: member for member in series if _is_drawn(member, single=single)}
    corrections = corrections_of(site.edition, site.city, indicator.code)
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
                _chart(member, indicator, language) if member else None,
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


def _verdict(score: Score, recent_from: int, language: Language) -> html.P:
    """The verdict on one of several values, and its year."""
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


def nothing_part(score: IndicatorScore, site: Site, language: Language) -> html.Section:
    """Say of an indicator without a value that there is none, what it lacks and who has one."""
    known: list[Any] = []
    if cities := _cities(score, site, language):
        known.append(html.Li([html.B(text("nothing_elsewhere", language)), " ", *cities]))
    for target in {part.target for part in score.scores if part.target}:
        held = next(part for part in score.scores if part.target == target)
        words = f"{target_words(held, language)}{whose_words(target, language)}"
        label = html.B(text("nothing_yardstick", language))
        known.append(html.Li([label, f" {yardstick_label(target, language).lower()} {words}."]))
    if why := score.indicator.why[language]:
        known.append(html.Li([html.B(f"{text('fact_why', language)}:"), " ", why]))
    return html.Section(
        [
            html.P(
                [mark(NO_VALUE_CLASS), text("reason_no_value", language)], className="value none"
            ),
            html.P(text("nothing_words", language), className="muted"),
            html.Ul(known, className="means"),
        ],
        className="values-part",
    )


def _cities(score: IndicatorScore, site: Site, language: Language) -> list[Any]:
    """Name other cities with their newest values, and link to the comparison; nothing without."""
    indicator = score.indicator
    others = newest_of_others(site.edition, site.city, indicator.code)
    if not others:
        return []
    whole = [other for other in others if not other.data_point or len(score.scores) == 1]
    named = [
        text(
            "meaning_city",
            language,
            city=site.edition.cities[other.city].name[language],
            value=quantity(other.value, unit_of_label(indicator, other.data_point), language),
            period=period(other.period, language),
        )
        for other in whole[:_CITIES]
        if other.value is not None
    ]
    cities = dict.fromkeys(site.edition.cities[other.city].name[language] for other in others)
    words = "; ".join(named) if named else listing(tuple(cities), language)
    way = html.A(
        text("compare_link", language, **site.city_words(language)),
        href=urls.page(language, "compare", kpi=indicator.slug),
    )
    return [f"{words}. ", way]


def meaning_part(
    score: IndicatorScore,
    series: Sequence[TrendSeries],
    tried: Mapping[str, Robustness],
    site: Site,
    language: Language,
) -> html.Section:
    """What the values say: since when, beside which cities, with which reserve, and why."""
    indicator = score.indicator
    said = _trends(score, series, language)
    if cities := _cities(score, site, language):
        said.append([html.B(text("meaning_cities", language)), " ", *cities])
    said += _reserves(score, tried, language)
    for goal in own_goals(site.edition, site.city, indicator.code):
        verdict = verdict_of_own_goal(goal, language)
        said.append([html.B(f"{verdict.short}: "), html.A(verdict.sentence, href="#own-goal")])
    if why := indicator.why[language]:
        said.append([html.B(f"{text('fact_why', language)}: "), why])
    said += quiz_lines(site, language, indicator.code)
    return html.Section(
        [
            html.H2(text("meaning_title", language)),
            html.Ul([html.Li(words) for words in said], className="means"),
        ],
        className="meaning",
    )


def _trends(score: IndicatorScore, series: Sequence[TrendSeries], language: Language) -> list[Any]:
    """Say how each value changed as far as its past may be compared."""
    if len(score.scores) == 1:
        lone = [member for member in series if len(member.observations) > 1]
        unit = score.indicator.unit
        return [words for member in lone for words in trend_sentences(member, language, unit)]
    names = {part.label: part_name(part, language) for part in score.scores}
    return [
        [
            html.B(f"{names.get(member.name) or text('part_whole', language)}: "),
            trend_sentence(member, language, unit_of_label(score.indicator, member.name)),
        ]
        for member in series
        if member.runs()
    ]


def _reserves(
    score: IndicatorScore, tried: Mapping[str, Robustness], language: Language
) -> list[Any]:
    """Say what a reader must know before quoting the value."""
    said: list[Any] = []
    if score.share is None and score.reason:
        said.append(text(f"lacks_{score.reason}", language))
    observation = score.scores[0].observation if len(score.scores) == 1 else None
    if observation:
        reason = observation.rate_reason
        said += (
            [f"{capitalised(reason[language])}."] if reason and reason.en not in REPEATED else []
        )
    if any(robustness.depends for robustness in tried.values()):
        words = capitalised(text("robust_depends_short", language))
        said.append(html.A(f"{words}.", href="#colour"))
    return said


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
        html.P(
            [
                text("own_targets", language),
                " ",
                html.A(text("how_rated", language), href=urls.page(language, "method")),
            ],
            className="note",
        ),
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


def neighbours(score: IndicatorScore, site: Site, language: Language) -> html.Nav:
    """Return the ways to the indicators before and after this one in its dimension."""
    members = site.fulfilment().of_dimension(score.indicator.dimension)
    place = members.index(score)
    ways = {"prev": members[place - 1 : place], "next": members[place + 1 : place + 2]}
    links = [
        html.A(
            text(f"indicator_{rel}", language, name=other.indicator.title[language]),
            href=urls.indicator(language, other.indicator.slug),
            rel=rel,
        )
        for rel, others in ways.items()
        for other in others
    ]
    return html.Nav(
        links, className="neighbours", **hyphened(aria_label=text("neighbours_label", language))
    )


def quiz_lines(site: Site, language: Language, code: str) -> list[list[Any]]:
    """A sentence for each question about an indicator whose figures may be shown."""
    context = QuizContext(site, current_quiz_service(), language)
    link = html.A(text("stats_take", language), href=urls.page(language, "quiz"))
    lines: list[list[Any]] = []
    for asked in context.service.bank.of_indicator(code, site.city):
        figures, question = context.others(asked.key), context.question(asked.key)
        if question is None or figures is None or figures.right is None:
            continue
        share = whole_percent(figures.right.right, figures.right.answers, language)
        words = text("quiz_knew", language, share=share, question=question.text[language])
        lines.append([words, " ", link])
    return lines


def quiz_state(site: Site, language: Language, slug: str) -> str:
    """The shares that an indicator's page shows; a new name when one of them changes."""
    indicator = next(
        (indicator for indicator in site.edition.indicators if indicator.slug == slug), None
    )
    if indicator is None:
        return ""
    service = current_quiz_service()
    statistics = service.statistics.at_hand()
    if statistics is None:
        return ""
    shares = []
    for question in service.bank.of_indicator(indicator.code, site.city):
        figures = statistics.first.questions.get(question.key)
        if figures is not None and figures.right is not None:
            right = figures.right
            shares.append(f"{question.id}={whole_percent(right.right, right.answers, language)}")
    return ",".join(shares)
