"""The steps from a value to its colour, with the numbers used."""

from collections.abc import Mapping

from dash import html
from dash.development.base_component import Component

from components.ages import mark_class
from components.bands import band_line, band_words, mark
from components.formats import period, shown_share
from components.indicator_facts import missing_values, part_name
from components.robustness import robustness_words
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
            blocks += robustness_words(tried[score.label], language, recent_from)
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
