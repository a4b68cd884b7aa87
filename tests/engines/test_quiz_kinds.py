"""Each kind of question by keyboard, by touch and without scripts, and what its fields are called.

In Firefox and WebKit; tests/browser/test_quiz_kinds.py has the same in Chromium.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from dash import Dash
from selenium.webdriver.common.actions import interaction
from selenium.webdriver.common.actions.action_builder import ActionBuilder
from selenium.webdriver.common.actions.pointer_input import PointerInput
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement

from components.texts import text
from data.models import Edition
from pages.context import context_of
from pages.quiz.service import QuizService
from quiz.models import KindName, Question, Run
from tests.engines.conftest import Reader
from tests.quiz_pages.builders import (
    QUESTIONS,
    Clock,
    address_of,
    begun,
    make_quiz_service,
    position_of,
)

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

# A script of the site answers Back and Forward from then on.
READY = "return Boolean(history.state && history.state.title)"


@pytest.fixture
def service(dash_app: Dash, edition: Edition, tmp_path: Path) -> Iterator[QuizService]:
    """The service that the application works with during a test."""
    known = context_of(dash_app.server).quiz
    service = make_quiz_service(edition, tmp_path, Clock())
    context_of(dash_app.server).quiz = service
    yield service
    context_of(dash_app.server).quiz = known
    service.store.close()


class Place:
    """A reader in front of a question of one kind."""

    def __init__(
        self, reader: Reader, service: QuizService, edition: Edition, kind: KindName
    ) -> None:
        self.reader, self.service = reader, service
        self.run = begun(service, edition, kind)
        self.position = position_of(self.run, kind)
        question = service.bank.find(*self.run.items[self.position - 1].key)
        assert question
        self.question: Question = question
        self.path = address_of(self.run, kind)

    def opens(self) -> Reader:
        """Open the question and wait for the scripts of the page."""
        self.reader.opens(self.path)
        self.reader.waits(lambda: self.reader.runs(READY))
        return self.reader

    @property
    def fields(self) -> list[WebElement]:
        """The fields of the answer that are shown."""
        found = self.reader.driver.find_elements(By.CSS_SELECTOR, "#quiz-form input")
        return [field for field in found if field.get_attribute("type") != "hidden"]

    def tabs_to(self, selector: str) -> None:
        """Press Tab until an element has the focus."""
        self.reader.runs("document.getElementById('quiz-question').focus()")
        for _ in range(12):
            self.reader.presses(Keys.TAB)
            if self.reader.runs(f"return document.activeElement.matches({selector!r})"):
                return
        message = f"Tab does not lead to {selector}"
        raise AssertionError(message)

    def is_answered(self) -> Run:
        """Wait for the verdict; return the run as it is stored, with one more answer."""
        self.reader.finds("#quiz-verdict")
        run = self.service.store.find_run(self.run.id)
        assert run
        assert len(run.answers) == self.position
        return run


# A draw and an estimate hold all that the other two are made of.
@pytest.fixture(
    params=[
        pytest.param(kind, marks=() if kind in ("draw", "estimate") else pytest.mark.long)
        for kind in QUESTIONS
    ]
)
def place(
    request: pytest.FixtureRequest, reader: Reader, service: QuizService, edition: Edition
) -> Place:
    return Place(reader, service, edition, request.param)


def test_a_kind_is_taken_by_keyboard(place: Place) -> None:
    reader = place.opens()
    if place.question.kind == "estimate":
        place.tabs_to("#quiz-number")
        reader.presses("1", "3", "7")
    else:
        if place.question.kind == "draw":
            place.tabs_to("#quiz-choose")
            reader.presses(Keys.ENTER)
        else:
            place.tabs_to("[name=option]")
        reader.presses(Keys.SPACE)
        reader.waits(lambda: reader.driver.find_elements(By.CSS_SELECTOR, "[name=option]:checked"))
    reader.presses(Keys.ENTER)
    answer = place.is_answered().answers[-1]
    if place.question.kind == "estimate":
        assert answer.option == "137"
    if place.question.kind == "draw":
        assert answer.question_id == f"{place.question.id}-choice"


def test_a_kind_is_taken_by_touch(place: Place) -> None:
    reader = place.opens()
    if place.question.kind == "draw":
        chart = reader.finds("svg[data-years]")
        count = len(str(chart.get_attribute("data-years")).split())
        finger(reader, chart, [(0.0, 0.1), (0.45, 0.0)])
        reader.waits(lambda: len(value_of(reader, "#quiz-line").split()) == count)
    elif place.question.kind == "estimate":
        finger(reader, reader.finds("#quiz-slider"), [(0.2, 0.0)])
        reader.waits(lambda: value_of(reader, "#quiz-number"))
    else:
        finger(reader, reader.finds("#quiz-form [name=option] + label"), [(0.0, 0.0)])
        reader.waits(lambda: reader.driver.find_elements(By.CSS_SELECTOR, "[name=option]:checked"))
    finger(reader, reader.finds("#quiz-form button[type=submit]"), [(0.0, 0.0)])
    answer = place.is_answered().answers[-1]
    assert answer.question_id == place.question.id


def finger(reader: Reader, element: WebElement, way: list[tuple[float, float]]) -> None:
    """Put a finger on an element, drag it and lift it.

    Places are shares of the element's size, from its middle.
    """
    reader.runs("arguments[0].scrollIntoView({ behavior: 'instant', block: 'center' })", element)
    size = element.size
    touch = PointerInput(interaction.POINTER_TOUCH, "finger")
    actions = ActionBuilder(reader.driver, mouse=touch)
    places = [(round(x * size["width"]), round(y * size["height"])) for x, y in way]
    actions.pointer_action.move_to(element, *places[0]).pointer_down()
    for across, down in places[1:]:
        actions.pointer_action.move_to(element, across, down)
    actions.pointer_action.pointer_up()
    actions.perform()


def value_of(reader: Reader, selector: str) -> str:
    """Return what stands in a field."""
    return str(reader.runs("return document.querySelector(arguments[0]).value", selector))


class ScriptsOff:
    """An application whose pages may run no script: the browser's own ones go on."""

    def __init__(self, application: WSGIApplication) -> None:
        self.application = application

    def __call__(
        self, environment: WSGIEnvironment, start_response: StartResponse
    ) -> Iterable[bytes]:
        def start(
            status: str, headers: list[tuple[str, str]], exc_info: Any = None, /
        ) -> Callable[[bytes], object]:
            policy = ("Content-Security-Policy", "script-src 'none'")
            return start_response(status, [*headers, policy], exc_info)

        return self.application(environment, start)


