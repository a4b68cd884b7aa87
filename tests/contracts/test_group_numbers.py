"""Every number on home, dimensions, list and method is that of the tables, worked out anew."""

from __future__ import annotations

import re
import statistics
from collections import Counter
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from typing import Any

import pytest
from flask.testing import FlaskClient
from lxml.html import HtmlElement

from components.texts import text
from data.models import LANGUAGES, Language
from tests.builders import shown_number
from tests.contracts.documents import DIMENSIONS, Document, slug_of
from tests.contracts.readings import (
    INDICATORS,
    Pages,
    content,
    indicator_rows,
    quantity,
    row_part,
    shown_percent,
)
from tests.contracts.recount import (
    BASES,
    EDITION_YEAR,
    KINDS,
    POINTS,
    VIEWS,
    Scored,
    band_of,
    is_by_points,
    is_recent,
    points_share,
    recount,
    share_of_indicator,
    year_of,
)

ALL = recount()
# Queries of overview pages, and what the recount needs for the same.
CHOICES: dict[str, dict[str, Any]] = {
    "": {},
    "?as_of=2012": {"as_of": 2012},
    "?since=2021": {"since": 2021},
    "?as_of=2020&yardstick=goals": {"as_of": 2020, "view": "goals"},
    "?since=2018&yardstick=without_natural_limits": {
        "since": 2018,
        "view": "without_natural_limits",
    },
    "?yardstick=own_goals": {"view": "own_goals"},
}


def document_at(client: FlaskClient, language: Language, path: str) -> Document:
    answer = client.get(f"/{language}/{path}")
    return Document(language, path, answer.status_code, answer.text)


@dataclass(frozen=True)
class Home:
    """Home under a choice of yardsticks and years, and the recount of the same."""

    language: Language
    query: str
    root: HtmlElement
    scored: dict[str, list[Scored]]

    @property
    def bands(self) -> Counter[str]:
        return Counter(band_of(share_of_indicator(parts)) for parts in self.scored.values())

    @property
    def unvalued(self) -> int:
        return sum(not parts for parts in self.scored.values())

    @property
    def as_of(self) -> int:
        return int(CHOICES[self.query].get("as_of", EDITION_YEAR))


@pytest.fixture(scope="module", params=product(LANGUAGES, CHOICES), ids=" ".join)
def home(client: FlaskClient, request: pytest.FixtureRequest) -> Home:
    language, query = request.param
    root = document_at(client, language, query).root
    return Home(language, query, root, recount(**CHOICES[query]))


def years_of(parts: list[Scored]) -> list[int]:
    """The years of the values with a band, oldest first."""
    return sorted(year_of(part.value) for part in parts if part.value and part.share is not None)


def shown_years(parts: list[Scored]) -> str:
    """One year, or the first and the last."""
    years = years_of(parts)
    return "–".join(str(year) for year in sorted({years[0], years[-1]}))


def older_of(scored: dict[str, list[Scored]], as_of: int = EDITION_YEAR) -> set[str]:
    """The codes whose colour rests on a value that is not of the last five years."""
    return {
        code for code, parts in scored.items() if years_of(parts) and not is_recent(parts, as_of)
    }


def decisive_of(parts: list[Scored]) -> list[Scored]:
    """The part that a row must show: the furthest, of equals the oldest; else any with a value."""
    rated = [part for part in parts if part.share is not None]
    if not rated:
        return [part for part in parts if part.value]
    return [min(rated, key=lambda part: (part.share, year_of(part.value or {})))]


