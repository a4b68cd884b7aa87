"""axe-core finds nothing on any kind of page: all rules, both languages, themes and widths.

All rules are asked of every second kind of page; what colours and widths alone can change is asked
of some in the other language, theme and width: tests/components/test_theme.py computes the
contrasts of both themes. No page is wider than its window. `make test-long` asks every rule of
every look.
"""

from __future__ import annotations

import json
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from data.exploration.selection import CHARTS
from data.models import Language
from pages.settings import ROOT
from tests.browser.conftest import ERROR_STATUS, Visiting, sampled
from tests.browser.test_plain import WAKING, wake
from tests.contracts.documents import EVERY_KIND, KINDS

# Best-practice rules are on by default; these of WCAG 2.2 and of its experiments are not.
OPTIONS: dict[str, Any] = {
    "resultTypes": ["violations"],
    # Only the rule on locked orientation reads style sheets, which are fetched and parsed for it;
    # no sheet here may know of orientation at all.
    "preload": False,
    "rules": {
        name: {"enabled": True}
        for name in (
            "target-size",
            "label-content-name-mismatch",
            "table-fake-caption",
            "td-has-header",
            "p-as-heading",
            "focus-order-semantics",
            "hidden-content",
        )
    },
}
LOOKS: dict[str, Any] = {
    "resultTypes": ["violations"],
    "runOnly": ["color-contrast", "target-size", "scrollable-region-focusable"],
    "rules": {"target-size": {"enabled": True}},
}
# A sector of the wheel is smaller than 24 px on a phone; the list below the wheel holds the
# same links in full size, which is the exception that WCAG 2.5.8 makes.
SMALL_TWINS = "svg.wheel"
# Elements that make a page wider than its window, but for what scrolls by itself.
TOO_WIDE = """() => {
    const width = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= width) return [];
    const scrolls = element => element && (getComputedStyle(element).overflowX !== 'visible'
        || scrolls(element.parentElement));
    return [...document.querySelectorAll('body *')]
        .filter(element => element.getBoundingClientRect().right > width + 0.5)
        .filter(element => !scrolls(element.parentElement))
        .map(({tagName, className, textContent: words}) =>
            `${tagName} ${className} ${words.slice(0, 30)}`)
        .slice(0, 5);
}"""
FORCED_MARKS = """() => [...document.querySelectorAll('main :is(.mark, .swatch, .strip, .wheel)')]
    .map(element => getComputedStyle(element).forcedColorAdjust)"""
MENU_LOOKS = """() => [...document.querySelectorAll('#menu a')].map(element => {
    const {textDecorationLine, borderBottomStyle, borderBottomWidth, outlineStyle, fontWeight}
        = getComputedStyle(element);
    return [[textDecorationLine, borderBottomStyle, borderBottomWidth, outlineStyle, fontWeight]
        .join(' '), element.hasAttribute('aria-current')];
})"""
# Whatever would move: the page itself, when it scrolls, and what has an animation or transition.
MOVING = """() => [...document.querySelectorAll('*')].filter(element => {
    document.getElementById('content').setAttribute('aria-busy', 'true');
    const [style, before] = [getComputedStyle(element), getComputedStyle(element, '::before')];
    return style.scrollBehavior === 'smooth' || [style, before].some(part =>
        part.animationName !== 'none' || parseFloat(part.transitionDuration) > 0);
}).map(element => element.tagName)"""
UNFOLD_ALL = "document.querySelectorAll('details').forEach(fold => { fold.open = true; })"
# Each view with what is chosen and what is picked.
VIEWS = tuple(f"explore/?view={chart}&city=asker&pick=sc-sh-si-2c" for chart in CHARTS)
# Those whose dark look is asked for; dimensions and trends are looked at in the dark when awake.
DARK = KINDS[::3]
AXE = Axe().axe_script
PHONE, DESK = {"width": 360, "height": 800}, {"width": 1440, "height": 900}


def violations(page: Page, options: dict[str, Any]) -> list[str]:
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    violated = page.evaluate("options => axe.run(options).then(told => told.violations)", options)
    lines = []
    for rule in violated:
        for node in rule["nodes"]:
            target = json.dumps(node["target"])
            if not (rule["id"] == "target-size" and SMALL_TWINS in target):
                lines.append(f"{rule['id']}: {target} {node['html'][:120]}")
    return lines


def violations_at(
    page: Page, viewport: Any, scheme: Any, options: dict[str, Any] = OPTIONS
) -> list[str]:
    page.set_viewport_size(viewport)
    page.emulate_media(color_scheme=scheme)
    return violations(page, options)


def once_in(page: Page, language: Language) -> list[str]:
    """Return violations of all rules in Russian on a phone, of looks in English on a dark screen.

    Both languages have the same elements and colours; Russian words are the longer ones.
    """
    if language == "ru":
        return violations_at(page, PHONE, "light")
    return violations_at(page, DESK, "dark", LOOKS)


