"""The result of a run: score, comparison, subjects, every question once more, sharing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dash import html
from dash.development.base_component import Component

from components import urls
from components.markup import Markup, content, hidden_fields, hyphened
from components.quiz.feedback import is_known, others_sentence
from components.quiz.items import TEMPLATES
from components.quiz.items.template import Answered, sign
from components.quiz.spread import chance_words, compare_sentence, spread_part
from components.texts import text
from data.models import Language
from quiz.marking import Result, Score
from quiz.models import Dimension
from quiz.statistics import QuestionStatistics, Statistics

RESULT_TITLE = "quiz-result"


@dataclass(frozen=True, slots=True)
class Reviewed:
    """One question of a finished run; ``answered`` is None where the bank has lost it."""

    answered: Answered | None
    hit: bool
    others: QuestionStatistics | None = None
    facts: Component | None = None


def score_part(result: Result, language: Language) -> html.Div:
    """The score as heading and as a row of ten dots, and what chance would give."""
    score = result.score
    title = text("quiz_result_title", language, score=score.right, total=score.total)
    chance = text(
        "quiz_result_chance",
        language,
        chance=chance_words(result.chance, language),
        total=score.total,
    )
    return html.Div(
        [
            html.H1(title, id=RESULT_TITLE, tabIndex="-1"),
            Markup(dots(score), className="q-dots", **hyphened(aria_hidden="true")),
            html.P(chance, className="note"),
        ],
        className="q-score",
    )


def dots(score: Score) -> str:
    """A filled circle for each right answer, an empty one for the rest."""
    return "".join(
        f'<i class="{"full" if number < score.right else "empty"}"></i>'
        for number in range(score.total)
    )


def comparison_part(
    statistics: Statistics | None, result: Result, language: Language
) -> html.Section:
    """Everybody's scores with the reader's own one marked, or why there are none yet."""
    heading = html.H2(text("quiz_compare_title", language))
    bins = statistics.first.scores if statistics else ()
    if not bins:
        return html.Section([heading, html.P(text("quiz_compare_withheld", language))])
    own = result.score.right
    sentence = compare_sentence(bins, own, language)
    parts = spread_part(bins, result.chance, sentence, language, own)
    return html.Section([heading, html.P(sentence, className="finding"), *parts])


def dimension_part(by_dimension: Mapping[Dimension, Score], language: Language) -> html.Section:
    """Right answers by subject."""
    rows = [
        html.Li(
            [
                html.Span(text(f"dimension_{name}", language)),
                Markup(
                    dots(score), inline=True, className="q-dots", **hyphened(aria_hidden="true")
                ),
                html.B(text("quiz_right_of", language, right=score.right, total=score.total)),
            ]
        )
        for name, score in by_dimension.items()
    ]
    heading = html.H2(text("quiz_by_dimension_title", language))
    return html.Section([heading, html.Ul(rows, className="q-subjects")])


def review_part(questions: Sequence[Reviewed], language: Language) -> html.Section:
    """Every question with both answers in sight, and explanation and source folded below."""
    rows = [html.Li(_reviewed(reviewed, language)) for reviewed in questions]
    heading = html.H2(text("quiz_review_title", language))
    return html.Section([heading, html.Ol(rows, className="q-review")])


def _reviewed(reviewed: Reviewed, language: Language) -> Component:
    answered = reviewed.answered
    if answered is None:
        return html.P([sign(reviewed.hit), text("quiz_gone", language)])
    question, template = answered.question, TEMPLATES[answered.question.kind]
    verdict = html.Span(
        f"{text('quiz_right' if reviewed.hit else 'quiz_wrong', language)}. ",
        className="visually-hidden",
    )
    yours = template.words(question, answered.response, language)
    answers = [text("quiz_your_answer", language, option=yours)]
    right = template.right_words(question, answered.item, language)
    if right != yours:
        answers.append(text("quiz_the_right_answer", language, option=right))
    shown = [
        html.B(question.text[language]),
        *(html.Span(f" {words}", className="line") for words in answers),
    ]
    folded: list[Component | None] = [html.P(question.explanation[language])]
    if is_known(reviewed.others):
        folded.append(html.P(others_sentence(reviewed.others, language), className="q-others"))
    return html.Details(
        [html.Summary([sign(reviewed.hit), verdict, html.Span(shown)]), *folded, reviewed.facts]
    )


def share_part(score: Score, address: str, language: Language) -> html.Section:
    """A card to pass on: a picture of the score and a link that says it, and nothing more."""
    words = text("quiz_share_picture", language, score=score.right, total=score.total)
    picture = (
        f'<p class="q-card-score">{content(words)}</p>'
        f'<p class="q-dots" aria-hidden="true">{dots(score)}</p>'
    )
    title = text("quiz_shared_title", language, score=score.right, total=score.total)
    button = html.Button(
        text("quiz_share_button", language),
        id="quiz-share",
        type="button",
        className="button quiet needs-scripts",
        **hyphened(
            data_wake="",
            data_share=address,
            data_title=title,
            data_copied=text("quiz_share_copied", language),
        ),
    )
    return html.Section(
        [
            html.H2(text("quiz_share_title", language)),
            html.Div(
                [
                    Markup(picture),
                    html.P(title),
                    html.P(html.A(address, href=address, className="q-link")),
                ],
                className="q-card",
            ),
            html.P(text("quiz_share_words", language), className="note"),
            html.P([button, html.Span(id="quiz-shared", role="status")]),
            html.P(text("quiz_keep_words", language), className="note"),
        ],
        className="q-share",
    )


def another_part(token: str, language: Language) -> html.Section:
    """The way to ten more questions, and to everybody's statistics."""
    statistics = urls.page(language, "quiz", "statistics")
    return html.Section(
        [
            html.Form(
                [
                    hidden_fields(token=token),
                    html.Button(text("quiz_another", language), type="submit", className="button"),
                ],
                action=urls.page(language, "quiz"),
                method="post",
            ),
            html.P(text("quiz_another_words", language), className="note"),
            html.P(html.A(text("quiz_to_statistics", language), href=statistics)),
        ],
        className="q-more",
    )
