"""What is not there: told to programs as problem details, to readers as a page, with what is."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient
from lxml.html import document_fromstring

from data.editions import newest_folder
from data.exports.tables import EXPORTS, TABLE_FORMS
from data.models import LANGUAGES
from tests.builders import table_rows
from tests.contracts.documents import slug_of

EDITION = newest_folder().name
BROWSER = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}
SLUGS = [slug_of(row["code"]) for row in table_rows("indicators")]
# Address, what is missing of it, and what exists in its place, at least.
MISSING = [
    (f"/data/{EDITION}/secrets.csv", "file", {f"{table}.csv" for table in EXPORTS} | {"all.zip"}),
    (
        f"/data/{EDITION}/observations.docx",
        "file",
        {f"observations.{form}" for form in TABLE_FORMS},
    ),
    (f"/data/{EDITION}/observations", "file", {f"observations.{form}" for form in TABLE_FORMS}),
    ("/data/latest/observations.docx", "file", {f"observations.{form}" for form in TABLE_FORMS}),
    (f"/data/{EDITION}/", "file", {"all.zip", "SHA256SUMS"}),
    ("/data/2025.9/observations.csv", "edition", {EDITION}),
    (f"/data/{EDITION}.9/observations.csv", "edition", {EDITION}),
    ("/data/../observations.csv", "edition", {EDITION}),
    ("/data/", "edition", {EDITION}),
    ("/data/x", "edition", {EDITION}),
    ("/data/a/b/c", "edition", {EDITION}),
    ("/en/kpi/nothing.csv", "indicator", set(SLUGS)),
    ("/ru/kpi/nothing.json", "indicator", set(SLUGS)),
    (f"/ru/kpi/{SLUGS[0]}.xlsx", "file", {f"{SLUGS[0]}.csv", f"{SLUGS[0]}.json"}),
]


@pytest.mark.parametrize("accept", ["", "*/*", "text/csv", "application/json, */*;q=0.1"])
@pytest.mark.parametrize(("path", "part", "existing"), MISSING)
def test_a_program_is_told_what_exists(
    client: FlaskClient, path: str, part: str, existing: set[str], accept: str
) -> None:
    answer = client.get(path, headers={"Accept": accept} if accept else {})
    assert answer.status_code == 404
    assert answer.content_type == "application/problem+json"
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert answer.headers["Cache-Control"] == "no-store"
    (fault,) = answer.get_json()["errors"]
    assert fault["parameter"] == part
    assert set(fault["allowed"]) >= existing


@pytest.mark.parametrize(("path", "part", "existing"), MISSING)
def test_a_reader_gets_a_page_with_links_that_lead_somewhere(
    client: FlaskClient, path: str, part: str, existing: set[str]
) -> None:
    for language in LANGUAGES:
        answer = client.get(path, headers={**BROWSER, "Accept-Language": language})
        assert answer.status_code == 404, part
        root = document_fromstring(answer.text)
        if not path.startswith(("/ru/", "/en/")):
            assert root.get("lang") == language
        links = {str(link.text): str(link.get("href")) for link in root.xpath("//main//li/a")}
        assert set(links) >= existing
        for href in list(links.values())[:3]:
            assert client.get(href).status_code == 200, href


def test_what_was_asked_for_is_shown_as_text_and_not_as_html(client: FlaskClient) -> None:
    answer = client.get("/data/<script>alert(1)</script>", headers=BROWSER)
    assert answer.status_code == 404
    assert "<script>alert" not in answer.text
    assert client.get(f"/data/{'x' * 5000}/y", headers=BROWSER).text.count("x" * 100) == 0


@pytest.mark.parametrize("name", ["observations.csv", "all.zip", "SHA256SUMS", "changes.json"])
def test_latest_leads_to_the_edition_in_force(client: FlaskClient, name: str) -> None:
    answer = client.get(f"/data/latest/{name}")
    assert answer.status_code == 302
    assert answer.headers["Location"] == f"/data/{EDITION}/{name}"
    assert answer.headers["Cache-Control"] == "public, max-age=60"
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert client.head(f"/data/latest/{name}").status_code == 302
