"""The parts of one indicator's page that explain its value, target and colour."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from dash import html
from dash.development.base_component import Component

from components.ages import mark_class, uncapitalised
from components.bands import band_line, band_words, mark
from components.corrections import correction_lines
from components.formats import number, period, shown_share, unit_words
from components.observation_table import evidence_words
from components.robustness import robustness_words
from components.sources import source_line
from components.texts import text
from components.verdicts import (
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


def value_block(
    score: Score,
    verdict: Component,
    sources: Sources,
    language: Language,
    corrections: Iterable[Correction] = (),
    picture: Component | None = None,
    *,
    sourced: bool = True,
) -> html.Div:
    """Return one value as large as it deserves, its verdict, picture, source and corrections.

    ``corrections`` are those of the indicator; what the value was before is said beside it. The
    yardstick is named where no ``picture`` does, the source where the value is ``sourced``.

    Raises ``ValueError`` for a data point without a value: ``missing_values`` names those.
    """
    observation = score.observation
    if observation is None:
        raise ValueError(f"{score.indicator.code}, {score.label}: no value")
    words, figure = value_words(score, language), number(observation.value or 0, language)
    unit = words.removeprefix(figure) if words.startswith(figure) else ""
    named = [html.H2(part_name(score, language), className="small")] if score.data_point else []
    own = [entry for entry in corrections if entry.value_id == observation.value_id != ""]
    corrected = correction_lines(own, score.indicator, language)
    return html.Div(
        [
            *named,
            html.Div(
                [words.removesuffix(unit), html.Small(unit) if unit else None], className="value"
            ),
            verdict,
            yardstick_line(score, language) if picture is None else None,
            *(
                html.P([html.B(text("fact_correction", language)), ": ", words], className="note")
                for words in corrected
            ),
            picture,
            html.P(_short_source(sources[observation.source_id], language), className="note")
            if sourced
            else None,
        ],
        className="value-block",
    )


def yardstick_line(score: Score, language: Language) -> html.P | None:
    """Name the yardstick of a rated value, with whose it is."""
    target = score.target
    if target is None or score.share is None:
        return None
    label, words = yardstick_label(target, language), target_words(score, language)
    return html.P(f"{label}: {words}{whose_words(target, language)}", className="yardstick")


def _short_source(source: Source, language: Language) -> list[Any]:
    """Return who published a value, and when, as a link to it."""
    words = source.publisher[language] or source.title
    if source.year:
        words = f"{words}, {source.year}"
    linked = html.A(words, href=source.url) if source.url else words
    return [text("value_source", language), " ", linked]


def score_panel(score: Score, sources: Sources, language: Language) -> html.Section:
    """Return all facts of one value: year, comparability, evidence, source, yardstick, basis.

    Raises ``ValueError`` for a data point without a value.
    """
    observation, target = score.observation, score.target
    if observation is None:
        raise ValueError(f"{score.indicator.code}, {score.label}: no value")
    comparability = text(f"comparability_{observation.comparability}", language)
    source = source_line(
        sources[observation.source_id],
        observation.page,
        language,
        classed=not observation.evidence,
    )
    facts = [
        fact("value", html.B(value_words(score, language)), language),
        fact("period", period(observation.period, language), language),
        fact("comparability", comparability, language),
        *evidence_facts(observation, language),
        fact("source", source, language),
    ]
    if observation.note:
        facts.append(fact("note", observation.note[language], language))
    if not observation.rate:
        facts.append(fact("not_scored", observation.rate_reason[language], language))
    if target is not None:
        facts += _target_facts(score, target, sources, language)
    named = [html.H3(part_name(score, language))] if score.data_point else []
    return html.Section([*named, html.Dl(facts, className="facts")], className="panel")


def evidence_facts(observation: Observation, language: Language) -> list[html.Div]:
    """On what a value rests, as a badge; nothing in an edition that does not say."""
    words = evidence_words(observation, language)
    badge = html.Span(words, className="tag")
    return [fact("evidence", badge, language)] if words else []


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
    names = "; ".join(uncapitalised(part_name(score, language)) for score in missing)
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