@pytest.mark.parametrize(
    ("path", "language"),
    [
        pytest.param(path, language, marks=[] if path in kept else pytest.mark.long)
        for language, kept in (("ru", KINDS[::2]), ("en", DARK))
        for path in KINDS
    ],
)
def test_no_page_is_wider_than_its_window_or_has_a_violation(
    visiting: Visiting, language: Language, path: str
) -> None:
    page = visiting(viewport=PHONE, allowed=(ERROR_STATUS,)).go(f"/{language}/{path}")
    by_check = {language: once_in(page, language)}
    for width in (320, 360, 768, 1440):
        page.set_viewport_size({"width": width, "height": 800})
        by_check[f"wider than {width}"] = page.evaluate(TOO_WIDE)
    assert not {where: faults for where, faults in by_check.items() if faults}


def test_no_style_sheet_knows_of_orientation() -> None:
    sheets = [sheet for part in ("assets", "components") for sheet in (ROOT / part).rglob("*.css")]
    assert sheets
    assert not [sheet for sheet in sheets if "orientation" in sheet.read_text("utf-8")]


@pytest.mark.parametrize("path", sampled(VIEWS, 3))
def test_no_view_of_explore_has_a_violation(visiting: Visiting, path: str) -> None:
    page = visiting(viewport=PHONE).go(f"/ru/{path}")
    page.evaluate(UNFOLD_ALL)
    assert not once_in(page, "ru")
    assert not page.evaluate(TOO_WIDE)


@pytest.mark.parametrize("language", ["en", pytest.param("ru", marks=pytest.mark.long)])
def test_chart_and_grid_of_explore_have_no_violation(
    visiting: Visiting, language: Language
) -> None:
    page = visiting(viewport=PHONE).go(f"/{language}/{VIEWS[2]}")
    page.click("#explore-chart-button")
    page.wait_for_selector("#explore-chart .main-svg", state="attached")
    page.click("#explore-grid-button")
    page.wait_for_selector("#explore-grid .ag-row")
    faults = [*once_in(page, language), *page.evaluate(TOO_WIDE)]
    # Arrows lead through the grid's rows: they can be focused although their role is a row.
    assert not [fault for fault in faults if not fault.startswith("focus-order-semantics")]


@pytest.mark.long
@pytest.mark.parametrize("path", [*EVERY_KIND, *VIEWS])
def test_no_look_of_any_kind_of_page_has_a_violation(
    visiting: Visiting, language: Language, path: str
) -> None:
    page = visiting(allowed=(ERROR_STATUS,)).go(f"/{language}/{path}")
    page.evaluate(UNFOLD_ALL)
    looks = {
        (width["width"], scheme): violations_at(page, width, scheme, options)
        for scheme, options in (("light", OPTIONS), ("dark", LOOKS))
        for width in (PHONE, DESK)
    }
    assert not {look: faults for look, faults in looks.items() if faults}


def test_forced_colours_keep_marks_and_tell_the_current_entry(visiting: Visiting) -> None:
    page = visiting(viewport=DESK, forced_colors="active").go("/en/economy/")
    assert len(page.evaluate(FORCED_MARKS)) > 40
    assert set(page.evaluate(FORCED_MARKS)) == {"none"}
    entries = page.evaluate(MENU_LOOKS)
    current = {look for look, is_current in entries if is_current}
    assert len(current) == 1
    assert not current & {look for look, is_current in entries if not is_current}


def test_reduced_motion_moves_nothing(visiting: Visiting) -> None:
    page = visiting(reduced_motion="no-preference").go("/en/")
    assert page.evaluate(MOVING)
    page.emulate_media(reduced_motion="reduce")
    assert not page.evaluate(MOVING)


@pytest.mark.parametrize("path", sampled(WAKING, 3))
def test_no_page_that_is_awake_has_a_violation(visiting: Visiting, path: str) -> None:
    visit = visiting(viewport=PHONE)
    page = visit.go(f"/en/{path}")
    wake(page, path)
    looks = {
        "dark, phone": violations_at(page, PHONE, "dark"),
        "light, desk": violations_at(page, DESK, "light", LOOKS),
    }
    assert not {where: faults for where, faults in looks.items() if faults}


@pytest.mark.parametrize("path", sampled(["economy/", "kpi/ec-p-em-1c/"], 2))
def test_an_interactive_chart_brings_no_violation(visiting: Visiting, path: str) -> None:
    page = visiting(viewport=DESK).go(f"/ru/{path}")
    wake(page, path)
    page.click(WAKING[path])
    page.wait_for_selector(".js-plotly-plot .main-svg")
    assert not violations_at(page, DESK, "light")
    assert not violations_at(page, PHONE, "dark", LOOKS)
