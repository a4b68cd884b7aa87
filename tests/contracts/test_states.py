"""One state has one mark and one wording on page, frame, file, card and fact sheet."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from flask.testing import FlaskClient
from lxml import etree
from lxml.html import HtmlElement, document_fromstring

from components import urls
from components.formats import shown_share
from components.theme import COLOURS, MARKS
from data.groups import group_score
from data.models import Language
from data.scores import IndicatorScore
from pages.pictures.factsheet import sheet_contents
from pages.site import Site

SVG = "{http://www.w3.org/2000/svg}"
GEOMETRY = ("cx", "cy", "r", "d")
State = tuple[str, str]


@pytest.fixture(scope="module")
def scores(site: Site) -> tuple[IndicatorScore, ...]:
    """One indicator of each state, age, number of rated parts and reason."""
    kinds = {}
    for score in site.fulfilment().indicators:
        recent = score.is_recent(site.fulfilment().recent_from)
        kind = (score.band, recent, score.reason, len(score.scored) > 1)
        kinds.setdefault(kind, score)
    assert len(kinds) > 10
    return tuple(kinds.values())


def words(element: HtmlElement) -> str:
    return " ".join("".join(element.itertext()).split())


def page(client: FlaskClient, address: str) -> HtmlElement:
    return document_fromstring(client.get(address).data)


def beside_mark(root: HtmlElement, place: str) -> State:
    """Return the classes of the mark in the place, and the words beside it."""
    (line,) = root.xpath(place)
    (mark,) = line.xpath(".//*[local-name()='svg'][contains(@class, 'mark')]")
    look = mark.get("class").removeprefix("mark ").replace("m", "", 1)
    assert mark[0].get("href") == f"#m-{look.split()[0]}"
    return look, words(mark.getparent().getparent())


def shape(look: str, colours: dict[str, str]) -> list[tuple[Any, ...]]:
    """Return what the mark of a state is drawn of: tag, geometry and the colours that fill it."""
    name, _, older = look.partition(" ")
    drawn = []
    for part in etree.fromstring(f"<g>{MARKS[name]}</g>"):
        fills = {"m0": "paper", "mr": "paper"} | {
            f"m{band}": f"{'t' if older else 'c'}{band}" for band in range(1, 5)
        }
        fill = fills.get(part.get("class"))
        drawn.append((part.tag, *map(part.get, GEOMETRY), colours.get(fill or "")))
    return drawn


def discs(root: Any) -> Iterator[tuple[list[tuple[Any, ...]], str]]:
    """Yield the marks of a file, as ``shape`` has them, each with the words beside it."""
    for element in root.iter(f"{SVG}text"):
        before = element.getprevious()
        if before is not None and before.tag == f"{SVG}g" and "scale" in before.get("transform"):
            parts = [
                (part.tag.removeprefix(SVG), *map(part.get, GEOMETRY), part.get("fill"))
                for part in before
            ]
            yield parts, " ".join(" ".join(line.text for line in element).split())


def file(client: FlaskClient, address: str) -> Any:
    return etree.fromstring(client.get(address).data)


def lines(client: FlaskClient, address: str) -> list[str]:
    """Return the words of a file in their order, those in several lines as one."""
    texts = file(client, address).iter(f"{SVG}text")
    return [" ".join(" ".join(element.itertext()).split()) for element in texts]


def test_an_indicator_has_one_mark_and_one_wording_everywhere(
    client: FlaskClient, scores: tuple[IndicatorScore, ...], language: Language
) -> None:
    colours = dict(COLOURS["light"])
    for score in scores:
        slug = score.indicator.slug
        state = beside_mark(
            page(client, urls.indicator(language, slug)),
            "//*[@class='state-line']/*[@class='state']|//*[@class='value none']",
        )
        frame = page(client, f"/embed/{language}/{slug}")
        assert beside_mark(frame, "//p[@class='state']/*[@class='state']") == state, slug
        for form in ("", "?size=card", "?size=phone"):
            drawn = next(discs(file(client, f"/{language}/kpi/{slug}.svg{form}")))
            assert drawn[1] == state[1], (slug, form)
            wanted = shape(state[0], colours)
            for drawn_part, part in zip(drawn[0], wanted, strict=True):
                assert drawn_part[:-1] == part[:-1]
                assert part[-1] is None or drawn_part[-1] == part[-1], (slug, form)


def legend_of(root: HtmlElement) -> dict[str, tuple[str, int]]:
    """Return the states of a legend by their class, with words and count."""
    rows = root.xpath("//ul[@class='legend']/li[*[@class='legend-words']]")
    return {
        row.xpath(".//*[local-name()='rect']/@class")[0]: (
            words(row.xpath("*[@class='legend-words']")[0]),
            int(words(row.xpath("b")[0])),
        )
        for row in rows
    }


def test_legends_name_and_count_the_states_alike(
    client: FlaskClient, site: Site, language: Language
) -> None:
    for name in ("economy", "wheel"):
        frame = legend_of(page(client, f"/embed/{language}/{name}"))
        assert {"b0", "bx"} < set(frame)
        named = set(frame.values())
        assert len(named) == len(frame)
        if name == "economy":
            assert legend_of(page(client, f"/{language}/economy/")) == frame
        for form in ("", "?size=card", "?size=phone"):
            written = lines(client, f"/{language}/{name}.svg{form}")
            pairs = set(zip(written[1:], written, strict=False))
            assert {(state, str(count)) for state, count in named} <= pairs, (name, form)
    sheet = sheet_contents(site, language)["legend"]
    printed = {(" ".join(row["words"].split()), row["count"]) for row in sheet if row["count"]}
    assert printed == {(state, str(count)) for state, count in named}
    squares = page(client, f"/{language}/").xpath("//h2[@class='waffle-group']")
    home = [words(square).lower() for square in squares]
    for look in ("b0", "bx"):
        assert f"{frame[look][0]} {frame[look][1]}" in home


def test_groups_are_drawn_by_age_and_named_alike(
    client: FlaskClient, site: Site, language: Language
) -> None:
    fulfilment = site.fulfilment()
    rows = page(client, f"/embed/{language}/economy").xpath("//*[@id='drawn']//li")
    written_lines = lines(client, f"/{language}/economy.svg?size=phone")
    sheet = sheet_contents(site, language)["dimensions"][0]
    groups = {
        group["name"]: group for outer in sheet["groups"] for group in (outer, *outer["categories"])
    }
    states = set()
    for row, category in zip(rows, fulfilment.categories("economy"), strict=True):
        years = [year for score in category.indicators for year in score.years]
        older = bool(years) and min(years) < fulfilment.recent_from
        score = group_score(category.indicators)
        printed = groups[category.title[language]]
        place = written_lines.index(category.title[language])
        if score.share is None:
            _, state = beside_mark(row, ".")
            assert [state, printed["share"]] == [written_lines[place + 1]] * 2
            states.add(state)
            continue
        share = " ".join(shown_share(score.share, language).split())
        written = " ".join(printed["share"].split())
        assert [words(row[1][0]), written_lines[place + 1], written] == [share] * 3
        (bar,) = row.xpath(".//*[local-name()='rect'][starts-with(@class, 'b') and @width][2]")
        assert ("o" in bar.get("class").split()) == older == printed["older"]
        assert ("older" in row[1][1].get("class").split()) == older
        assert re.search(r'stroke="#\w+" stroke-width="1.5"', printed["mark"]) or not older
        states.add(older)
    assert {True, False} & states
    assert len(states) > 2
