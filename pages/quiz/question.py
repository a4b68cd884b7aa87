"""The pages of a run, and the same steps without page loads once Dash is awake."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from dash import ClientsideFunction, Dash, Input, Output, dcc, html
from dash.development.base_component import Component
from flask import abort
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

from components.document import Page
from components.formats import titled
from components.quiz.feedback import NEXT
from components.quiz.question import FORM
from data.models import Language
from pages.exploring import ADDRESS, language_of
from pages.quiz.run import Sent, result_at, step_at, take_answer
from pages.quiz.service import current_quiz_service
from pages.quiz.steps import QuizContext, Step
from pages.registry import Elsewhere, Refused, Registered, register
from pages.requests import NoSuchThing
from pages.site import Site, current_site

STEP, SAID, SENT = "quiz-step", "quiz-said", "quiz-sent"
QUESTION_RULE, RESULT_RULE = "quiz/<run>/<int:n>/", "quiz/<run>/result/"
# The address of a run is known to its reader only, and stays so.
# No other site learns the address of a run. With "no-referrer" browsers would not say either that
# forms come from here, and those without Sec-Fetch-Site would be refused.
HEADERS = {"Referrer-Policy": "same-origin"}
_SENT_FIELDS = ("address", "option", "stamp", "shown")
_LONGEST_FIELD = 1000


def context_of(site: Site, language: Language) -> QuizContext:
    """What the steps are made of in one language."""
    return QuizContext(site, current_quiz_service(), language)


def question_layout(site: Site, language: Language, run: str, n: int) -> Page:
    """A question of a run, or its answer once it is given."""
    return step_page(step_at(context_of(site, language), run, n))


def result_layout(site: Site, language: Language, run: str) -> Page:
    """The result of a finished run; there is nothing to explore, so Dash sleeps."""
    step = result_at(context_of(site, language), run)
    return _page(step, html.Div(step.content), ("quiz.js",))


def step_page(step: Step) -> Page:
    """A step as a page of its own; Dash can take over from here."""
    explore = html.Div(
        [
            html.Div(step.content, id=STEP),
            html.P(id=SAID, role="status", className="visually-hidden"),
            dcc.Store(id=SENT),
        ],
        id="explore",
        className="explore",
    )
    return _page(step, explore, ("quiz.js", "wake.js"))


def _page(step: Step, content: Component, scripts: tuple[str, ...]) -> Page:
    return Page(
        title=step.title,
        description=step.title,
        path=step.path,
        main=html.Div(content, className="page quiz q-run"),
        section="quiz",
        scripts=scripts,
        indexable=False,
    )


def callbacks(app: Dash) -> None:
    """Answer and go on without page loads; assets/quiz.js sends what the plain form would."""
    for name, component, event in (("sendAnswer", FORM, "n_submit"), ("goOn", NEXT, "n_clicks")):
        app.clientside_callback(
            ClientsideFunction("quiz", name),
            Output(SENT, "data", allow_duplicate=True),
            Input(component, event),
            prevent_initial_call=True,
        )

    @app.callback(
        Output(STEP, "children"),
        Output(SAID, "children"),
        Output(ADDRESS, "data"),
        Input(SENT, "data"),
        prevent_initial_call=True,
    )
    def take_step(sent: Any) -> tuple[list[Component], str, dict[str, str]]:
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
    except Elsewhere:
        abort(409)
    except Refused as refused:
        abort(refused.status)


def _matched(address: str) -> tuple[str, dict[str, Any]]:
    """Endpoint and parts of the address of a run; others are refused with 400."""
    adapter = current_site().server.url_map.bind("")
    try:
        endpoint, values = adapter.match(urlsplit(address).path, method="GET")
    except (HTTPException, RequestRedirect, ValueError):
        abort(400)
    if endpoint not in ("page.quiz_question", "page.quiz_result"):
        abort(400)
    return endpoint, dict(values)


register(
    Registered(
        "quiz_question",
        QUESTION_RULE,
        question_layout,
        explores=True,
        callbacks=callbacks,
        personal=True,
        headers=HEADERS,
    )
)
register(Registered("quiz_result", RESULT_RULE, result_layout, personal=True, headers=HEADERS))
