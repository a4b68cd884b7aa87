"""The result of a run: card to share, sides of errors, topics, comparison, every question."""

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import Any

from dash import html
from dash.development.base_component import Component

from components import urls
from components.markup import Markup, headed, hidden_fields, hyphened
from components.quiz.items import TEMPLATES
from components.quiz.items.template import Answered, sign
from components.quiz.spread import chance_words, compare_sentence, spread_part, spread_svg
from components.takeover.paint import Painted
from components.texts import text
from data.models import Language
from quiz.marking import Score, Tendency
from quiz.models import Question
from quiz.statistics import ScoreBin

RESULT_TITLE = "quiz-result"
Names = Callable[[Question], Component]


def score_part(score: Score, address: str, language: Language) -> html.Section:
    """Return the card to pass on: the score in words and dots, and a link that says no more."""
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
    heading = text("quiz_result_title", language, score=score.right, total=score.total)
    return html.Section(
        [
            html.H1(heading, id=RESULT_TITLE, tabIndex="-1"),
            Markup(dots(score), className="q-dots", **hyphened(aria_hidden="true")),
            html.P([button, html.Span(id="quiz-shared", role="status")]),
            html.P(html.A(address, href=address, className="q-link")),
            html.P(text("quiz_share_words", language), className="note"),
        ],
        className="q-score q-card",
    )


def dots(score: Score) -> str:
    """A filled circle for each right answer, an empty one for the rest."""
    return "".join(
        f'<i class="{"full" if number < score.right else "empty"}"></i>'
        for number in range(score.total)
    )


def tendency_part(
    tendency: Tendency | None, names: Names, city: Mapping[str, str], language: Language
) -> html.Section | None:
    """Return on which side of the values most errors lie, and which; ``city`` are its names."""
    if tendency is None:
        return None
    sides = {"worse": tendency.worse, "better": tendency.better}
    part = max(map(len, sides.values()))
    leading = [side for side, questions in sides.items() if len(questions) == part]
    finding = text(
        f"quiz_tendency_{leading[0] if len(leading) == 1 else 'even'}",
        language,
        n=part,
        total=sum(map(len, sides.values())),
        **city,
    )
    rows = [
        html.Div([html.Dt(text(f"quiz_thought_{side}", language)), html.Dd(_linked(links))])
        for side, questions in sides.items()
        if (links := [names(question) for question in questions])
    ]
    return headed(
        text("quiz_tendency_title", language),
        html.P(finding, className="finding"),
        html.Dl(rows, className="q-sides"),
        html.P(text("quiz_tendency_rule", language), className="note"),
    )


def _linked(links: Sequence[Component]) -> list[Component | str]:
    """Put commas between links."""
    return [part for link in links for part in (", ", link)][1:]


def topic_part(rows: Sequence[Painted], language: Language) -> html.Section:
    """Return the right answers of each topic: see ``topic_row``."""
    return headed(text("quiz_by_topic_title", language), html.Ul(rows, className="q-subjects"))


def topic_row(name: Component | str, score: Score, language: Language) -> html.Li:
    """Return the right answers of one topic."""
    return html.Li(
        [
            html.Span(name),
            Markup(dots(score), inline=True, className="q-dots", **hyphened(aria_hidden="true")),
            html.B(text("quiz_right_of", language, right=score.right, total=score.total)),
        ]
    )


def comparison_part(
    bins: Sequence[ScoreBin],
    own: int,
    chance: Fraction,
    earlier: Mapping[str, Any] | None,
    language: Language,
) -> html.Section:
    """Return everybody's scores with the reader's own one marked.

    While there are too few and so no ``bins``, it is what guessing gives, and ``earlier``: the
    figures of an earlier quiz that the city's texts tell, as history.
    """
    statistics_page = urls.page(language, "quiz", "statistics")
    way = html.P(html.A(text("quiz_to_statistics", language), href=statistics_page))
    if bins:
        sentence = compare_sentence(bins, own, language)
        parts = [
            html.P(sentence, className="finding"),
            *spread_part(bins, chance, sentence, language, own),
        ]
    else:
        words = chance_words(chance, language)
        sentence = text("quiz_compare_chance", language, chance=words, score=own)
        parts = [
            html.P(sentence, className="finding"),
            Markup(
                spread_svg((), chance, language, sentence, own),
                className="q-spread-box q-line-box",
            ),
            html.P(text("quiz_compare_withheld", language), className="note"),
            *(_history(earlier, language) if earlier else ()),
        ]
    return headed(text("quiz_compare_title", language), *parts, way)


def _history(earlier: Mapping[str, Any], language: Language) -> list[Component]:
    figures = ", ".join(
        f"{figure['value'][language]} {figure['label'][language]}" for figure in earlier["figures"]
    )
    sources = dict.fromkeys(figure["source"][language] for figure in earlier["figures"])
    title = text("quiz_history", language, year=earlier["year"])
    about = html.A(earlier["title"][language], href=urls.page(language, "about"))
    source = text("quiz_history_source", language, source="; ".join(sources))
    return [
        html.P([html.B(title), f" {figures}. ", about], className="q-history"),
        html.P(f"{earlier['note'][language]} {source}", className="note"),
    ]


def review_part(questions: Sequence[Painted], language: Language) -> html.Section:
    """Return every question, folded: see ``reviewed_question``."""
    rows = [html.Li(question) for question in questions]
    heading = html.H2(text("quiz_review_title", language))
    review = html.Ol(rows, className="q-review")
    return html.Section(html.Details([html.Summary(heading), review], className="fold"))


def lost_question(right: bool, language: Language) -> html.P:
    """Return what is known of an answer whose question the bank has lost."""
    return html.P([sign(right), text("quiz_gone", language)])


def reviewed_question(
    answered: Answered, facts: Painted, language: Language, others_words: str = ""
) -> html.Details:
    """Return both answers to a question; below them explanation, source and a sentence on others.

    There is none where ``others_words`` is empty.
    """
    question, template = answered.question, TEMPLATES[answered.question.kind]
    verdict = html.Span(
        f"{text('quiz_right' if answered.right else 'quiz_wrong', language)}. ",
        className="visually-hidden",
    )
    yours = template.words(question, answered.response, language)
    answers = [text("quiz_your_answer", language, option=yours)]
    right = template.right_words(question, answered.item, language)
    if right != yours:
        answers.append(text("quiz_the_right_answer", language, option=right))
    summary = [
        html.B(question.text[language]),
        *(html.Span(f" {words}", className="line") for words in answers),
    ]
    folded: list[Component | None] = []
    # Other answers are words or one number, and stand above.
    if question.kind == "draw":
        folded.append(template.show(answered, language))
    folded.append(html.P(question.explanation[language]))
    if others_words:
        folded.append(html.P(others_words, className="q-others"))
    return html.Details(
        [html.Summary([sign(answered.right), verdict, html.Span(summary)]), *folded, facts]
    )


def another_part(token: str, language: Language) -> html.Section:
    """Return the way to ten more questions."""
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
            html.P(
                [
                    text("quiz_another_words", language),
                    " ",
                    text("quiz_keep_words", language),
                ],
                className="note",
            ),
        ],
        className="q-more",
    )
