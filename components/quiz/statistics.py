"""Statistics of all runs: headline figures, groups, questions and what was left out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from dash import html
from dash.development.base_component import Component

from components import urls
from components.formats import NO_BREAK, integer, number, percent, round_half_up
from components.markup import Markup
from components.quiz.feedback import whole_percent
from components.quiz.items import TEMPLATES
from components.quiz.spread import chance_words, figure_table, spread_part
from components.texts import text
from data.models import Language
from quiz.items import KINDS
from quiz.models import DIMENSIONS, EXCLUSIONS, Exclusion, Question
from quiz.statistics import QuestionStatistics, Share, Statistics, Summary

_MINUS = "\u2212"


@dataclass(frozen=True, slots=True)
class Asked:
    """One version of a question with its figures; ``question`` is None outside the bank.

    One that is ``embeddable`` is asked now, so that others may embed it.
    """

    id: str
    version: int
    question: Question | None
    first: QuestionStatistics | None
    all: QuestionStatistics | None
    embeddable: bool = False


def headline_part(statistics: Statistics, language: Language) -> html.Ul:
    """Participants, runs, finished runs and the share of right answers."""
    counts = {
        "participants": statistics.participants,
        "runs": statistics.all.runs,
        "completed": statistics.all.completed,
    }
    rows = [
        html.Li(
            [
                html.B(_count(n, language)),
                html.Span(text(f"stats_{key}", language, n=5 if n is None else n)),
            ]
        )
        for key, n in counts.items()
    ]
    for series, right in (("first", statistics.first.right), ("all", statistics.all.right)):
        if right is not None:
            words = text(f"stats_right_{series}", language, **_interval(right, language))
            share = whole_percent(right.right, right.answers, language)
            rows.append(html.Li([html.B(share), html.Span(words)]))
    return html.Ul(rows, className="figures")


def finding(statistics: Statistics, language: Language) -> str:
    """Return the share of right answers in first runs as a sentence, or why there is none."""
    if (right := statistics.first.right) is None:
        return text("stats_few", language)
    share = whole_percent(right.right, right.answers, language)
    return f"{share} {text('stats_right_first', language, **_interval(right, language))}."


def finished_runs(statistics: Statistics, language: Language) -> str:
    """Return how many first runs were finished, and the score that guessing gives."""
    total = sum(score_bin.runs for score_bin in statistics.first.scores)
    return text(
        "stats_scores",
        language,
        n=total,
        count=integer(total, language),
        chance=chance_words(statistics.chance, language),
    )


def scores_part(statistics: Statistics, language: Language) -> html.Section:
    """The spread of scores of finished first runs, with the chance level."""
    bins = statistics.first.scores
    heading = html.H2(text("stats_scores_title", language))
    if not bins:
        return html.Section([heading, html.P(text("quiz_compare_withheld", language))])
    sentence = finished_runs(statistics, language)
    parts = spread_part(bins, statistics.chance, sentence, language, None)
    return html.Section([heading, html.P(sentence, className="finding"), *parts])


def groups_part(summary: Summary, language: Language) -> html.Section | None:
    """Shares of first runs by subject, by kind of question and by language, where published."""
    table = _groups(summary, text("stats_groups_caption", language), language)
    heading = html.H2(text("stats_groups_title", language))
    return html.Section([heading, table]) if table else None


def apart_part(statistics: Statistics, language: Language) -> list[html.Section]:
    """Answers in rooms and in frames on other sites, a section each where they are published."""
    sections = []
    for series, summary in (("room", statistics.room), ("embed", statistics.embed)):
        if (right := summary.right) is None:
            continue
        title = text(f"stats_{series}_title", language)
        finding = text(
            f"stats_{series}",
            language,
            count=integer(right.answers, language),
            share=whole_percent(right.right, right.answers, language),
            **_interval(right, language),
        )
        parts = [html.H2(title), html.P(finding)]
        if table := _groups(summary, title, language):
            words = html.Summary(text("stats_groups_title", language))
            parts.append(html.Details([words, table]))
        sections.append(html.Section(parts))
    return sections


def _groups(summary: Summary, caption: str, language: Language) -> html.Div | None:
    shares: list[tuple[str, Share]] = [
        (text(f"dimension_{name}", language), share) for name, share in summary.dimensions.items()
    ]
    shares += [
        (text(f"stats_kind_{name}", language), share) for name, share in summary.kinds.items()
    ]
    shares += [
        (
            text("stats_language", language, name=text(f"stats_language_{spoken}", language)),
            share,
        )
        for spoken, share in summary.languages.items()
    ]
    if not shares:
        return None
    rows = [(name, _share_cells(share, language)) for name, share in shares]
    columns = ("group", "right", "interval", "answers")
    return figure_table(caption, columns, rows, language)


def questions_part(asked: Sequence[Asked], language: Language) -> html.Section | None:
    """A row per version of a question by subject, first and all runs apart, never mixed."""
    if not asked:
        return None
    groups: dict[str, list[Asked]] = {}
    for entry in asked:
        groups.setdefault(entry.question.dimension if entry.question else "", []).append(entry)
    return html.Section(
        [
            html.H2(text("stats_questions_title", language)),
            html.P(text("stats_questions_words", language)),
            *(_questions_of(name, groups[name], language) for name in sorted(groups, key=_place)),
        ]
    )


def _place(dimension: str) -> int:
    """Subjects in their usual order; what has left the bank comes last."""
    return DIMENSIONS.index(dimension) if dimension in DIMENSIONS else len(DIMENSIONS)


def _questions_of(dimension: str, asked: Sequence[Asked], language: Language) -> html.Details:
    subject = text(f"dimension_{dimension}" if dimension else "stats_gone", language)
    title = text("stats_questions", language, n=len(asked), subject=subject)
    columns = ("question", "right_first", "right_all", "time", "discrimination")
    rows = [(_asked_name(entry, language), _asked_cells(entry, language)) for entry in asked]
    table = figure_table(title, columns, rows, language, caption_seen=False)
    return html.Details([html.Summary(title), table], className="q-group")


def exclusions_part(exclusions: Mapping[Exclusion, int], language: Language) -> html.Section:
    """Return the numbers of excluded requests by reason."""
    rows = [
        (text(f"excluded_{reason}", language), [integer(exclusions.get(reason, 0), language)])
        for reason in EXCLUSIONS
    ]
    title = text("stats_excluded_title", language)
    if not any(exclusions.values()):
        return html.Section([html.H2(title), html.P(text("stats_excluded_none", language))])
    table = figure_table(title, ("reason", "times"), rows, language, caption_seen=False)
    words = html.P(text("stats_excluded_words", language))
    return html.Section([html.H2(title), words, table])


def _count(n: int | None, language: Language) -> str:
    return text("stats_withheld", language) if n is None else integer(n, language)


def _interval(share: Share, language: Language) -> dict[str, str]:
    return {
        "low": percent(Fraction(100 * share.low), language, 1),
        "high": percent(Fraction(100 * share.high), language, 1),
    }


def _share_cells(share: Share, language: Language) -> list[str]:
    right = percent(Fraction(100 * share.right, share.answers), language, 1)
    span = text("stats_range", language, **_interval(share, language))
    return [right, span, integer(share.answers, language)]


def _asked_name(entry: Asked, language: Language) -> list[Any]:
    if entry.question is None:
        return [text("stats_retired", language, id=entry.id)]
    name = entry.id
    if entry.version > 1:
        name += f", {text('stats_version', language, version=entry.version)}"
    words: list[Any] = [
        html.Span(entry.question.text[language]),
        html.Span(name, className="code line"),
    ]
    if entry.embeddable:
        address = urls.embed_quiz(language, entry.id)
        words.append(html.A(text("quiz_embed_question", language), href=address, className="line"))
    if entry.first is not None and entry.first.options:
        summary = html.Summary(text("stats_options", language))
        words.append(html.Details([summary, _options(entry.question, entry.first, language)]))
    return words


def _options(question: Question, figures: QuestionStatistics, language: Language) -> html.Ul:
    """List the share of the answers that each option or band got, in the order of the bank."""
    rows = []
    for name in KINDS[question.kind].publish(question):
        chosen = figures.options.get(name)
        words = TEMPLATES[question.kind].bin_words(question, name, language)
        if chosen is None or not figures.answers:
            rows.append(html.Li(f"{words}: {text('stats_withheld', language)}"))
            continue
        share = whole_percent(chosen, figures.answers, language)
        bar = _bar(chosen / figures.answers) if question.scale else None
        rows.append(html.Li([f"{words}: {share}", bar]))
    return html.Ul(rows, className="q-histogram" if question.scale else None)


def _asked_cells(entry: Asked, language: Language) -> list[Any]:
    figures = entry.first or QuestionStatistics(None, None, {}, None, None)
    return [
        _right_cell(entry.first, language),
        _right_cell(entry.all, language),
        _seconds(figures.median_seconds, language),
        _correlation(figures.discrimination, language),
    ]


def _right_cell(figures: QuestionStatistics | None, language: Language) -> Component | str:
    withheld = text("stats_withheld", language)
    if figures is None or figures.answers is None:
        return html.Span(withheld, className="muted")
    answers = integer(figures.answers, language)
    of = html.Span(
        text("stats_of_answers", language, n=figures.answers, count=answers), className="line muted"
    )
    if figures.right is None:
        return html.Span([withheld, " ", of])
    share = figures.right
    low, high = (round_half_up(Fraction(100 * edge), 0) for edge in (share.low, share.high))
    span = f"{number(low, language)}–{percent(high, language)}"
    return html.Span(
        [
            html.B(whole_percent(share.right, share.answers, language)),
            html.Span(f" ({span})", className="muted"),
            _bar(share.share, share.low, share.high),
            of,
        ],
        className="q-right-cell",
    )


def _bar(share: float, low: float = 0, high: float = 0) -> Markup:
    """A share as a bar with its interval as a line; the words beside it say the same."""
    interval = (
        f'<rect class="q-span" x="{100 * low:.1f}%" y="3" width="{100 * (high - low):.1f}%"'
        ' height="2"/>'
    )
    return Markup(
        '<svg aria-hidden="true"><rect class="bar-bed" width="100%" height="8"/>'
        f'<rect class="q-own" width="{100 * share:.1f}%" height="8"/>'
        f"{interval if high else ''}</svg>",
        inline=True,
        className="q-bar-box",
    )


def _seconds(n: int | None, language: Language) -> Component | str:
    if n is None:
        return html.Span(text("stats_withheld", language), className="muted")
    return text("stats_seconds", language, n=n).replace(" ", NO_BREAK)


def _correlation(value: float | None, language: Language) -> Component | str:
    if value is None:
        return html.Span(text("stats_withheld", language), className="muted")
    return (_MINUS if value < 0 else "") + number(Decimal(f"{abs(value):.2f}"), language)