@pytest.mark.parametrize("query", CHOICES)
def test_every_row_of_a_dimension_has_the_numbers_of_the_tables(
    client: FlaskClient, language: Language, query: str
) -> None:
    scored = recount(**CHOICES[query])
    for dimension in DIMENSIONS:
        page = document_at(client, language, f"{dimension}/{query}")
        rows = indicator_rows(page)
        links = page.root.xpath("//ul[@class='unvalued']//a/@href")
        folded = [str(link).partition("?")[0] for link in links]
        codes = {
            f"/{language}/kpi/{slug_of(code)}/": code
            for code, row in INDICATORS.items()
            if row["dimension"] == dimension.replace("-", "_")
        }
        assert sorted([*rows, *folded]) == sorted(codes)
        assert not [code for address in folded for code in scored[codes[address]] if code.value]
        for address, row in rows.items():
            parts = scored[codes[address]]
            cells = row_part(row, "row-value"), row_part(row, "year")[:4]
            possible = {
                (quantity(part.value["value"], part, language), part.value["period"][:4]): part
                for part in decisive_of(parts)
                if part.value
            }
            undated = text("period_unknown", language)[:4]
            assert cells in {(value, year or undated) for value, year in possible}, address
            rated = share_of_indicator(parts) is not None
            assert bool(row.find_class("scale")) == rated, address
            verdict = row_part(row, "row-verdict")
            if rated:
                (part,) = possible.values()
                assert part.target
                reached = part.target["kind"] == "natural_limit" and part.share == 100
                assert reached or shown_number(part.target["target"], language) in verdict, address
            if is_by_points(parts):
                share = share_of_indicator(parts)
                assert share is not None
                assert shown_percent(share, language) in verdict, address


def test_the_list_shows_every_indicator_once_with_its_numbers(
    pages: Pages, language: Language
) -> None:
    rows = indicator_rows(pages[f"/{language}/kpi/"])
    more = indicator_rows(pages[f"/{language}/kpi/?page=2"])
    assert not set(rows) & set(more)
    assert [*rows, *more] == [f"/{language}/kpi/{slug_of(code)}/" for code in INDICATORS]
    for code, (address, row) in zip(INDICATORS, {**rows, **more}.items(), strict=True):
        possible = [
            (quantity(part.value["value"], part, language), part.value["period"][:4])
            for part in decisive_of(ALL[code])
            if part.value
        ]
        if possible:
            cells = row_part(row, "row-value"), row_part(row, "year")[:4]
            undated = text("period_unknown", language)[:4]
            assert cells in {(value, year or undated) for value, year in possible}, address
        else:
            assert not row.find_class("row-value"), address
            assert row_part(row, "row-verdict"), address


def test_home_counts_what_the_tables_hold(home: Home) -> None:
    root, scored, bands, language = home.root, home.scored, home.bands, home.language
    finding = content(root.xpath("//p[@class='finding']")[0])
    numbers = set(re.findall(r"\d+", content(root.xpath("//div[@role='status']")[0])))
    years = sorted(year for parts in scored.values() for year in years_of(parts))
    rated = len(scored) - bands["none"]
    wanted = {rated, bands["95-100"], 91, CHOICES[home.query].get("since", 0)} - {0}
    if len(years) > 3:
        # Half of the values, or a few more, are not newer.
        wanted.add(next(year for year in years if 2 * sum(y <= year for y in years) >= len(years)))
    elif years:
        wanted |= {years[0], years[-1]}
    assert {str(number) for number in wanted} <= numbers
    recent = rated - len(older_of(scored, home.as_of))
    ages = [content(item) for item in root.xpath("//p[@class='waffle-key']/span")]
    assert [int(re.findall(r"\d+", words)[0]) for words in ages] == [
        count for count in (recent, rated - recent) if count
    ]
    headline = content(root.find(".//h1"))
    if rated:
        figures = [str(bands["95-100"]), str(rated)]
        assert re.findall(r"\d+", headline) == figures
        assert re.findall(r"\d+", content(root.xpath("//div[@class='hub']")[0]))[:2] == figures
    if not home.query:
        valued = bands["none"] - home.unvalued
        unknown = text("home_unknown", language, n=valued, missing=home.unvalued)
        assert finding == text("overview_rated", language, n=91, scored=rated).capitalize() + (
            f"; {text('overview_recent_some', language, n=recent, year=2021)}"
            f"; {text('overview_half', language, years=statistics.median_low(years))}. {unknown}"
        )


