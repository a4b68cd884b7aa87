"""Cards of findings that stand out: name, value and year, sparkline, and what they are beside."""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

from dash import html

from components.ages import is_older, mark_class, year_chip
from components.bands import mark
from components.formats import listing, number, percent, period, quantity
from components.markup import Markup
from components.sparklines import sparkline
from components.texts import text
from components.theme import BAND_CLASSES, NO_VALUE_CLASS
from components.verdicts import Verdict, unit_of, value_words, verdict_of, verdict_of_own_goal
from data.findings import Finding
from data.models import Language, Observation, Words
from data.scores import Fulfilment, Score

# From this factor on a rise is told as one; before, in percent.
_TIMES_FROM = 2


def finding_cards(
    findings: Sequence[Finding],
    fulfilment: Fulfilment,
    cities: Mapping[str, Words],
    address: Callable[[str], str],
    language: Language,
) -> html.Ul:
    """Return a card per finding; ``address`` gives the page of an indicator by its slug."""
    cards = [
        html.Li(
            [
                html.P(text(f"standout_{finding.kind}", language), className="finding-kind"),
                html.H3(
                    html.A(
                        finding.score.indicator.title_of(finding.score.label)[language],
                        href=address(finding.score.indicator.slug),
                    )
                ),
                _picture(finding, fulfilment),
                *_value_line(finding, fulfilment, language),
                *_words(finding, fulfilment, cities, language),
            ]
        )
        for finding in findings
    ]
    return html.Ul(cards, className="finding-cards")


def _picture(finding: Finding, fulfilment: Fulfilment) -> Markup | None:
    """Draw the past of a value beside its name and figure; nothing of a gap."""
    score = finding.score
    if not finding.history:
        return None
    return sparkline(
        finding.history,
        fulfilment.as_of,
        mark_class(score, fulfilment.recent_from),
        score.target.value if score.target else None,
        finding.other_values,
    )


def _value_line(finding: Finding, fulfilment: Fulfilment, language: Language) -> list[Any]:
    score, observation = finding.score, finding.score.observation
    if observation is None or observation.value is None:
        return []
    words = value_words(score, language)
    figure = number(observation.value, language)
    unit = words.removeprefix(figure) if words.startswith(figure) else ""
    year = year_chip(
        period(observation.period, language), older=is_older(score, fulfilment.recent_from)
    )
    parts = [html.B(figure if unit else words), html.Small([unit, " ", year])]
    return [html.P(parts, className="finding-value")]


def _words(
    finding: Finding, fulfilment: Fulfilment, cities: Mapping[str, Words], language: Language
) -> list[html.P]:
    score = finding.score
    if finding.kind == "gap":
        indicator = score.indicator
        definition = indicator.plain_definition or indicator.definition
        short = verdict_of(score, language).short
        return [html.P([mark(NO_VALUE_CLASS), f"{short}. {definition[language]}"])]
    verdict = (
        verdict_of_own_goal(finding.own_goal, language)
        if finding.own_goal
        else verdict_of(score, language)
    )
    lines = [_verdict_line(score, verdict, fulfilment.recent_from)]
    if beside := _beside(finding, cities, language):
        lines.insert(0, html.P(beside))
    return lines


def _verdict_line(score: Score, verdict: Verdict, recent_from: int) -> html.P:
    look = (
        mark_class(score, recent_from)
        if score.share is not None or verdict.kind is None
        else BAND_CLASSES["none"]
    )
    yardstick = f" {verdict.clause}" if verdict.clause else ""
    signs = [] if verdict.kind == "own_goal" and score.share is None else [mark(look)]
    return html.P([*signs, f"{verdict.short}.{yardstick}"])


def _beside(finding: Finding, cities: Mapping[str, Words], language: Language) -> str:
    """Return what the value is told beside: an earlier one, or those of other cities."""
    score, before = finding.score, finding.before
    if finding.other_values:
        other_cities = [
            text(
                "standout_city",
                language,
                city=cities[value.city][language],
                value=number(value.value or 0, language),
                period=period(value.period, language),
            )
            for value in finding.other_values
        ]
        return text("standout_others", language, others=listing(other_cities, language))
    if before is None or score.observation is None:
        return ""
    values = {
        "value": quantity(before.value or Decimal(0), unit_of(score), language),
        "period": period(before.period, language),
    }
    if finding.kind == "reached":
        return text("standout_not_yet", language, **values)
    return _change(before, score.observation, values, language)


def _change(
    first: Observation, last: Observation, values: Mapping[str, str], language: Language
) -> str:
    newest, earlier = last.value or Decimal(0), first.value or Decimal(1)
    factor = Fraction(newest) / Fraction(earlier)
    if factor >= _TIMES_FROM:
        times = number(round(newest / earlier, 1), language)
        return text("standout_times", language, times=times, **values)
    key = "standout_up" if factor > 1 else "standout_down"
    share = percent(abs(factor - 1) * 100, language)
    return text(key, language, share=share, **values)
