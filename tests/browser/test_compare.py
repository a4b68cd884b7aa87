"""The comparison of cities without scripts: chosen by a form, kept in the address."""

from __future__ import annotations

from data.models import LANGUAGES
from tests.browser.conftest import Visiting


def test_indicator_and_cities_are_chosen_without_scripts(visiting: Visiting) -> None:
    page = visiting(java_script_enabled=False).go("/en/compare/")
    assert page.locator("article").count() > 30
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


def test_no_word_of_a_picture_leaves_it_or_covers_another(visiting: Visiting) -> None:
    visit = visiting(java_script_enabled=False)
    for language in LANGUAGES:
        for width in (360, 1440):
            page = visit.go(f"/{language}/compare/")
            page.set_viewport_size({"width": width, "height": 900})
            faults = page.evaluate(
                """() => {
                    const faults = [];
                    for (const svg of document.querySelectorAll('svg.beside')) {
                        const frame = svg.getBoundingClientRect();
                        const words = [...svg.querySelectorAll('text')].map(one => {
                            const box = one.getBoundingClientRect();
                            if (box.left < frame.left - 1 || box.right > frame.right + 1)
                                faults.push(`out: ${one.textContent}`);
                            return [one.textContent, box];
                        });
                        words.forEach(([one, a], at) => words.slice(at + 1).forEach(([two, b]) => {
                            if (a.left < b.right && b.left < a.right
                                && a.top + 4 < b.bottom && b.top + 4 < a.bottom)
                                faults.push(`${one} × ${two}`);
                        }));
                    }
                    return faults;
                }"""
            )
            assert not faults, (language, width)


def test_nothing_but_the_address_is_asked_for_and_nothing_moves(visiting: Visiting) -> None:
    visit = visiting()
    page = visit.go("/ru/compare/")
    page.wait_for_load_state("networkidle")
    assert not [path for path in visit.paths() if path.endswith(".js")]
