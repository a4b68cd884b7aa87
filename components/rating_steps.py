"""The steps from a value to its colour, and the colours that other yardsticks would give."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from dash import html
from dash.development.base_component import Component

from components.ages import mark_class
from components.bands import band_line, band_words, mark
from components.formats import DASH, period, shown_share
from components.indicator_facts import missing_values, part_name
from components.texts import text
from components.verdicts import target_words, value_words, verdict_of, whose_words
from data.models import Language
from data.robustness import Robustness
from data.scores import IndicatorScore, Score
from data.scoring import BAND_EDGES, HIGHEST_POINTS, Band


def colour_steps(
    indicator: IndicatorScore,
    language: Language,
    recent_from: int,
    tried: Mapping[str, Robustness],
) -> html.Div:
    """List the steps towards the colour, or the reason for none, with the numbers used.

    ``tried`` is by data point what other yardsticks give; it follows the steps.
    """
    blocks: list[Component] = []
    for score in indicator.scores:
        if score.observation is None:
            continue
        if len(indicator.scores) > 1:
            blocks.append(html.H3(part_name(score, language)))
        blocks.append(html.Ol(_steps(score, language, recent_from)))
        if score.label in tried:
            blocks += _robustness(tried[score.label], language, recent_from)
    missing = missing_values(indicator, language)
    if missing is not None:
        blocks += [missing, html.P(text("lacks_no_value", language))]
    if len(indicator.scored) > 1 and indicator.share is not None:
        joined = text(
            "step_points",
            language,
            n=sum(score.points or 0 for score in indicator.scored),
            highest=HIGHEST_POINTS * len(indicator.scored),
            share=shown_share(indicator.share, language),
            band=band_words(indicator.band, language),
        )
        blocks.append(html.P(joined, className="finding"))
    return html.Div(blocks, className="steps")


def _steps(score: Score, language: Language, recent_from: int) -> list[html.Li]:
    if score.share is None or score.observation is None or score.target is None:
        return [
            html.Li(verdict_of(score, language).named),
            html.Li(text(f"lacks_{score.reason}", language)),
        ]
    direction = score.target.direction
    met = direction == "lower_is_better" and score.share == 100
    rule = f"step_rule_{direction}_met" if met else f"step_rule_{direction}"
    values = {"value": value_words(score, language), "target": target_words(score, language)}
    return [
        html.Li(
            text(
                "step_value", language, period=period(score.observation.period, language), **values
            )
        ),
        html.Li(
            text(
                "step_yardstick",
                language,
                kind=text(f"kind_{score.target.yardstick_kind}", language),
                whose=whose_words(score.target, language),
                **values,
            )
        ),
        html.Li(text(rule, language, share=shown_share(score.share, language), **values)),
        html.Li(
            [
                _edge_words(score.band, language),
                " ",
                mark(mark_class(score, recent_from)),
                html.B(band_line(score.band, language)),
                f" ({text('points', language, n=score.points or 0)})",
            ]
        ),
    ]


def _edge_words(band: Band, language: Language) -> str:
    """Return the edge that puts a share into its band: its own, for the lowest the next."""
    lowest = next(edge for edge in BAND_EDGES if edge.band == band).lowest
    if lowest:
        return text("step_band", language, edge=lowest)
    return text("step_band_lowest", language, edge=BAND_EDGES[-2].lowest)


def _robustness(robustness: Robustness, language: Language, recent_from: int) -> list[Component]:
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
