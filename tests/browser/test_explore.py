"""An analyst's five tasks on the page that explores scores, each in at most eight presses."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visiting

pytestmark = pytest.mark.timing

MOST_PRESSES = 8


class Analyst:
    """Counts the presses of one task, and waits for what each of them changes."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.presses = 0

    def press(self, selector: str) -> None:
        self.presses += 1
        self.page.click(selector)

    def choose(self, selector: str, value: str) -> None:
        self.presses += 2
        self.page.select_option(selector, value)

    def shown(self, query: str) -> None:
        """Wait until the page has the answer of this address."""
        expect(self.page).to_have_url(re.compile(re.escape(query) + "$"))
        expect(self.page.locator("#explore-tabs [aria-current]")).to_be_visible()
        assert self.presses <= MOST_PRESSES


def old_verdicts(analyst: Analyst) -> None:
    analyst.press("details.facet:has(#explore-age) summary")
    analyst.press("label[for=explore-age-older]")
    analyst.shown("?age=older")
    expect(analyst.page.locator("#explore-chips .chip")).to_have_count(1)


def worse_since(analyst: Analyst) -> None:
    analyst.press("#explore-tabs a[href*='view=changes']")
    analyst.shown("?view=changes")
    analyst.press("details.facet:has(#explore-before) summary")
    analyst.choose("#explore-before", "2015")
    analyst.shown("?view=changes&before=2015")
    expect(analyst.page.locator(".finding")).to_contain_text("2015")


def ten_percent(analyst: Analyst) -> None:
    analyst.press("#explore-tabs a[href*='view=distance']")
    analyst.shown("?view=distance")
    expect(analyst.page.locator("#explore-picture svg").first).to_be_visible()


def beside_stavanger(analyst: Analyst) -> None:
    analyst.press("#explore-tabs a[href*='view=cities']")
    analyst.shown("?view=cities")
    analyst.press("details.facet:has(#explore-city) summary")
    analyst.press("label[for=explore-city-stavanger]")
    analyst.shown("?view=cities&city=stavanger")
    expect(analyst.page.locator("#explore-chips .chip")).to_have_count(1)


def link_and_file(analyst: Analyst) -> None:
    beside_stavanger(analyst)
    page = analyst.page
    analyst.press("#explore-tools details:has(#explore-link) summary")
    expect(page.locator("#explore-link")).to_contain_text("?view=cities&city=stavanger")
    analyst.press("#explore-tools details:has(.forms) summary")
    with page.expect_download() as waiting:
        analyst.press("#explore-tools a[href*='explore.csv']")
    assert waiting.value.suggested_filename.endswith("selection.csv")
    assert analyst.presses <= MOST_PRESSES


TASKS = (old_verdicts, worse_since, ten_percent, beside_stavanger, link_and_file)


@pytest.mark.parametrize("task", TASKS)
@pytest.mark.parametrize("language", ["ru", "en"])
def test_a_task_takes_eight_presses_at_most(
    visiting: Visiting, language: str, task: Callable[[Analyst], None]
) -> None:
    page = visiting().go(f"/{language}/explore/")
    task(Analyst(page))
    other = {"ru": "en", "en": "ru"}[language]
    expect(page.locator("#language-switch")).to_have_attribute(
        "href", f"/{other}/explore/" + page.url.partition("/explore/")[2]
    )


def test_a_picked_indicator_and_the_step_before_are_kept(visiting: Visiting) -> None:
    page = visiting().go("/en/explore/?dimension=economy")
    page.click("details.facet:has(#explore-level) summary")
    page.click("label[for=explore-level-core]")
    expect(page).to_have_url(re.compile("dimension=economy&level=core$"))
    expect(page.locator("#explore-chips .chip")).to_have_count(2)
    page.click(".v-name >> nth=0")
    expect(page).to_have_url(re.compile("&pick=ec-"))
    expect(page.locator("#explore-picture .on").first).to_be_visible()
    page.go_back()
    expect(page).to_have_url(re.compile("level=core$"))
    page.go_back()
    expect(page.locator("#explore-chips .chip")).to_have_count(1)
    expect(page.locator("#explore-level-core")).not_to_be_checked()
