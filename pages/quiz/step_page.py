"""A step of a run as a page."""

from dash import html

from components.document import Page
from components.markup import hyphened
from components.takeover.paint import Painted, blank, paint
from data.models import Language
from pages.quiz.service import current_quiz_service
from pages.quiz.steps import QuizContext, Step
from pages.site import Site, current_site

# No other site learns the URL of a run. With "no-referrer" browsers would not say either that
# forms come from here, and those without Sec-Fetch-Site would be refused.
HEADERS = {"Referrer-Policy": "same-origin"}


def context_of(site: Site, language: Language) -> QuizContext:
    """Return what the steps are made of in one language."""
    return QuizContext(site, current_quiz_service(), language)


def step_page(step: Step) -> Page:
    """Return a step as a page that assets/quiz.js can show in place of another one.

    Search engines do not list it.
    """
    attributes = {"data_path": step.path, "data_focus": step.focus}
    if step.watch:
        attributes |= step.watch.attributes(current_quiz_service())
    frame = current_site().parts.paint(_frame, tuple(attributes))
    return Page(
        title=step.title,
        description=step.title,
        path=step.path,
        main=frame.filled(content=Painted(paint(step.content)), **attributes),
        section="quiz",
        scripts=("quiz.js",),
        indexable=False,
        refresh=step.refresh,
    )


def _frame(attributes: tuple[str, ...]) -> html.Div:
    """Return what stands around every step, with blanks for its attributes and its content."""
    return html.Div(
        Painted(blank("content")),
        className="page quiz q-run",
        **hyphened(**{name: blank(name) for name in attributes}),
    )
