"""The pages of a run: its questions, their answers, its result."""

from dash import register_page

from components.document import Page
from data.models import Language
from pages.quiz.run import result_at, step_at
from pages.quiz.step_page import HEADERS, context_of, step_page
from pages.site import current_site


def question_layout(language: Language, run: str, n: int) -> Page:
    """A question of a run, or its answer once it is given."""
    return step_page(step_at(context_of(current_site(), language), run, n))


def result_layout(language: Language, run: str) -> Page:
    """The result of a finished run."""
    return step_page(result_at(context_of(current_site(), language), run))


register_page(
    f"{__name__}.question",
    name="quiz_question",
    path_template="/<language>/quiz/<run>/<n>/",
    converters={"n": "int"},
    layout=question_layout,
    order=6,
    personal=True,
    headers=HEADERS,
)
register_page(
    f"{__name__}.result",
    name="quiz_result",
    path_template="/<language>/quiz/<run>/result/",
    layout=result_layout,
    order=6,
    personal=True,
    headers=HEADERS,
)
