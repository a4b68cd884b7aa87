"""A new edition beside the old one: the old one's addresses keep every byte."""

from __future__ import annotations

import csv
import io

import pytest
from flask.testing import FlaskClient
from lxml import etree
from lxml.html import document_fromstring

from data.editions import newest_folder
from pages.site import Site
from tests.conftest import BASE_URL
from tests.replaced import CORRECTION, Replaced

OLD = newest_folder().name
NEW = f"{OLD}.1"
ATOM = "{http://www.w3.org/2005/Atom}"
XHTML = "{http://www.w3.org/1999/xhtml}"
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


def test_both_are_served_and_differ_in_the_corrected_cell(replaced: Replaced) -> None:
    old, new = (
        list(csv.DictReader(io.StringIO(replaced.client.get(address).text)))
        for address in (f"/data/{OLD}/observations.csv", f"/data/{NEW}/observations.csv")
    )
    changed = [pair for pair in zip(old, new, strict=True) if pair[0] != pair[1]]
    assert [(before["value"], after["value"]) for before, after in changed] == [
        (replaced.before, replaced.after)
    ]


def test_a_replaced_edition_keeps_every_byte_and_tag(
    two_editions: FlaskClient, client: FlaskClient, site: Site
) -> None:
    for file in site.files.of_edition(OLD):
        before, after = client.get(f"/{file.path}"), two_editions.get(f"/{file.path}")
        assert after.data == before.data, file.path
        for name in ("ETag", "Last-Modified", "Cache-Control", "Content-Type"):
            assert after.headers[name] == before.headers[name], file.path


def test_latest_leads_to_the_new_one(two_editions: FlaskClient) -> None:
    answer = two_editions.get("/data/latest/observations.csv")
    assert answer.headers["Location"] == f"/data/{NEW}/observations.csv"
    missing = two_editions.get("/data/2020.1/observations.csv").get_json()
    assert missing["errors"][0]["allowed"] == [NEW, OLD]


def test_files_of_indicators_follow_the_edition_in_force(two_editions: FlaskClient) -> None:
    answer = two_editions.get("/en/kpi/ec-ict-ict-1c.csv")
    assert f"moscow-u4ssc-{NEW}-" in answer.headers["Content-Disposition"]


def test_the_changes_can_be_read_by_programs(two_editions: FlaskClient) -> None:
    changes = two_editions.get(f"/data/{NEW}/changes.json").get_json()
    assert (changes["before"], changes["kind"]) == (OLD, "patch")
    assert changes["changes"] == [CORRECTION]
    assert changes["rows"] == {"observations": {"added": 0, "changed": 1, "removed": 0}}


def test_the_interface_lists_both_the_one_in_force_first(two_editions: FlaskClient) -> None:
    listed = two_editions.get("/api/v1/editions").get_json()
    assert [(item["version"], item["in_force"]) for item in listed["items"]] == [
        (NEW, True),
        (OLD, False),
    ]
    for item in listed["items"]:
        for address in item["tables"].values():
            assert two_editions.get(address.removeprefix(BASE_URL)).status_code == 200


def test_the_feed_tells_what_changed_newest_first_in_both_languages(
    two_editions: FlaskClient, site: Site
) -> None:
    root = etree.fromstring(two_editions.get("/atom.xml").data)
    entries = root.findall(f"{ATOM}entry")
    titles = [entry.findtext(f"{ATOM}title") for entry in entries]
    assert titles == [f"Издание {version} · Edition {version}" for version in (NEW, OLD)]
    assert [entry.findtext(f"{ATOM}updated") for entry in entries] == [
        "2026-12-01T00:00:00Z",
        f"{site.edition.date}T00:00:00Z",
    ]
    for language in ("ru", "en"):
        words = entries[0].find(f".//{XHTML}div[@{LANGUAGE}='{language}']")
        assert CORRECTION[language] in "".join(words.itertext())


@pytest.mark.parametrize("address", ["/en/", "/ru/", "/en/data/", f"/ru/data/{OLD}/"])
def test_readers_of_feeds_find_the_feed(two_editions: FlaskClient, address: str) -> None:
    head = document_fromstring(two_editions.get(address).text)
    (link,) = head.xpath("//link[@type='application/atom+xml']")
    assert link.get("href") == f"{BASE_URL}/atom.xml"
    assert two_editions.get("/atom.xml").status_code == 200


def test_the_feed_has_what_atom_demands(two_editions: FlaskClient) -> None:
    answer = two_editions.get("/atom.xml")
    assert answer.content_type == "application/atom+xml; charset=utf-8"
    root = etree.fromstring(answer.data)
    assert root.tag == f"{ATOM}feed"
    assert root.findtext(f"{ATOM}id") == f"{BASE_URL}/atom.xml"
    assert root.find(f"{ATOM}author/{ATOM}name") is not None
    assert root.findtext(f"{ATOM}updated") == "2026-12-01T00:00:00Z"
    assert root.find(f"{ATOM}link[@rel='self']").get("href") == f"{BASE_URL}/atom.xml"
    for element in (root, *root.findall(f"{ATOM}entry")):
        for name in ("id", "title", "updated"):
            assert len(element.findall(f"{ATOM}{name}")) == 1
        pages = element.findall(f"{ATOM}link[@rel='alternate']")
        assert [link.get("hreflang") for link in pages] == ["ru", "en"]
        for link in pages:
            address = str(link.get("href")).removeprefix(BASE_URL)
            assert two_editions.get(address).status_code == 200
    ids = [entry.findtext(f"{ATOM}id") for entry in root.findall(f"{ATOM}entry")]
    assert len(set(ids)) == 2
    for content in root.iter(f"{ATOM}content"):
        assert content.get("type") == "xhtml"
        assert [child.tag for child in content] == [f"{XHTML}div"]
