"""The parts of one indicator's page that explain its value, target and colour."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dash import html
from dash.development.base_component import Component

from components.bands import BAND_CLASSES, band_words, mark
from components.bars import share_bar
from components.formats import period, shown_share
from components.sentences import score_sentence, target_words, value_words
from components.sources import source_line
from components.texts import text
from data.fulfilment import IndicatorScore, Score
from data.models import Indicator, Language, Source, Words
from data.scoring import BAND_EDGES, HIGHEST_POINTS

Sources = Mapping[str, Source]


def score_panel(score: Score, sources: Sources, language: Language) -> html.Section:
    """One data point: value with year and source, target with basis and source, share."""
    parts: list[Component] = []
    if score.data_point is not None:
        parts.append(html.H3(score.data_point.name[language]))
    seen, target = score.observation, score.target
    if seen is None:
        return html.Section([*parts, html.P(text("value_missing", language))], className="panel")
    facts = [
        _fact("value", html.B(value_words(score, language), className="big"), language),
        _fact("period", period(seen.period, language), language),
        _fact("comparability", text(f"comparability_{seen.comparability}", language), language),
        _fact("source", source_line(sources[seen.source_id], seen.page, language), language),
    ]
    if seen.note:
        facts.append(_fact("note", seen.note[language], language))
    if not seen.rate:
        facts.append(_fact("not_scored", seen.rate_reason[language], language))
    if target is not None:
        words = (
            f"{text(f'basis_{target.basis}', language)}, {text(f'kind_{target.kind}', language)}"
        )
        facts += [
            _fact("target", html.B(target_words(score, language)), language),
            _fact("basis", words, language),
            _fact(
                "source", source_line(sources[target.source_id], target.page, language), language
            ),
        ]
        if target.note:
            facts.append(_fact("note", target.note[language], language))
    parts.append(html.Dl(facts, className="facts"))
    if score.share is not None:
        parts.append(share_bar(score.share, score.band))
    return html.Section(parts, className="panel")


def _fact(key: str, words: Any, language: Language) -> html.Div:
    return html.Div([html.Dt(text(f"fact_{key}", language)), html.Dd(words)])


def colour_steps(indicator: IndicatorScore, language: Language) -> html.Div:
    """How the colour came about, step by step, with the numbers that were used."""
    blocks: list[Component] = []
    for score in indicator.scores:
        if len(indicator.scores) > 1:
            blocks.append(html.H3(part_name(score, language)))
        blocks.append(html.Ol(_steps(score, language)))
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
    """What a data point is called; words for the indicator as a whole."""
    if score.data_point is not None:
        return score.data_point.name[language]
    return text("part_whole", language)


def _steps(score: Score, language: Language) -> list[html.Li]:
    if score.share is None or score.observation is None or score.target is None:
        return [
            html.Li(score_sentence(score, language)),
            html.Li(text(f"lacks_{score.reason}", language)),
        ]
    lower_edge = next(edge for edge in BAND_EDGES if edge.band == score.band).lowest
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
        html.Li(text("step_target", language, **values)),
        html.Li(text(rule, language, share=shown_share(score.share, language), **values)),
        html.Li(
            [
                text("step_band", language, edge=lower_edge),
                " ",
                mark(BAND_CLASSES[score.band]),
                html.B(band_words(score.band, language)),
                f" ({text('points', language, n=score.points or 0)})",
            ]
        ),
    ]


def definition_facts(indicator: Indicator, sources: Sources, language: Language) -> html.Dl:
    """What the standard says of an indicator: definition, unit, direction, level, goals."""
    facts = [
        _fact("definition", indicator.definition[language], language),
        _fact("unit", indicator.unit[language], language),
        _fact("direction", text(f"direction_{indicator.direction}", language), language),
        _fact("level", text(f"level_{indicator.level}", language), language),
        _fact("type", text(f"type_{indicator.type or 'unknown'}", language), language),
        _fact("sdg", ", ".join(_sdg(one, language) for one in indicator.sdg_targets), language),
        _fact("code", indicator.code, language),
        _fact("source", _definition_source(indicator, sources, language), language),
    ]
    if indicator.notes:
        facts.append(_fact("note", indicator.notes[language], language))
    return html.Dl(facts, className="facts")


def _sdg(target: str, language: Language) -> str:
    """``SDG 5`` names a whole goal, ``17.8.1`` a target of one."""
    if target.startswith("SDG "):
        return text("sdg_goal", language, number=target.removeprefix("SDG "))
    return target


def _definition_source(indicator: Indicator, sources: Sources, language: Language) -> html.Span:
    return source_line(sources[indicator.source_id], Words("", ""), language)
