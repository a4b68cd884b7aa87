"""Words for a colour under every other yardstick: the same, or dependent, with both results."""

from dataclasses import replace
from typing import Any

from dash import html
from dash.development.base_component import Component

from components.ages import mark_class
from components.bands import mark
from components.formats import DASH
from components.texts import text
from components.verdicts import target_words, verdict_of, whose_words
from data.models import Language
from data.robustness import Robustness
from data.scores import Score


def robustness_words(
    robustness: Robustness, language: Language, recent_from: int
) -> list[Component]:
    """Say that every yardstick gives the same colour, or list each result; or that it is alone."""
    if not robustness.alternatives:
        return [html.P(text("robust_alone", language), className="note")]
    if not robustness.depends:
        words = text("robust_same", language, n=robustness.yardsticks)
        return [html.P(words, className="note")]
    score = robustness.score
    results = [
        replace(
            score,
            target=alternative.yardstick,
            share=alternative.share,
            band=alternative.band,
        )
        for alternative in robustness.alternatives
    ]
    items = [html.Li(_result(result, language, recent_from)) for result in (score, *results)]
    title = html.P(html.B(text("robust_depends", language)))
    return [title, html.Ul(items, className="choices")]


def _result(score: Score, language: Language, recent_from: int) -> list[Any]:
    """Mark, verdict and yardstick of one result; the first one is ours."""
    if score.target is None:
        return []
    verdict = verdict_of(score, language)
    yardstick = text(
        "robust_yardstick",
        language,
        label=verdict.label.lower(),
        value=target_words(score, language),
        whose=whose_words(score.target, language),
    )
    ours = text("robust_ours", language) if score.target.primary else ""
    words = f"{DASH[language]}{yardstick}{ours}"
    return [mark(mark_class(score, recent_from)), html.B(verdict.short), words]
