"""The pages of a run, and the same steps without page loads once Dash is awake."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from dash import (
    ClientsideFunction,
    Input,
    Output,
    callback,
    clientside_callback,
    html,
    register_page,
)
from dash.development.base_component import Component
from flask import abort

from components.document import Page
from components.formats import titled
from components.quiz.feedback import NEXT
from components.quiz.question import FORM
from components.takeover.explored import ADDRESS
from data.models import Language
from pages.quiz.run import Sent, result_at, step_at, take_answer
from pages.quiz.step_page import (
    HEADERS,
    SAID,
    SENT,
    STEP,
    context_of,
    run_page,
    step_page,
)
from pages.quiz.steps import Step
from pages.registry import Redirect, Rejected
from pages.requests import NoSuchThing, language_of, match_path
from pages.site import current_site

_SENT_FIELDS = ("address", "option", "stamp", "shown")
_LONGEST_FIELD = 1000


def question_layout(language: Language, run: str, n: int) -> Page:
    """A question of a run, or its answer once it is given."""
    return step_page(step_at(context_of(current_site(), language), run, n))


def result_layout(language: Language, run: str) -> Page:
    """The result of a finished run; there is nothing to explore, so Dash sleeps."""
    step = result_at(context_of(current_site(), language), run)
    return run_page(step, html.Div(step.content), ("quiz.js",))


# Answer and go on without page loads; assets/quiz.js sends what the plain form would.
for name, component, event in (("sendAnswer", FORM, "n_submit"), ("goOn", NEXT, "n_clicks")):
    clientside_callback(
        ClientsideFunction("quiz", name),
        Output(SENT, "data", allow_duplicate=True),
        Input(component, event),
        prevent_initial_call=True,
    )


@callback(
    Output(STEP, "children"),
    Output(SAID, "children"),
    Output(ADDRESS, "data"),
    Input(SENT, "data"),
    prevent_initial_call=True,
)
def take_step(sent: Any) -> tuple[list[Component], str, dict[str, str]]:
    """Show the next step of a run."""
    step, language = _step_of(sent)
    shown = {
        "address": f"/{language}/{step.path}",
        "title": titled(step.title, current_site().name(language), language),
        "focus": step.focus,
    }
    return step.content, step.said, shown


def _step_of(sent: Any) -> tuple[Step, Language]:
    """The step that a browser asks for; what cannot be done so is refused, and the form does it."""
    if not isinstance(sent, dict) or not set(sent) <= set(_SENT_FIELDS):
        abort(400)
    fields = {name: sent.get(name, "") for name in _SENT_FIELDS}
    if not all(isinstance(one, str) and len(one) <= _LONGEST_FIELD for one in fields.values()):
        abort(400)
    endpoint, values = _matched(fields["address"])
    language = language_of(values["language"])
    context = context_of(current_site(), language)
    try:
        if endpoint == "page.quiz_result":
            return result_at(context, values["run"]), language
        if "option" not in sent:
            return step_at(context, values["run"], values["n"]), language
        answer = Sent(
            values["run"], values["n"], fields["option"], fields["stamp"], fields["shown"]
        )
        return take_answer(context, answer), language
    except NoSuchThing:
        abort(404)
    except Redirect:
        abort(409)
    except Rejected as rejected:
        abort(rejected.status)


def _matched(address: str) -> tuple[str, dict[str, Any]]:
    """Endpoint and parts of the address of a run; others are refused with 400."""
    try:
        endpoint, values = match_path(urlsplit(address).path)
    except (NoSuchThing, ValueError):
        abort(400)
    if endpoint not in ("page.quiz_question", "page.quiz_result"):
        abort(400)
    return endpoint, values


register_page(
    f"{__name__}.question",
    name="quiz_question",
    path_template="/<language>/quiz/<run>/<n>/",
    converters={"n": "int"},
    layout=question_layout,
    order=6,
    explores=True,
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
