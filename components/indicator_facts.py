"""The parts of one indicator's page that explain its value and target."""

from collections.abc import Iterable, Mapping
from typing import Any

from dash import html
from dash.development.base_component import Component

from components.ages import uncapitalised
from components.corrections import correction_lines
from components.formats import number, period, unit_words
from components.observation_table import evidence_words
from components.sources import source_line, value_source
from components.texts import text
from components.verdicts import (
    setter_words,
    target_words,
    value_words,
    whose_words,
    yardstick_label,
)
from data.models import Correction, Indicator, Language, Observation, Source, Target, Words
from data.scores import IndicatorScore, Score

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
    facts = [
        fact("value", html.B(value_words(score, language)), language),
        fact("period", period(observation.period, language), language),
        fact("comparability", comparability, language),
        *evidence_facts(observation, language),
        fact("source", value_source(observation, sources, language), language),
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


def part_name(score: Score, language: Language) -> str:
    """Return the name of a data point; words for the indicator as a whole."""
    if score.data_point is not None:
        return score.data_point.title[language]
    return text("part_whole", language)


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
