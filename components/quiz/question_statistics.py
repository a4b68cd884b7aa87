"""Statistics of single questions: how each version was answered, in first and in all runs."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from dash import html
from dash.development.base_component import Component

from components import urls
from components.formats import NO_BREAK, integer, number, percent, round_half_up
from components.markup import Markup, headed
from components.quiz.feedback import whole_percent
from components.quiz.items import TEMPLATES
from components.quiz.spread import figure_table
from components.texts import text
from data.models import Language
from quiz.items import KINDS
from quiz.models import DIMENSIONS, Question
from quiz.statistics import QuestionStatistics

_MINUS = "\u2212"


@dataclass(frozen=True, slots=True)
class QuestionEntry:
    """One version of a question with its figures; ``question`` is None outside the bank.

    One that is ``embeddable`` is asked now, so that others may embed it.
    """

    id: str
    version: int
    question: Question | None
    first: QuestionStatistics | None
    all: QuestionStatistics | None
    embeddable: bool = False


def questions_part(entries: Sequence[QuestionEntry], language: Language) -> html.Section | None:
    """A row per version of a question by subject, first and all runs apart, never mixed."""
    if not entries:
        return None
    groups: dict[str, list[QuestionEntry]] = {}
    for entry in entries:
        groups.setdefault(entry.question.dimension if entry.question else "", []).append(entry)
    return headed(
        text("stats_questions_title", language),
        html.P(text("stats_questions_words", language)),
        *(_questions_of(name, groups[name], language) for name in sorted(groups, key=_place)),
    )


def _place(dimension: str) -> int:
    """Subjects in their usual order; what has left the bank comes last."""
    return DIMENSIONS.index(dimension) if dimension in DIMENSIONS else len(DIMENSIONS)


def _questions_of(
    dimension: str, entries: Sequence[QuestionEntry], language: Language
) -> html.Details:
    subject = text(f"dimension_{dimension}" if dimension else "stats_gone", language)
    title = text("stats_questions", language, n=len(entries), subject=subject)
    columns = ("question", "right_first", "right_all", "time", "discrimination")
    rows = [(_entry_name(entry, language), _entry_cells(entry, language)) for entry in entries]
    table = figure_table(title, columns, rows, language, caption_seen=False)
    return html.Details([html.Summary(title), table], className="q-group")


def _entry_name(entry: QuestionEntry, language: Language) -> list[Any]:
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


def _entry_cells(entry: QuestionEntry, language: Language) -> list[Any]:
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
