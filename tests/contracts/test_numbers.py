"""Every number on an indicator's page is that of the tables, worked out without our code."""

from __future__ import annotations

import re
from collections import Counter

from lxml.html import HtmlElement

from components.formats import DASH, period
from components.texts import text
from data.models import LANGUAGES, Language
from tests.builders import Row, shown_quantity, table_rows
from tests.contracts.documents import Document, slug_of
from tests.contracts.readings import (
    INDICATORS,
    PARTS,
    Pages,
    content,
    quantity,
    shown_percent,
    unit,
)
from tests.contracts.recount import (
    CITY,
    Scored,
    band_of,
    recount,
    share_of_indicator,
    year_of,
)

ALL = recount()
KINDS = (*("goal", "limit", "limit_higher", "norm", "average", "city"), "natural_limit", "own_goal")
YARDSTICKS = {
    language: {text(f"verdict_{kind}_label", language) for kind in KINDS} for language in LANGUAGES
}


def facts(panel: HtmlElement) -> list[tuple[str, str]]:
    return [(content(row.find("dt")), content(row.find("dd"))) for row in panel.xpath(".//dl/div")]


def panels(page: Document) -> dict[str, HtmlElement]:
    """The panels of values by the name of their part; empty for the whole indicator."""
    return {
        panel.findtext("h3") or "": panel
        for panel in page.root.xpath("//section[contains(@class, 'panel')]")
    }


def part_name(score: Scored, language: Language) -> str:
    part = PARTS.get((score.code, score.label))
    return part[f"plain_name_{language}"] if part else ""


def test_every_indicator_page_shows_the_value_and_target_of_the_tables(
    pages: Pages, language: Language
) -> None:
    for code, scored in ALL.items():
        page = pages[f"/{language}/kpi/{slug_of(code)}/"]
        panels_left = panels(page)
        large = [content(value) for value in page.root.xpath("//div[@class='value']")]
        wanted = [quantity(part.value["value"], part, language) for part in scored if part.value]
        assert sorted(large) == sorted(wanted), page.address
        for part in scored:
            pairs = facts(panels_left.pop(part_name(part, language)))
            assert part.value is not None
            assert (
                text("fact_value", language),
                quantity(part.value["value"], part, language),
            ) in pairs
            assert (
                text("fact_period", language),
                period(part.value["period"], language),
            ) in pairs, page.address
            targets = [words for name, words in pairs if name in YARDSTICKS[language]]
            wanted = [quantity(part.target["target"], part, language)] if part.target else []
            assert targets == wanted, page.address
        assert not panels_left, page.address


def test_every_step_towards_a_colour_has_the_numbers_of_the_tables(
    pages: Pages, language: Language
) -> None:
    for code, scored in ALL.items():
        page = pages[f"/{language}/kpi/{slug_of(code)}/"]
        if not scored:
            (nothing,) = page.root.xpath("//div[@class='value none']")
            assert content(nothing) == text("reason_no_value", language)
            assert not page.root.xpath("//div[@class='steps']")
            continue
        (steps,) = page.root.xpath("//div[@class='steps']")
        steps_words = content(steps)
        for part in scored:
            if part.share is None or part.target is None or part.value is None:
                continue
            for words in (
                quantity(part.value["value"], part, language),
                quantity(part.target["target"], part, language),
                shown_percent(part.share, language),
                text(f"band_{part.band}", language),
            ):
                assert words in steps_words, (page.address, words)
        share = share_of_indicator(scored)
        state = page.root.xpath("//div[@class='state-line']")[0]
        rated = [part for part in scored if part.share is not None]
        if share is not None:
            assert shown_percent(share, language) in steps_words, page.address
        if len(rated) > 1:
            words = [shown_percent(share, language), text(f"band_{band_of(share)}", language)]
            beginning, band = content(state.find("span")).split(DASH[language])
            assert (beginning.startswith(words[0]), band) == (True, words[1]), page.address
        # The year of a lone value stands there even where it is not rated.
        alone = scored if len(scored) == 1 else []
        dated = [part.value for part in rated or alone if part.value and part.value["period"]]
        years = {str(year_of(value)) for value in dated}
        shown_years = str(state.xpath("string(span[starts-with(@class, 'year')])"))
        assert set(re.findall(r"\d{4}", shown_years)) == {*sorted(years)[:1], *sorted(years)[-1:]}
        tags = [content(tag) for tag in state.xpath("span[@class='tag']")]
        evidence = dict.fromkeys(part.value["evidence"] for part in rated if part.value)
        assert tags == [text(f"evidence_{name}", language) for name in evidence], page.address


def test_every_published_row_is_on_the_page_of_its_indicator(
    pages: Pages, language: Language
) -> None:
    rows: dict[str, list[Row]] = {code: [] for code in INDICATORS}
    for row in table_rows("observations"):
        rows[row["code"]].append(row)
    for code, observations in rows.items():
        page = pages[f"/{language}/kpi/{slug_of(code)}/"]
        rows_of_page: Counter[tuple[str, str]] = Counter()
        for table_row in page.root.xpath("//table[@class='values']/tbody/tr"):
            cells = {str(cell.get("class")): content(cell) for cell in table_row.iter("td")}
            if "c-value" in cells:
                when = cells.get("c-period") or content(table_row.find("th"))
                rows_of_page[when, cells["c-value"]] += 1
        wanted: Counter[tuple[str, str]] = Counter()
        for row in observations:
            if row["value"]:
                value = shown_quantity(
                    row["value"], unit(code, row["data_point"], language), language
                )
                wanted[period(row["period"], language), value] += 1
            elif row["city"] == CITY:
                wanted[period(row["period"], language), text("words_only", language)] += 1
        assert rows_of_page == wanted, page.address