def test_squares_are_grouped_and_counted_by_verdict(home: Home) -> None:
    counts = {
        str(group.xpath("string(h2//*[local-name()='use']/@href)")): (
            int(content(group.xpath("h2/b")[0])),
            len(group.xpath("ul/li/a")),
        )
        for group in home.root.xpath("//div[@class='waffle']/ul/li")
    }
    wanted_counts = {f"#m-b{POINTS[band]}": home.bands[band] for band in POINTS}
    wanted_counts |= {"#m-b0": home.bands["none"] - home.unvalued, "#m-bx": home.unvalued}
    assert counts == {mark: (count, count) for mark, count in wanted_counts.items() if count}


def test_every_square_says_value_and_year_of_the_tables_and_keeps_the_choice(home: Home) -> None:
    root, scored, language = home.root, home.scored, home.language
    squares = {str(link.get("href")): link for link in root.xpath("//div[@class='waffle']//a")}
    address = {code: f"/{language}/kpi/{slug_of(code)}/{home.query}" for code in scored}
    assert set(squares) == set(address.values())
    bars = root.xpath("//*[@class='wheel']//*[local-name()='a']/@href")
    assert [href for href in bars if "/kpi/" in href] == list(address.values())
    outlined = {
        href
        for href, link in squares.items()
        if link.xpath(".//*[local-name()='rect'][contains(@class, ' o')]")
    }
    older = older_of(scored, home.as_of)
    assert outlined == {address[code] for code in older}
    for code, parts in scored.items():
        label = str(squares[address[code]].get("aria-label"))
        assert label.startswith(INDICATORS[code][f"plain_name_{language}"])
        share, values = share_of_indicator(parts), [part.value for part in parts if part.value]
        if is_by_points(parts):
            assert shown_percent(share or Fraction(0), language) in label
            assert shown_years(parts) in label
        elif len(values) == 1 and not parts[0].label:
            assert quantity(values[0]["value"], parts[0], language) in label
            assert values[0]["period"][:4] in label
        elif not values:
            assert label.endswith(text("reason_no_value", language))


def test_a_dimension_is_scored_by_the_points_of_the_tables(
    pages: Pages, language: Language
) -> None:
    for dimension in DIMENSIONS:
        key = dimension.replace("-", "_")
        members = [code for code, row in INDICATORS.items() if row["dimension"] == key]
        share = points_share(part for code in members for part in ALL[code])
        assert share is not None
        scored = sum(share_of_indicator(ALL[code]) is not None for code in members)
        page = pages[f"/{language}/{dimension}/"]
        words = content(page.root.xpath("//ul[@class='points']/li")[0])
        assert words.startswith(shown_percent(share, language)), page.address
        years = sorted(year for code in members for year in years_of(ALL[code]))
        recent = sum(is_recent(ALL[code]) for code in members)
        numbers = re.findall(r"\d+", words.replace(shown_percent(share, language), "", 1))
        counted = [scored, len(members), recent, 2021, statistics.median_low(years)]
        assert numbers == [str(number) for number in counted], page.address


@pytest.mark.parametrize("query", CHOICES)
def test_the_finding_of_a_dimension_counts_what_the_tables_hold(
    client: FlaskClient, language: Language, query: str
) -> None:
    scored = recount(**CHOICES[query])
    for dimension in DIMENSIONS:
        key = dimension.replace("-", "_")
        shares = {
            code: share
            for code, row in INDICATORS.items()
            if row["dimension"] == key and (share := share_of_indicator(scored[code])) is not None
        }
        members = sum(row["dimension"] == key for row in INDICATORS.values())
        root = document_at(client, language, f"{dimension}/{query}").root
        finding = root.xpath("//p[@class='finding']")[0]
        numbers = [int(number) for number in re.findall(r"\d+", content(finding))]
        reached = sum(share >= 95 for share in shares.values())
        assert {len(shares), reached} - {0, 1} <= set(numbers)
        assert (members - len(shares)) in numbers or members == len(shares)
        far = sorted(code for code in shares if shares[code] < 95)
        named = [str(link).split("/")[3] for link in finding.xpath(".//a/@href")]
        assert len(named) == min(2, len(far))
        limit = max((shares[code] for code in far if slug_of(code) in named), default=0)
        assert all(slug_of(code) in named or shares[code] >= limit for code in far)
        description = str(root.xpath("//meta[@name='description']/@content")[0])
        assert content(finding) in description


