"""The sections of one indicator's page that show how it stands and what lies beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from dash import html
from dash.development.base_component import Component

from components import urls
from components.bands import class_of, mark
from components.chart_button import chart_place
from components.corrections import correction_lines
from components.formats import period
from components.indicator_facts import (
    colour_steps,
    definition_facts,
    missing_values,
    score_panel,
)
from components.markup import Markup, hyphened
from components.observation_table import unit_of_label
from components.own_goal_list import own_goal_list
from components.pictures.trend_panel import key_words, trend_svgs
from components.quiz.feedback import whole_percent
from components.texts import text
from components.trend import TrendSeries, trend_sentence
from components.wheel import sector_title
from data.models import Indicator, Language
from data.own_goals import own_goals
from data.robustness import Robustness
from data.scores import IndicatorScore
from data.value_history import corrections_of
from pages.quiz.service import current_quiz_service
from pages.quiz.steps import QuizContext
from pages.site import Site

# The interactive chart and the button that asks for it.
CHART, CHART_BUTTON = "indicator-chart", "indicator-chart-button"


def trail(score: IndicatorScore, language: Language) -> html.Nav:
    """The way here from home."""
    indicator = score.indicator
    links = [
        html.Li(html.A(text("nav_home", language), href=urls.home(language))),
        html.Li(
            html.A(
                text(f"dimension_{indicator.dimension}", language),
                href=urls.dimension(language, indicator.dimension),
            )
        ),
        html.Li(f"{indicator.sub_dimension[language]} · {indicator.category[language]}"),
    ]
    return html.Nav(
        html.Ol(links), className="trail", **hyphened(aria_label=text("trail_label", language))
    )


def values_part(indicator_score: IndicatorScore, site: Site, language: Language) -> html.Section:
    """The value, its source and target, a panel for each data point that has one."""
    corrections = corrections_of(site.edition, site.city, indicator_score.indicator.code)
    panels = [
        score_panel(
            score, site.edition.sources, language, site.fulfilment().recent_from, corrections
        )
        for score in indicator_score.scores
        if score.observation is not None
    ]
    parts: list[Component | None] = [html.H2(text("value_title", language))]
    if panels:
        parts.append(html.Div(panels, className="panels" if len(panels) > 1 else "panels lone"))
    return html.Section([*parts, missing_values(indicator_score, language)])


def steps_part(
    score: IndicatorScore, tried: Mapping[str, Robustness], site: Site, language: Language
) -> html.Section:
    """Return the steps towards the colour, or the reason for none, and what others would give."""
    title = "steps_title" if score.share is not None else "steps_title_none"
    return html.Section(
        [
            html.H2(text(title, language)),
            colour_steps(score, language, site.fulfilment().recent_from, tried),
            html.P(
                [
                    text("own_targets", language),
                    " ",
                    html.A(text("how_rated", language), href=urls.page(language, "method")),
                ],
                className="note",
            ),
        ],
        id="colour",
    )


def own_goals_part(site: Site, code: str, language: Language) -> html.Section | None:
    """The city's own goals for an indicator, beside our yardstick; None where it set none."""
    goals = own_goals(site.edition, site.city, code)
    if not goals:
        return None
    link = html.A(text("own_goals_link", language), href=urls.own_goals(language))
    return html.Section(
        [
            html.H2(text("own_goal_title", language)),
            html.P([text("own_goal_words", language), " ", link]),
            own_goal_list(goals, site.edition.sources, language),
        ],
        id="own-goal",
    )


def corrections_part(site: Site, indicator: Indicator, language: Language) -> html.Section | None:
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
    title = html.H2(text("corrections_title", language))
    return html.Section([title, html.Ul(rows)], id="corrections")


def trend_part(
    score: IndicatorScore, series: Sequence[TrendSeries], language: Language
) -> html.Section | None:
    """The values over the years, a picture for each data point; None if nothing is new."""
    drawn = [member for member in series if len(member.observations) > 1]
    if not drawn and all(_is_shown_above(member, score) for member in series):
        return None
    figures: list[Component] = [chart_place(CHART_BUTTON, CHART, language)] if drawn else []
    for member in series:
        unit = unit_of_label(score.indicator, member.name)
        point = score.indicator.data_point(member.name)
        if point is not None:
            figures.append(html.H3(point.title[language]))
        elif len(series) > 1:
            figures.append(html.H3(text("part_whole", language)))
        sentence = trend_sentence(member, language, unit)
        if member in drawn:
            figures.append(Markup(trend_svgs(member, language, unit, sentence)))
        figures.append(html.P(sentence, className="caption"))
    if drawn:
        figures.append(html.P(key_words(drawn, language, "trend_key"), className="note"))
    return html.Section(
        [
            html.H2(text("trend_title", language)),
            html.Div(figures, id="explore", className="explore"),
        ]
    )


def _is_shown_above(member: TrendSeries, indicator_score: IndicatorScore) -> bool:
    """Return whether the only value of a series is the one that the panel shows."""
    panels = [score.observation for score in indicator_score.scores if score.label == member.name]
    return [*member.observations] == panels


def definition_part(score: IndicatorScore, site: Site, language: Language) -> html.Section:
    """Return the section on the standard's definition."""
    facts = definition_facts(score.indicator, site.edition.sources, language)
    return html.Section([html.H2(text("definition_title", language)), facts])


def neighbours_part(score: IndicatorScore, site: Site, language: Language) -> html.Section | None:
    """The other indicators of the category; None where there are none."""
    indicator = score.indicator
    group = next(
        group
        for group in site.fulfilment().categories(indicator.dimension)
        if (group.sub_dimension, group.name) == (indicator.sub_dimension, indicator.category)
    )
    others = [member for member in group.indicators if member is not score]
    if not others:
        return None
    links = [
        html.Li(
            html.A(
                [mark(class_of(member)), html.Span(sector_title(member, language))],
                href=urls.indicator(language, member.indicator.slug),
            )
        )
        for member in others
    ]
    title = text("neighbours_title", language, category=indicator.category[language])
    return html.Section([html.H2(title), html.Ul(links, className="tiles")])


def quiz_lines(site: Site, language: Language, code: str) -> list[html.P]:
    """A sentence for each question about an indicator whose figures may be shown."""
    context = QuizContext(site, current_quiz_service(), language)
    link = html.A(text("stats_take", language), href=urls.page(language, "quiz"))
    lines = []
    for one in context.service.bank.of_indicator(code, site.city):
        figures, question = context.others(one.key), context.question(one.key)
        if question is None or figures is None or figures.right is None:
            continue
        share = whole_percent(figures.right.right, figures.right.answers, language)
        words = text("quiz_knew", language, share=share, question=question.text[language])
        lines.append(html.P([words, " ", link], className="quiz-knew"))
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
