"""What an indicator's page says of the quiz: how many knew, and the way to it."""

from __future__ import annotations

from dash import html

from components import urls
from components.quiz.feedback import whole_percent
from components.texts import text
from data.models import Language
from pages.quiz.service import current_quiz_service
from pages.quiz.steps import QuizContext
from pages.site import Site


def quiz_lines(site: Site, language: Language, code: str) -> list[html.P]:
    """A sentence for each question about an indicator whose figures may be shown."""
    context = QuizContext(site, current_quiz_service(), language)
    link = html.A(text("stats_take", language), href=urls.page(language, "quiz"))
    lines = []
    for one in context.service.bank.of_indicator(code, site.city):
        figures, question = context.others(one.key), context.question(one.key)
        if question is None or figures is None or figures.right is None:
            continue
        share = whole_percent(figures.right.right, figures.right.answers, language)
        words = text("quiz_knew", language, share=share, question=question.text[language])
        lines.append(html.P([words, " ", link], className="quiz-knew"))
    return lines


def quiz_state(site: Site, language: Language, slug: str) -> str:
    """The shares that an indicator's page shows; a new name when one of them changes."""
    found = next((one for one in site.edition.indicators if one.slug == slug), None)
    if found is None:
        return ""
    service = current_quiz_service()
    statistics = service.statistics.at_hand()
    if statistics is None:
        return ""
    shares = []
    for question in service.bank.of_indicator(found.code, site.city):
        figures = statistics.first.questions.get(question.key)
        if figures is not None and figures.right is not None:
            right = figures.right
            shares.append(f"{question.id}={whole_percent(right.right, right.answers, language)}")
    return ",".join(shares)
