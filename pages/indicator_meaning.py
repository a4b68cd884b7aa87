"""Meaning of an indicator's values, or of their lack: trends, other cities, caveats, goals."""

from collections.abc import Sequence
from typing import Any

from dash import html

from components import urls
from components.ages import capitalised
from components.bands import mark
from components.formats import listing, period, quantity
from components.indicator_facts import part_name
from components.markup import headed
from components.observation_table import unit_of_label
from components.open_data.gap_register import REPEATED
from components.own_goal_list import own_goal_sentence
from components.quiz.feedback import whole_percent
from components.sentences import parts_finding
from components.texts import text
from components.theme import NO_VALUE_CLASS
from components.trend import TrendSeries
from components.trend_sentences import trend_sentence, trend_sentences
from components.verdicts import (
    target_words,
    verdict_of_own_goal,
    whose_words,
    yardstick_label,
)
from data.city_values import newest_of_others
from data.models import Language
from data.own_goals import own_goals
from data.scores import IndicatorScore
from pages.quiz.service import current_quiz_service
from pages.quiz.steps import QuizContext
from pages.site import Site

# Cities that a sentence names; the table has all.
_CITIES = 3


def nothing_part(score: IndicatorScore, site: Site, language: Language) -> html.Section:
    """Say of an indicator without a value that there is none, what it lacks and who has one."""
    items: list[Any] = []
    if cities := _cities(score, site, language):
        items.append(html.Li([html.B(text("nothing_elsewhere", language)), " ", *cities]))
    for target in dict.fromkeys(part.target for part in score.scores if part.target):
        held = next(part for part in score.scores if part.target == target)
        words = f"{target_words(held, language)}{whose_words(target, language)}"
        label = html.B(text("nothing_yardstick", language))
        items.append(html.Li([label, f" {yardstick_label(target, language).lower()} {words}."]))
    if why := score.indicator.why[language]:
        items.append(html.Li([html.B(f"{text('fact_why', language)}:"), " ", why]))
    items += quiz_lines(site, language, score.indicator.code)
    return html.Section(
        [
            html.Div(
                [mark(NO_VALUE_CLASS), text("reason_no_value", language)], className="value none"
            ),
            html.P(text("nothing_words", language), className="muted"),
            html.Ul(items, className="means"),
        ],
        className="values-part",
    )


def _cities(score: IndicatorScore, site: Site, language: Language) -> list[Any]:
    """Name other cities with their newest values, and link to the comparison; nothing without."""
    indicator = score.indicator
    observations = newest_of_others(site.edition, site.city, indicator.code)
    if not observations:
        return []
    label = score.scores[0].label if len(score.scores) == 1 else ""
    whole = [other for other in observations if other.data_point == label]
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
    cities = dict.fromkeys(site.edition.cities[other.city].name[language] for other in observations)
    words = "; ".join(named) if named else listing(tuple(cities), language)
    way = html.A(
        text("compare_link", language, **site.city_words(language)),
        href=urls.page(language, "compare", kpi=indicator.slug),
    )
    return [html.Span(f"{words}. ", className="city-values"), way]


def meaning_part(
    score: IndicatorScore,
    series: Sequence[TrendSeries],
    site: Site,
    language: Language,
) -> html.Section:
    """List trends, other cities, caveats, own goals, importance and quiz shares of a value."""
    indicator = score.indicator
    entries = _trends(score, series, language)
    if parts_finding(score, language) and (definition := indicator.plain_definition[language]):
        entries.insert(0, [definition])
    if cities := _cities(score, site, language):
        entries.append([html.B(text("meaning_cities", language)), " ", *cities])
    entries += _reserves(score, language)
    for goal in own_goals(site.edition, site.city, indicator.code):
        short = verdict_of_own_goal(goal, language).short
        sentence = own_goal_sentence(goal, language)
        entries.append([html.A(short, href="#own-goal"), f": {sentence}"])
    if why := indicator.why[language]:
        entries.append([html.B(f"{text('fact_why', language)}: "), why])
    lines = [html.Li(entry) for entry in entries]
    return headed(
        text("meaning_title", language),
        html.Ul([*lines, *quiz_lines(site, language, indicator.code)], className="means"),
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


def _reserves(score: IndicatorScore, language: Language) -> list[Any]:
    """Say what a reader must know before quoting the value."""
    caveats: list[Any] = []
    if score.share is None and score.reason:
        caveats.append(text(f"lacks_{score.reason}", language))
    observation = score.scores[0].observation if len(score.scores) == 1 else None
    if observation:
        reason = observation.rate_reason
        caveats += (
            [f"{capitalised(reason[language])}."] if reason and reason.en not in REPEATED else []
        )
    return caveats


def quiz_lines(site: Site, language: Language, code: str) -> list[html.Li]:
    """A sentence for each question about an indicator whose figures may be shown."""
    context = QuizContext(site, current_quiz_service(), language)
    link = html.A(text("stats_take", language), href=urls.page(language, "quiz"))
    lines = []
    for bank_question in context.service.bank.of_indicator(code, site.city):
        figures, question = context.others(bank_question.key), context.question(bank_question.key)
        if question is None or figures is None or figures.right is None:
            continue
        share = whole_percent(figures.right.right, figures.right.answers, language)
        words = text("quiz_knew", language, share=share, question=question.text[language])
        lines.append(html.Li([words, " ", link], className="quiz-knew"))
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
