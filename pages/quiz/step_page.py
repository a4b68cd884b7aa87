"""A step of a run as a page."""

from __future__ import annotations

from dash import dcc, html
from dash.development.base_component import Component

from components.document import Page
from data.models import Language
from pages.quiz.service import current_quiz_service
from pages.quiz.steps import QuizContext, Step
from pages.site import Site

STEP, SAID, SENT = "quiz-step", "quiz-said", "quiz-sent"
# No other site learns the URL of a run. With "no-referrer" browsers would not say either that
# forms come from here, and those without Sec-Fetch-Site would be refused.
HEADERS = {"Referrer-Policy": "same-origin"}


def context_of(site: Site, language: Language) -> QuizContext:
    """Return what the steps are made of in one language."""
    return QuizContext(site, current_quiz_service(), language)


def step_page(step: Step) -> Page:
    """Return a step that Dash can take over."""
    explore = html.Div(
        [
            html.Div(step.content, id=STEP),
            html.P(id=SAID, role="status", className="visually-hidden"),
            dcc.Store(id=SENT),
        ],
        id="explore",
        className="explore",
    )
    return run_page(step, explore, ("quiz.js", "dash_takeover.js"))


def run_page(step: Step, content: Component, scripts: tuple[str, ...]) -> Page:
    """Return a step around its content; search engines do not list it."""
    return Page(
        title=step.title,
        description=step.title,
        path=step.path,
        main=html.Div(content, className="page quiz q-run"),
        section="quiz",
        scripts=scripts,
        indexable=False,
    )
