"""docs/addresses.md is kept: what it lists answers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from lxml import etree
from lxml.html import document_fromstring

from data.editions import edition_folders, newest_folder
from data.models import LANGUAGES
from tests.builders import table_rows
from tests.conftest import BASE_URL
from tests.contracts.documents import DIMENSIONS, PUBLISHED_TABLES, SAMPLES, slug_of

CONTRACT = Path(__file__).parents[2] / "docs" / "addresses.md"
COMPUTED = ("values", "scores", "fulfilment", "gaps")
VALUES: dict[str, tuple[str, ...]] = {
    "lang": LANGUAGES,
    "dimension": DIMENSIONS,
    "slug": tuple(slug_of(row["code"]) for row in table_rows("indicators")),
    "edition": (newest_folder().name,),
    "table": PUBLISHED_TABLES,
    "picture": ("wheel", *DIMENSIONS),
    "value_id": SAMPLES,
    "filters": ("topic-air", "category-ict-transport/band-none"),
    "options": ("card/dark", "landscape"),
    "question": ("online-services", "water-at-home", "road-deaths-line"),
    "run": ("1",),
    "n": ("1",),
    "code": ("1",),
    "secret": ("1",),
    "token": ("1",),
    "month": ("2026-11",),
}
# Built, but one reader's alone: the tests of the quiz walk them.
PERSONAL = {
    "/{lang}/quiz/{run}/{n}/",
    "/{lang}/quiz/{run}/result/",
    "/{lang}/quiz/join/{code}/",
    "/{lang}/quiz/present/{secret}/",
}
# Built, but hundreds of short pages that search engines are asked not to list.
UNLISTED = {
    "/{lang}/value/{value_id}/",
    "/{lang}/press/{picture}/",
    "/{lang}/quiz/sample/",
    "/{lang}/quiz/join/",
    "/{lang}/quiz/rooms/",
}
# Built, but there is no answer without a question (tests/oembed asks), or before a month has
# ended (tests/quiz_pages/test_snapshots.py).
ASKED = {"/oembed", "/quiz/statistics/{month}.csv", "/quiz/statistics/{month}.json"}
# The state of the process, or a new run of the quiz: an answer that is kept would lie.
OF_THE_MOMENT = {
    *("/healthz", "/readyz", "/metrics"),
    *("/{lang}/quiz/", "/embed/{lang}/quiz/{question}"),
    *("/{lang}/quiz/join/", "/quiz/rooms/{token}.json"),
}
# A picture in pixels takes a while to draw.
SLOW = (".png",)
REDIRECTS = {"/": "/ru/", "/{lang}/quiz/rooms/": "/"}


def listed() -> Iterator[str]:
    """Every address template of the contract; a bare ending stands for the address before it."""
    for line in CONTRACT.read_text("utf-8").splitlines():
        cells = line.split(" | ")
        if len(cells) < 2 or "`" not in cells[0]:
            continue
        previous = ""
        for token in re.findall(r"`([^`]+)`", cells[0]):
            plain = token.split("?")[0].rstrip("…")
            if plain.startswith("/"):
                previous = plain
                yield plain
            elif plain.startswith("."):
                yield re.sub(r"\.\w+$", plain, previous)


# Each of them answers a plain request.
BUILT = frozenset(listed()) - PERSONAL - ASKED


def addresses(template: str) -> list[str]:
    names = re.findall(r"{(\w+)}", template)
    choices = [VALUES[name] for name in names]
    return [
        template.format(**dict(zip(names, choice, strict=True))) for choice in product(*choices)
    ]


@pytest.mark.parametrize("most", [6, pytest.param(20, marks=pytest.mark.long)])
@pytest.mark.parametrize("template", sorted(BUILT))
def test_a_built_address_answers(client: FlaskClient, template: str, most: int) -> None:
    built = addresses(template)
    assert built
    # Each page of an indicator is read, and each link followed, by other tests of this folder.
    most = 1 if template.endswith(SLOW) else most
    for address in built[:: max(1, len(built) // most)]:
        answer = client.get(address)
        head = client.head(address)
        assert head.status_code == answer.status_code
        assert head.data == b""
        if template in REDIRECTS:
            assert answer.status_code == 302
            assert answer.headers["Location"].startswith(REDIRECTS[template])
            continue
        assert answer.status_code == 200, address
        assert answer.data, address
        if template not in OF_THE_MOMENT:
            tag = answer.headers["ETag"]
            again = client.get(address, headers={"If-None-Match": tag})
            assert again.status_code == 304, address


def test_what_has_no_tag_is_named(client: FlaskClient) -> None:
    (named,) = re.findall(r"Without an `ETag` are (.*?)`no-store`", CONTRACT.read_text("utf-8"))
    assert set(re.findall(r"`(/[^`]*)`", named)) == {*REDIRECTS, *OF_THE_MOMENT, *PERSONAL}
    for template in OF_THE_MOMENT:
        for address in addresses(template):
            answer = client.get(address)
            assert answer.headers["Cache-Control"] == "no-store"
            assert "ETag" not in answer.headers


@pytest.mark.parametrize("template", sorted(PERSONAL))
def test_what_is_one_readers_alone_is_nothing_to_strangers(
    client: FlaskClient, template: str
) -> None:
    for address in addresses(template):
        answer = client.get(address)
        assert 400 <= answer.status_code < 500
        assert document_fromstring(answer.text).findtext(".//main//h1")


def test_the_page_of_an_indicator_is_in_the_sitemap_in_both_languages(client: FlaskClient) -> None:
    root = etree.fromstring(client.get("/sitemap.xml").data)
    places = [location.text or "" for location in root.iter("{*}loc")]
    assert len(places) == len(set(places))
    listable = BUILT - UNLISTED
    pages = [
        template
        for template in listable
        if template.startswith("/{lang}/") and template.endswith("/")
    ]
    wanted = {BASE_URL + address for template in pages for address in addresses(template)}
    editions = [folder.name for folder in edition_folders()]
    wanted |= {f"{BASE_URL}/{language}/data/{name}/" for language in LANGUAGES for name in editions}
    assert set(places) == wanted
    for link in root.iter("{*}link"):
        assert link.get("href") in wanted
        assert f"/{link.get('hreflang')}/" in str(link.get("href"))


def test_robots_are_told_the_way(client: FlaskClient) -> None:
    lines = client.get("/robots.txt").text.splitlines()
    assert f"Sitemap: {BASE_URL}/sitemap.xml" in lines
    assert "User-agent: *" in lines
    assert "Disallow: /" not in lines


def test_tables_have_the_columns_of_their_source(client: FlaskClient) -> None:
    version = newest_folder().name
    for table in PUBLISHED_TABLES:
        answer = client.get(f"/data/{version}/{table}.csv")
        assert answer.content_type == "text/csv; charset=utf-8; header=present"
        if table not in COMPUTED:
            rows = table_rows(table)
            assert answer.text.splitlines()[0] == ",".join(rows[0])
            assert answer.data.count(b"\n") > len(rows)


def test_the_table_of_scores_has_the_columns_of_the_contract(client: FlaskClient) -> None:
    columns = re.search(r"`(code, data_point, as_of, [^`]+)`", CONTRACT.read_text("utf-8"))
    assert columns
    header = client.get(f"/data/{newest_folder().name}/fulfilment.csv").text.splitlines()[0]
    assert header.split(",") == columns.group(1).split(", ")