def test_the_method_counts_what_the_tables_hold(pages: Pages, language: Language) -> None:
    words = content(pages[f"/{language}/method/"].root.xpath("//main")[0])
    scored = [share_of_indicator(parts) for parts in ALL.values()]
    for number in (
        len(INDICATORS),
        sum(bool(parts) for parts in ALL.values()),
        sum(share is not None for share in scored),
        sum(part.share is not None for parts in ALL.values() for part in parts),
    ):
        assert re.search(rf"\b{number}\b", words), number


def test_the_method_prints_the_order_that_decides(pages: Pages, language: Language) -> None:
    main = pages[f"/{language}/method/"].root.xpath("//main")[0]
    first = text("method_basis_sdg", language)
    (items,) = [
        ordered.xpath("./li") for ordered in main.xpath(".//ol") if first in content(ordered)
    ]
    for bases, item in zip(BASES, items, strict=True):
        words = content(item)
        places = [words.index(text(f"method_basis_{basis}", language)) for basis in bases.split()]
        assert places == sorted(places)
    labels = [text(f"verdict_{kind}_label", language) for kind in (*KINDS, "own_goal")]
    first_cells = [
        [content(row.xpath("./td[1]")[0]).partition(":")[0] for row in table.xpath(".//tbody/tr")]
        for table in main.xpath(".//table")
    ]
    assert labels in first_cells


def test_the_method_says_what_another_choice_would_change(pages: Pages, language: Language) -> None:
    main = pages[f"/{language}/method/"].root.xpath("//main")[0]
    scored = [part for parts in ALL.values() for part in parts if part.share is not None]
    links = main.xpath(".//li/a[starts-with(@href, $start)]/@href", start=f"/{language}/kpi/")
    depending = [part for part in scored if not part.is_robust]
    assert depending
    assert links == [f"/{language}/kpi/{slug_of(part.code)}/" for part in depending]
    words = content(main)
    for number in (len(depending), sum(bool(part.other_targets) for part in scored)):
        assert re.search(rf"\b{number}\b", words), number
    rows = {
        content(row.xpath("./td[1]")[0]): [content(cell) for cell in row.xpath("./td")][1:]
        for row in main.xpath(".//table//tbody/tr")
    }
    for view in VIEWS:
        parts = recount(view=view)
        share = points_share(part for parts_of in parts.values() for part in parts_of)
        assert share is not None
        rated = sum(share_of_indicator(parts_of) is not None for parts_of in parts.values())
        expected = [str(rated), shown_percent(share, language)]
        assert rows[text(f"view_{view}", language)] == expected, view


def test_the_method_says_how_parts_and_indicators_count(pages: Pages, language: Language) -> None:
    words = content(pages[f"/{language}/method/"].root.xpath("//main")[0])
    pairs = []
    for dimension in DIMENSIONS:
        key = dimension.replace("-", "_")
        members = [ALL[code] for code, row in INDICATORS.items() if row["dimension"] == key]
        by_parts = points_share(part for parts in members for part in parts)
        bands = [band_of(share_of_indicator(parts)) for parts in members]
        points = [POINTS[band] for band in bands if band != "none"]
        assert by_parts is not None
        pairs.append((by_parts, Fraction(100 * sum(points), 4 * len(points))))
    for share in max(pairs, key=lambda pair: abs(pair[0] - pair[1])):
        assert shown_percent(share, language) in words


def test_the_method_shows_the_marks_that_stand_for_its_states(
    pages: Pages, language: Language
) -> None:
    root = pages[f"/{language}/method/"].root
    rows = root.xpath("(//table)[1]//tbody/tr")
    marks = [row.xpath("./td[1]//*[local-name()='use']/@href") for row in rows]
    assert marks == [["#m-b4"], ["#m-b3"], ["#m-b2"], ["#m-b1"], ["#m-b0", "#m-bx"]]
    assert all(root.xpath(f"//*[@id='{href[1:]}']") for row in marks for href in row)
