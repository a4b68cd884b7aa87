"""Every page by keyboard: all controls in reading order, each with its focus, none a trap.

The skip link comes first and leads to the content; Enter opens menus and folds, Escape closes
menus and leads back; each control of a choice reacts to keys.
"""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page

from data.models import Language
from tests.browser.conftest import ERROR_STATUS, Visiting
from tests.browser.tabbing import tab_through
from tests.contracts.documents import EVERY_KIND

PHONE, DESK = {"width": 360, "height": 740}, {"width": 1280, "height": 800}
CONTROLS = """() => [...document.querySelectorAll('main form [name]')]
    .map(element => [element.name, element.tagName, element.type])"""


def faults_of(visiting: Visiting, language: Language, path: str, viewport: object) -> list[str]:
    page = visiting(viewport=viewport, allowed=(ERROR_STATUS,)).go(f"/{language}/{path}")
    walk = tab_through(page)
    assert len(walk.stops) > 8
    return list(walk.faults)


@pytest.mark.parametrize("path", ["", "kpi/ec-p-em-1c/"])
def test_tab_walks_through_a_page(visiting: Visiting, path: str) -> None:
    assert not faults_of(visiting, "ru", path, PHONE)


@pytest.mark.long
@pytest.mark.parametrize(("language", "viewport"), [("ru", PHONE), ("en", DESK)])
@pytest.mark.parametrize("path", EVERY_KIND)
def test_tab_walks_through_every_kind_of_page(
    visiting: Visiting, language: Language, path: str, viewport: object
) -> None:
    assert not faults_of(visiting, language, path, viewport)


def chosen(page: Page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query)


@pytest.mark.parametrize("path", ["kpi/", pytest.param("", marks=pytest.mark.long)])
def test_every_control_of_a_choice_reacts_to_keys(visiting: Visiting, path: str) -> None:
    visit = visiting()
    page = visit.go(f"/en/{path}")
    keys = {"select-one": "ArrowDown", "checkbox": "Space", "search": "a"}
    controls = [name for name in page.evaluate(CONTROLS) if name[2] in keys]
    assert len(controls) > 2
    for name, tag, kind in controls:
        visit.go(f"/en/{path}")
        page.evaluate("document.querySelectorAll('details').forEach(fold => { fold.open = true })")
        page.focus(f"main form {tag}[name={name}]")
        page.keyboard.press(keys[kind])
        page.wait_for_function("name => new URLSearchParams(location.search).has(name)", arg=name)
        assert list(chosen(page)) == [name]
