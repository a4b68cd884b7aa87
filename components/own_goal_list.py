"""The goals that a city set itself, each with outcome, the value that decides and source."""

from collections.abc import Iterable, Mapping
from decimal import Decimal

from dash import html
from dash.development.base_component import Component

from components.formats import number, period, quantity
from components.markup import folded
from components.observation_table import unit_of_label
from components.sources import source_line
from components.texts import text
from components.verdicts import verdict_of_own_goal
from data.models import Language, Source
from data.own_goals import OwnGoal

_PERCENT = "%"


def own_goal_list(
    goals: Iterable[OwnGoal],
    sources: Mapping[str, Source],
    language: Language,
    address: Mapping[str, str] | None = None,
) -> html.Ul:
    """Return the goals as a list; with ``address``, by code, under links to their indicators.

    What a goal rests on is folded.
    """
    return html.Ul([_item(goal, sources, language, address) for goal in goals], className="goals")


def _item(
    own: OwnGoal,
    sources: Mapping[str, Source],
    language: Language,
    address: Mapping[str, str] | None,
) -> html.Li:
    verdict = verdict_of_own_goal(own, language)
    parts: list[Component] = []
    point = own.indicator.data_point(own.label)
    if address is not None:
        name = own.indicator.title_of(own.label)[language]
        parts.append(html.H3(html.A(name, href=address[own.indicator.code])))
    elif point is not None:
        parts.append(html.H3(point.title[language]))
    words = own_goal_sentence(own, language)
    if own.outcome == "open" and own.distance is not None:
        distance = _distance(own, language).removesuffix(".")
        to_go = text("own_goal_to_go", language, distance=distance)
        words = f"{words} {to_go}"
    parts.append(html.P([html.B(verdict.short), ": ", words]))
    note = own.goal.note
    source = source_line(sources[own.goal.source_id], own.goal.page, language)
    parts.append(
        folded(
            text("own_goal_source", language),
            html.P(note[language], className="note") if note else None,
            html.P(source, className="note"),
        )
    )
    return html.Li(parts)


def own_goal_sentence(own: OwnGoal, language: Language) -> str:
    """Return the value that decides on a goal, if there is one, and the goal: after its verdict."""
    clause = verdict_of_own_goal(own, language).clause
    if own.observation is None or own.observation.value is None:
        return clause
    value = quantity(own.observation.value, unit_of_label(own.indicator, own.label), language)
    when = period(own.observation.period, language)
    return f"{text('dated_value', language, value=value, period=when)}. {clause}"


def _distance(own: OwnGoal, language: Language) -> str:
    """Return the missing amount with its unit; between two shares, percentage points."""
    distance = own.distance or Decimal(0)
    if own.goal.unit_code == _PERCENT:
        return text("percentage_points", language, value=number(distance, language))
    return quantity(distance, unit_of_label(own.indicator, own.label), language)
