"""Each kind of question in Chromium: by keyboard, mouse and touch, without scripts; axe is content.

tests/engines/test_quiz_kinds.py has Firefox and WebKit.
"""

from __future__ import annotations

import time

import pytest
from playwright.sync_api import Page

from components.texts import text
from data.models import Edition, Language
from pages.quiz.service import QuizService
from quiz.models import KindName
from tests.browser.conftest import ERROR_STATUS, Visiting
from tests.browser.test_accessibility import DESK, LOOKS, PHONE, violations_at
from tests.browser.test_quiz_run import READY, stored
from tests.quiz_pages.builders import QUESTIONS, address_of, begun, position_of


def send(page: Page) -> None:
    page.click("#quiz-form button[type=submit]")
    page.wait_for_selector("#quiz-verdict")


def test_an_estimate_by_keyboard(
    visiting: Visiting, service: QuizService, edition: Edition, language: Language
) -> None:
    run = begun(service, edition, "estimate", language)
    page = visiting(viewport=PHONE).go(address_of(run, "estimate"))
    page.wait_for_function(READY)
    page.focus("#quiz-number")
    page.keyboard.type("137,5" if language == "ru" else "137.5")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "quiz-slider"
    page.keyboard.press("ArrowRight")
    assert page.input_value("#quiz-number") == page.input_value("#quiz-slider") == "139"
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_selector("#quiz-verdict")
    answer = stored(service, page).answers[-1]
    assert (answer.option, answer.right) == ("139", True)


def test_a_drawing_by_mouse(visiting: Visiting, service: QuizService, edition: Edition) -> None:
    run = begun(service, edition, "draw", "en")
    page = visiting(viewport=PHONE).go(address_of(run, "draw"))
    page.wait_for_function(READY)
    assert not page.is_visible("#quiz-options")
    chart = page.locator("svg[data-years]")
    box = chart.bounding_box()
    assert box
    scale = box["width"] / 360
    places = [float(x) for x in str(chart.get_attribute("data-x")).split()]
    page.mouse.move(box["x"] + places[0] * scale, box["y"] + 100 * scale)
    page.mouse.down()
    for place in places:
        page.mouse.move(box["x"] + place * scale, box["y"] + 120 * scale)
    page.mouse.up()
    assert len(page.input_value("#quiz-line").split()) == len(places)
    send(page)
    answer = stored(service, page).answers[-1]
    assert answer.question_id == QUESTIONS["draw"]
    assert len(answer.option.split()) == len(places)
    assert page.locator(".q-chart path.q-guess").count() == 1


def test_the_choice_beside_a_drawing_by_keyboard(
    visiting: Visiting, service: QuizService, edition: Edition
) -> None:
    run = begun(service, edition, "draw", "ru")
    page = visiting(viewport=PHONE).go(address_of(run, "draw"))
    page.wait_for_function(READY)
    page.focus("#quiz-choose")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.name") == "option"
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    page.wait_for_selector("#quiz-verdict")
    assert stored(service, page).answers[-1].question_id == f"{QUESTIONS['draw']}-choice"


@pytest.mark.parametrize("kind", ["choice", "trend"])
def test_options_by_keyboard(
    visiting: Visiting, service: QuizService, edition: Edition, kind: KindName
) -> None:
    run = begun(service, edition, kind, "ru")
    page = visiting(viewport=PHONE).go(address_of(run, kind))
    page.wait_for_function(READY)
    page.keyboard.press("Tab")
    while page.evaluate("document.activeElement.name") != "option":
        page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    second = page.locator("[name=option]").nth(1)
    assert second.is_checked()
    wanted = second.get_attribute("value")
    page.keyboard.press("Enter")
    page.wait_for_selector("#quiz-verdict")
    assert stored(service, page).answers[-1].option == wanted


@pytest.mark.parametrize("kind", QUESTIONS)
def test_each_kind_by_touch(
    visiting: Visiting, service: QuizService, edition: Edition, kind: KindName
) -> None:
    run = begun(service, edition, kind, "en")
    page = visiting(viewport=PHONE, has_touch=True, is_mobile=True).go(address_of(run, kind))
    page.wait_for_function(READY)
    if kind == "draw":
        drag(page, "svg[data-years]", (0.5, 0.6), (0.95, 0.5))
        count = len(str(page.get_attribute("svg[data-years]", "data-years")).split())
        assert len(page.input_value("#quiz-line").split()) == count
    elif kind == "estimate":
        drag(page, "#quiz-slider", (0.5, 0.5), (0.7, 0.5))
        assert page.input_value("#quiz-number") == page.input_value("#quiz-slider")
    else:
        page.locator(".form-check-label").first.tap()
    page.locator("#quiz-form button[type=submit]").tap()
    page.wait_for_selector("#quiz-verdict")
    assert stored(service, page).answers[-1].question_id == QUESTIONS[kind]


