"""Every link inside the site leads somewhere; links out of it are plain web addresses."""

from __future__ import annotations

import re
from urllib.parse import urljoin, urlsplit

import pytest
from flask.testing import FlaskClient
from rdflib import Graph, URIRef

from data.models import LANGUAGES
from pages.icons import TOUCH_ICON
from tests.builders import table_rows
from tests.conftest import BASE_URL
from tests.contracts.documents import Document

_VCARD = "http://www.w3.org/2006/vcard/ns#"
_MANY = re.compile(
    r"/value/|/embed/\?chart=|/compare/\?|/kpi/[^/]+/\?|/kpi/[^/]+\.|/data/[^/]+/.+\.|/explore/\?"
)
_WIDTH = re.compile(r"[?&]width=\d+$")


@pytest.mark.parametrize("step", [20, pytest.param(2, marks=pytest.mark.long)])
def test_every_internal_link_answers(
    documents: tuple[Document, ...], client: FlaskClient, step: int
) -> None:
    links: dict[str, str] = {}
    posted: set[str] = set()
    for page in documents:
        for href in page.root.xpath("//*[local-name()='a' or local-name()='link']/@href"):
            whole = urljoin(BASE_URL + page.address, str(href))
            # tests/oembed follows what pages say of oEmbed.
            if whole.startswith(f"{BASE_URL}/") and "/oembed?" not in whole:
                # The same drawing as vectors: to colour thousands of pixels would take an hour.
                drawn = f"{BASE_URL}{TOUCH_ICON}" != whole
                url = _WIDTH.sub("", whole).replace(".png", ".svg") if drawn else whole
                links.setdefault(url.removeprefix(BASE_URL).partition("#")[0], page.address)
        for form in page.root.iter("form"):
            links.setdefault(str(form.get("action")), page.address)
            if form.get("method") == "post":
                posted.add(str(form.get("action")))
    pairs = sorted(links.items(), key=lambda link: (link[0][3:], link[0]))
    # Both languages of a link stand side by side: of those that are there for each of many things,
    # every so many are asked for, in one language by turns.
    chosen = [
        pair
        for number, pair in enumerate(pairs)
        if not _MANY.search(pair[0]) or number % (2 * step) in (0, 2 * step - 1)
    ]
    assert len(chosen) > 2000 // step
    lost = []
    for href, page in chosen:
        answer = client.get(href, buffered=True)
        if answer.status_code == 405 and href in posted:
            assert "POST" in answer.headers["Allow"]
        elif answer.status_code == 302 and href in posted:
            # Who asks for it as for a page is led to one.
            assert client.get(answer.headers["Location"]).status_code == 200
        elif answer.status_code != 200 and not (answer.status_code == 302 and href == "/"):
            lost.append((href, answer.status_code, page))
    # A page of failure has a twin in the other language that fails, too.
    failures = {document.address for document in documents if document.status != 200}
    assert not [link for link in lost if link[2] not in failures]


def test_links_out_of_the_site_are_sources_or_contacts(documents: tuple[Document, ...]) -> None:
    for page in documents:
        for href in map(str, page.root.xpath("//a/@href")):
            parts = urlsplit(href)
            assert parts.scheme in ("", "http", "https", "mailto"), (page.address, href)
            assert bool(parts.netloc) == (parts.scheme in ("http", "https")), (page.address, href)


def test_every_indicator_names_the_sources_of_its_values(documents: tuple[Document, ...]) -> None:
    sources = {row["source_id"]: row["url"] for row in table_rows("sources")}
    codes = {row["code"]: set[str]() for row in table_rows("indicators")}
    for row in table_rows("observations"):
        if row["city"] == "moscow" and sources[row["source_id"]]:
            codes[row["code"]].add(sources[row["source_id"]])
    for row in table_rows("indicators"):
        codes[row["code"]].add(sources[row["source_id"]])
    by_path = {document.address: document for document in documents}
    for code, wanted in codes.items():
        slug = code.lower().replace(": ", "-")
        for language in ("ru", "en"):
            page = by_path[f"/{language}/kpi/{slug}/"]
            assert wanted - {""} <= set(map(str, page.root.xpath("//a/@href"))), (code, language)


def test_the_contact_of_the_catalogue_is_the_page_that_says_whom_to_ask(
    client: FlaskClient,
) -> None:
    graph = Graph().parse(data=client.get("/catalog.ttl").data, format="turtle")
    contacts = {str(contact) for contact in graph.objects(predicate=URIRef(f"{_VCARD}hasURL"))}
    assert len(contacts) == len(LANGUAGES)
    for language in LANGUAGES:
        (address,) = [
            contact for contact in contacts if contact.startswith(f"{BASE_URL}/{language}/")
        ]
        page = client.get(address.removeprefix(BASE_URL))
        assert page.status_code == 200
