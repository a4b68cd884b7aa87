"""The parts of one indicator's page that explain its value, target and colour."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from dash import html
from dash.development.base_component import Component

from components import urls
from components.ages import mark_class, year_chip
from components.bands import band_line, band_words, mark
from components.bars import share_bar
from components.corrections import correction_lines
from components.formats import period, shown_share, unit_words
from components.markup import hyphened
from components.observation_table import evidence_words
from components.robustness import robustness_words
from components.sources import source_line
from components.texts import text
from components.verdicts import (
    line_words,
    setter_words,
    target_words,
    value_words,
    verdict_of,
    whose_words,
    yardstick_label,
)
from data.models import Correction, Indicator, Language, Observation, Source, Target, Words
from data.robustness import Robustness
from data.scores import IndicatorScore, Score
from data.scoring import BAND_EDGES, HIGHEST_POINTS, Band

Sources = Mapping[str, Source]


def score_panel(
    score: Score,
    sources: Sources,
    language: Language,
    recent_from: int,
    corrections: Iterable[Correction] = (),
) -> html.Section:
    """One data point with a value: its share, year and source, yardstick with basis and source.

    ``recent_from`` is the first year that is recent. ``corrections`` are those of the indicator;
    what the value was before is said beside it.

    Raises ``ValueError`` for a data point without a value: ``missing_values`` names those.
    """
    observation, target = score.observation, score.target
    if observation is None:
        raise ValueError(f"{score.indicator.code}, {score.label}: no value")
    parts: list[Component] = []
    if score.data_point is not None:
        parts.append(html.H3(score.data_point.title[language]))
    facts = [
        fact("value", html.B(value_words(score, language), className="big"), language),
        *_fulfilment(score, language),
        fact("period", _year(observation, language, recent_from), language),
        fact(
            "comparability", text(f"comparability_{observation.comparability}", language), language
        ),
        *evidence_facts(observation, language),
        fact(
            "source",
            source_line(
                sources[observation.source_id],
                observation.page,
                language,
                classed=not observation.evidence,
            ),
            language,
        ),
    ]
    if observation.note:
        facts.append(fact("note", observation.note[language], language))
    own = [entry for entry in corrections if entry.value_id == observation.value_id != ""]
    corrected = correction_lines(own, score.indicator, language)
    facts += [fact("correction", words, language) for words in corrected]
    if not observation.rate:
        facts.append(fact("not_scored", observation.rate_reason[language], language))
    if target is not None:
        facts += _target_facts(score, target, sources, language)
    parts.append(html.Dl(facts, className="facts"))
    if observation.value_id:
        link = html.A(text("value_link", language), href=urls.value(language, observation.value_id))
        parts.append(html.P(link, className="note"))
    return html.Section(parts, className="panel")


def _year(observation: Observation, language: Language, recent_from: int) -> Component:
    year, words = observation.year, period(observation.period, language)
    return year_chip(words, older=year is not None and year < recent_from)


def evidence_facts(observation: Observation, language: Language) -> list[html.Div]:
    """On what a value rests, as a badge; nothing in an edition that does not say."""
    words = evidence_words(observation, language)
    badge = html.Span(words, className="tag")
    return [fact("evidence", badge, language)] if words else []


def _fulfilment(score: Score, language: Language) -> list[html.Div]:
    """The share in words and as a bar with what its ends stand for; empty without a share."""
    if score.share is None or score.target is None:
        return []
    # Where lower is better the bar is target divided by value: the target is no end of it.
    higher = score.target.direction == "higher_is_better"
    target = line_words(score.target, target_words(score, language), language)
    end = target if higher else text("ring_whole", language)
    shown: list[Any] = [
        html.B(shown_share(score.share, language)),
        share_bar(score.share, score.band),
        html.Span(className="bar-ends", **hyphened(aria_hidden="true", data_from="0", data_to=end)),
    ]
    return [html.Div([html.Dt(text("column_fulfilment", language)), html.Dd(shown)])]


def _target_facts(
    score: Score, target: Target, sources: Sources, language: Language
) -> list[html.Div]:
    """Return the words for the yardstick: a goal or limit, or only a level to compare with."""
    label = yardstick_label(target, language)
    facts = [
        html.Div([html.Dt(label), html.Dd(html.B(target_words(score, language)))]),
        fact("basis", _basis(target, language), language),
        *([fact("due", str(target.target_year), language)] if target.target_year else []),
    ]
    if target.source_id:  # Nobody set a natural limit.
        line = source_line(sources[target.source_id], target.page, language)
        facts.append(fact("source", line, language))
    if target.note:
        facts.append(fact("note", target.note[language], language))
    return facts


def _basis(target: Target, language: Language) -> str:
    """Return who set a yardstick, with the full name where that is an organisation."""
    setter = setter_words(target, language)
    if setter and setter != text(f"setter_{target.basis}", language):
        return setter
    return text(f"basis_{target.basis}", language)


def missing_values(indicator: IndicatorScore, language: Language) -> html.P | None:
    """Say that no number is published, and for which parts; None where each has one."""
    missing = [score for score in indicator.scores if score.observation is None]
    if not missing:
        return None
    if len(indicator.scores) == 1:
        return html.P(text("value_missing", language), className="missing")
    names = "; ".join(part_name(score, language) for score in missing)
    return html.P(text("value_missing_parts", language, parts=names), className="missing")


def fact(key: str, words: Any, language: Language) -> html.Div:
    """One fact under the text of its key."""
    return html.Div([html.Dt(text(f"fact_{key}", language)), html.Dd(words)])


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
        points = " + ".join(str(score.points) for score in indicator.scored)
        joined = text(
            "step_points",
            language,
            points=points,
            highest=HIGHEST_POINTS * len(indicator.scored),
            share=shown_share(indicator.share, language),
            band=band_words(indicator.band, language),
        )
        blocks.append(html.P(joined, className="finding"))
    return html.Div(blocks, className="steps")


def part_name(score: Score, language: Language) -> str:
    """Return the name of a data point; words for the indicator as a whole."""
    if score.data_point is not None:
        return score.data_point.title[language]
    return text("part_whole", language)


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


def definition_facts(indicator: Indicator, sources: Sources, language: Language) -> html.Dl:
    """List the standard's definition, unit, direction, level and goals of an indicator."""
    facts = [
        fact("official_name", indicator.name[language], language),
        fact("definition", indicator.definition[language], language),
        *([fact("why", indicator.why[language], language)] if indicator.why else []),
        fact("unit", unit_words(indicator.unit, language), language),
        fact("direction", text(f"direction_{indicator.direction}", language), language),
        fact("level", text(f"level_{indicator.level}", language), language),
        *(
            [fact("type", text(f"type_{indicator.type}", language), language)]
            if indicator.type
            else []
        ),
        fact(
            "sdg", ", ".join(_sdg(target, language) for target in indicator.sdg_targets), language
        ),
        fact("code", indicator.code, language),
        fact("source", _definition_source(indicator, sources, language), language),
    ]
    if indicator.notes:
        facts.append(fact("note", indicator.notes[language], language))
    return html.Dl(facts, className="facts")


def _sdg(target: str, language: Language) -> str:
    """``SDG 5`` names a whole goal, ``17.8.1`` a target of one."""
    if target.startswith("SDG "):
        return text("sdg_goal", language, number=target.removeprefix("SDG "))
    return target


def _definition_source(indicator: Indicator, sources: Sources, language: Language) -> html.Span:
    return source_line(sources[indicator.source_id], Words("", ""), language)