def drag(page: Page, selector: str, *places: tuple[float, float]) -> None:
    """Drag a finger over an element; places are shares of its size from its upper left corner.

    Its times say that the finger rests before it is lifted, as a tap after a fling only ends that.
    """
    element = page.locator(selector)
    element.scroll_into_view_if_needed()
    box = element.bounding_box()
    assert box
    points = [
        {"x": box["x"] + x * box["width"], "y": box["y"] + y * box["height"]} for x, y in places
    ]
    devtools = page.context.new_cdp_session(page)
    begin = time.time() - 1

    def touch(kind: str, touched: list[dict[str, float]], seconds: float) -> None:
        event = {"type": kind, "touchPoints": touched, "timestamp": begin + seconds}
        devtools.send("Input.dispatchTouchEvent", event)

    touch("touchStart", points[:1], 0)
    for number, point in enumerate(points[1:], 1):
        touch("touchMove", [point], 0.3 * number / len(points))
    touch("touchEnd", [], 0.8)


@pytest.mark.parametrize("kind", QUESTIONS)
def test_fields_have_names_and_roles_in_the_accessibility_tree(
    visiting: Visiting, service: QuizService, edition: Edition, kind: KindName
) -> None:
    run = begun(service, edition, kind, "en")
    page = visiting(viewport=PHONE).go(address_of(run, kind))
    page.wait_for_function(READY)
    question = service.bank.find(*run.items[position_of(run, kind) - 1].key)
    assert question
    tree = accessible(page)
    assert ("group", question.text["en"]) in tree
    assert ("heading", question.text["en"]) in tree
    assert ("button", text("quiz_submit", "en")) in tree
    if kind == "draw":
        label = text("quiz_draw_label", "en", given="")
        assert any(role == "image" and name.startswith(label[:20]) for role, name in tree)
        page.click("#quiz-choose")
        tree = accessible(page)
    if kind == "estimate":
        label = text("quiz_number", "en")
        assert {("textbox", label), ("slider", label)} <= tree
    else:
        options = (question.fallback or question).options
        radios = {name for role, name in tree if role == "radio"}
        assert radios == {option.text["en"] for option in options}


def accessible(page: Page) -> set[tuple[str, str]]:
    """Role and name of everything in the accessibility tree that screen readers get."""
    nodes = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
    return {
        (node["role"]["value"], node["name"]["value"])
        for node in nodes
        if not node["ignored"] and "name" in node
    }


@pytest.mark.parametrize("kind", QUESTIONS)
def test_each_kind_without_scripts(
    visiting: Visiting, service: QuizService, edition: Edition, kind: KindName
) -> None:
    run = begun(service, edition, kind, "en")
    page = visiting(java_script_enabled=False, allowed=(ERROR_STATUS,)).go(address_of(run, kind))
    if kind == "estimate":
        page.fill("#quiz-number", "9999")
        page.click("#quiz-form button[type=submit]")
        assert "outside the line" in page.inner_text(".q-notice")
        assert page.input_value("#quiz-number") == "9999"
        page.fill("#quiz-number", "137")
    else:
        assert not page.is_visible("svg[data-years]")
        page.locator(".form-check-label").first.click()
    send(page)
    assert len(stored(service, page).answers) >= 1


@pytest.mark.parametrize("kind", ["estimate", "draw"])
def test_no_kind_has_a_violation(
    visiting: Visiting, service: QuizService, edition: Edition, kind: KindName
) -> None:
    run = begun(service, edition, kind, "en")
    page = visiting(viewport=PHONE).go(address_of(run, kind))
    page.wait_for_function(READY)
    violations = [*violations_at(page, PHONE, "light"), *violations_at(page, DESK, "dark", LOOKS)]
    if kind == "draw":
        page.click("#quiz-choose")
        violations += violations_at(page, PHONE, "light")
        page.locator(".form-check-label").first.click()
    else:
        page.fill("#quiz-number", "150")
    send(page)
    violations += [*violations_at(page, PHONE, "light"), *violations_at(page, DESK, "dark", LOOKS)]
    for width in (320, 360):
        page.set_viewport_size({"width": width, "height": 740})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert not violations
