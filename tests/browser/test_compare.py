"""The comparison of cities without scripts: chosen by a form, kept in the address."""

from __future__ import annotations

from tests.browser.conftest import Visiting


def test_indicator_and_cities_are_chosen_without_scripts(visiting: Visiting) -> None:
    page = visiting(java_script_enabled=False).go("/en/compare/")
    assert page.locator("article").count() == 1
    page.select_option("#compare-kpi", "sc-sh-si-3c")
    page.check("#compare-asker")
    page.check("#compare-bizerte")
    page.click("form.filter-form button")
    assert page.url.endswith("/en/compare/?kpi=sc-sh-si-3c&city=bizerte&city=asker")
    assert page.input_value("#compare-kpi") == "sc-sh-si-3c"
    assert page.is_checked("#compare-asker")
    assert not page.is_checked("#compare-stavanger")
    assert page.locator("article tbody tr").count() == 3
    page.click("#language-switch")
    assert page.url.endswith("/ru/compare/?kpi=sc-sh-si-3c&city=asker&city=bizerte")
    assert page.is_checked("#compare-bizerte")


def test_nothing_but_the_address_is_asked_for_and_nothing_moves(visiting: Visiting) -> None:
    visit = visiting()
    page = visit.go("/ru/compare/")
    page.wait_for_load_state("networkidle")
    assert not [path for path in visit.paths() if path.endswith(".js")]
