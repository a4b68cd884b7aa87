"""A year, an edition and a yardstick of an address stay wherever it leads."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import unescape
from urllib.parse import parse_qsl, quote, urlsplit

import pytest
from flask.testing import FlaskClient
from lxml.html import HtmlElement, document_fromstring, fragment_fromstring

from components import urls
from pages.embeds.choice import PLACES
from tests.conftest import BASE_URL

# One of every kind of subject; with several values, without any, and one of each overview.
SUBJECTS = (
    "",
    "economy/",
    "kpi/",
    "kpi/?band=none",
    "kpi/ec-p-em-1c/",
    "kpi/en-en-aq-1c/",
    "kpi/ec-ict-ws-1c/",
)
SELECTIONS = (
    {"as_of": "2015"},
    {"as_of": "2018", "since": "2014", "yardstick": "goals"},
    {"edition": "2026.1"},
    {"as_of": "2018", "edition": "2026.1"},
)
# What shows a selection: not the rest of the site, nor the notice that leads to the newest data.
KEEPING = re.compile(
    r"/(en|ru)/((economy|environment|society-culture|kpi|kpi/[a-z0-9-]+|embed)/)?$"
)
PICTURE = re.compile(r"/en/.*\.(svg|png)$")
FRAME = re.compile(r"/embed/en/")
ANY_URL = re.compile(rf"{re.escape(BASE_URL)}[^\s\"'<>,)]*")
NEWEST = "(ancestor-or-self::*[@class='notice' or @class='superseded'])"


def selection_in(url: str) -> dict[str, str]:
    """Return the selection that an address names, by its query or by its path."""
    parts = urlsplit(url)
    selection = dict(parse_qsl(parts.query))
    for segment in parts.path.rpartition(".")[0].split("/"):
        for name in ("as_of", "since", "yardstick", "edition"):
            start = urls.PICTURE_SEGMENTS[name].removesuffix("{}")
            if segment.startswith(start):
                selection[name] = segment.removeprefix(start)
    return selection


def lost(addresses: Iterable[str], selection: dict[str, str], *kinds: re.Pattern[str]) -> list[str]:
    """Return those addresses of the kinds that do not name the whole selection."""
    return [
        address
        for address in addresses
        if any(kind.match(urlsplit(address).path) for kind in kinds)
        if not selection.items() <= selection_in(address).items()
    ]


def page_of(client: FlaskClient, subject: str, selection: dict[str, str]) -> HtmlElement:
    """Return the page of a subject with a selection."""
    path, _, query = subject.partition("?")
    query_string = dict(parse_qsl(query)) | selection
    return document_fromstring(client.get(f"/en/{path}", query_string=query_string).text)


def hrefs(root: HtmlElement) -> list[str]:
    """Return where links lead, but for those to the newest data."""
    return [str(href) for href in root.xpath(f".//a[not{NEWEST}]/@href | .//*/@data-address")]


@pytest.mark.parametrize("selection", SELECTIONS, ids=lambda chosen: "-".join(chosen.values()))
@pytest.mark.parametrize("subject", SUBJECTS)
def test_a_selection_stays_on_page_card_description_codes_and_links(
    client: FlaskClient, subject: str, selection: dict[str, str]
) -> None:
    root = page_of(client, subject, selection)
    (main,) = root.xpath("//main")
    assert not lost(hrefs(main), selection, KEEPING, PICTURE)
    properties = {
        meta.get("property"): meta.get("content") for meta in root.xpath("//meta[@property]")
    }
    own = [
        *root.xpath("//link[@rel='canonical' or @hreflang]/@href"),
        *(properties["og:url"], properties["og:image"]),
    ]
    assert not lost(own, selection, KEEPING, PICTURE)
    year = selection.get("as_of") or f"edition {selection['edition']}"
    assert year in root.findtext("head/title")
    assert root.findtext("head/title").count("key U4SSC indicators") == 1
    described = client.get("/oembed", query_string={"url": properties["og:url"]}).get_json()
    assert properties["og:title"] == described["title"]
    assert described["title"].count("key U4SSC indicators") <= 1
    html = fragment_fromstring(described["html"], create_parent=True)
    (frame,) = html.xpath(".//iframe/@src")
    links = [frame, *hrefs(html), described["thumbnail_url"]]
    assert not lost(links, selection, KEEPING, PICTURE, FRAME)
    # A drawing takes less time than its pixels.
    thumbnail = urlsplit(described["thumbnail_url"]).path.replace(".png", ".svg")
    assert client.get(thumbnail).status_code == 200
    framed = document_fromstring(client.get(frame.removeprefix(BASE_URL)).text)
    assert not lost(hrefs(framed), selection, KEEPING)


@pytest.mark.parametrize("selection", SELECTIONS, ids=lambda chosen: "-".join(chosen.values()))
@pytest.mark.parametrize("subject", SUBJECTS)
def test_a_selection_stays_in_the_codes_that_a_page_leads_to(
    client: FlaskClient, subject: str, selection: dict[str, str]
) -> None:
    root = page_of(client, subject, selection)
    (way, *_) = root.xpath("//main//a[starts-with(@href, '/en/embed/')]/@href")
    # What one kind of selection keeps, every place keeps of it.
    for place in PLACES if selection == SELECTIONS[-1] else ("frame", "wiki"):
        panel = document_fromstring(client.get(f"{way.partition('#')[0]}&place={place}").text)
        (main,) = panel.xpath("//main")
        links = ANY_URL.findall(unescape(" ".join(main.itertext())))
        links += [href for href in hrefs(main) if PICTURE.match(urlsplit(href).path)]
        assert links, place
        assert not lost(links, selection, KEEPING, PICTURE, FRAME), place


def test_the_root_is_described(client: FlaskClient) -> None:
    for root in ("", "/"):
        answer = client.get(f"/oembed?url={quote(BASE_URL + root)}")
        assert answer.status_code == 200