def test_a_kind_is_taken_without_scripts(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    reader, line = place.reader, place.reader.line
    monkeypatch.setattr(line, "application", ScriptsOff(line.application))
    reader.opens(place.path)
    if place.question.kind == "estimate":
        reader.finds("#quiz-number").send_keys("137")
    else:
        assert not reader.driver.find_element(By.CSS_SELECTOR, "#quiz-form").get_attribute("hidden")
        reader.clicks("#quiz-form [name=option] + label")
    reader.clicks("#quiz-form button[type=submit]")
    place.is_answered()
    assert not reader.runs(READY), "no script of the site has run"


def test_fields_of_a_kind_have_names_and_roles(place: Place) -> None:
    reader = place.opens()
    language, question = place.run.language, place.question
    if question.kind == "draw":
        chart = reader.finds("svg[data-years]")
        years = text("quiz_draw_label", language, given="").strip(" .…:")
        assert chart.aria_role in ("img", "image", "graphics-document")
        assert chart.accessible_name.startswith(years[:20])
        reader.clicks("#quiz-choose")
    told = [(field.aria_role, " ".join(field.accessible_name.split())) for field in place.fields]
    if question.kind == "estimate":
        label = text("quiz_number", language)
        assert told == [("textbox", label), ("slider", label)]
    else:
        asked = question.fallback or question
        options = {" ".join(option.text[language].split()) for option in asked.options}
        assert {name for _, name in told} == options
        assert {role for role, _ in told} == {"radio"}
    group = reader.finds("#quiz-form fieldset")
    assert group.aria_role == "group"
    assert " ".join(group.accessible_name.split()) == " ".join(question.text[language].split())
