"""What an answer says beside the bytes: type, name, tags, age, and who may use it."""

from __future__ import annotations

import re
from datetime import date

import pytest
from flask.testing import FlaskClient

from data.editions import newest_folder
from pages.site import Site

EDITION = newest_folder().name
DATA = f"/data/{EDITION}"
FOREVER = "public, max-age=31536000, immutable"
FIVE_MINUTES = "public, max-age=300"
TYPES = {
    "observations.csv": "text/csv; charset=utf-8; header=present",
    "observations.ru-excel.csv": "text/csv; charset=utf-8; header=present",
    "observations.json": "application/json",
    "observations.xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "observations.parquet": "application/vnd.apache.parquet",
    "observations.csv-metadata.json": "application/csvm+json",
    "csv-metadata.json": "application/csvm+json",
    "all.zip": "application/zip",
    "all.xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "datapackage.json": "application/json",
    "changes.json": "application/json",
    "SHA256SUMS": "text/plain; charset=utf-8",
    "README.ru.md": "text/markdown; charset=utf-8",
}


@pytest.mark.parametrize("name", TYPES)
def test_a_file_of_an_edition_says_its_type_and_whether_its_bytes_change(
    client: FlaskClient, site: Site, name: str
) -> None:
    answer = client.get(f"{DATA}/{name}")
    assert answer.content_type == TYPES[name]
    repacked = name.endswith((".xlsx", ".parquet", ".zip"))
    assert answer.headers["Cache-Control"] == (FIVE_MINUTES if repacked else FOREVER)
    published = date.fromisoformat(site.edition.date)
    assert answer.headers["Last-Modified"] == f"{published:%a, %d %b %Y} 00:00:00 GMT"


@pytest.mark.parametrize(
    "path", ["/ru/kpi/ec-p-em-1c.csv", "/en/kpi/ec-p-em-1c.json", "/catalog.ttl", "/catalog.jsonld"]
)
def test_what_follows_the_edition_in_force_is_asked_for_again(
    client: FlaskClient, path: str
) -> None:
    answer = client.get(path)
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "public, max-age=300"
    assert answer.headers["Last-Modified"]


def test_counts_of_downloads_are_kept_by_nobody_for_long(client: FlaskClient) -> None:
    answer = client.get("/data/downloads.csv")
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "public, max-age=15"


def test_the_catalogue_says_its_types(client: FlaskClient) -> None:
    assert client.get("/catalog.ttl").content_type == "text/turtle; charset=utf-8"
    assert client.get("/catalog.jsonld").content_type == "application/ld+json"


@pytest.mark.parametrize(
    ("path", "disposition"),
    [
        (
            f"{DATA}/observations.csv",
            f'attachment; filename="moscow-u4ssc-{EDITION}-observations.csv"',
        ),
        (
            f"{DATA}/cities.ru-excel.csv",
            f'attachment; filename="moscow-u4ssc-{EDITION}-cities.ru-excel.csv"',
        ),
        (f"{DATA}/all.zip", f'attachment; filename="moscow-u4ssc-{EDITION}-all.zip"'),
        (f"{DATA}/targets.json", f'attachment; filename="moscow-u4ssc-{EDITION}-targets.json"'),
        ("/ru/kpi/ec-p-em-1c.csv", f'attachment; filename="moscow-u4ssc-{EDITION}-ec-p-em-1c.csv"'),
        (f"{DATA}/SHA256SUMS", f'inline; filename="moscow-u4ssc-{EDITION}-SHA256SUMS"'),
        (f"{DATA}/datapackage.json", f'inline; filename="moscow-u4ssc-{EDITION}-datapackage.json"'),
    ],
)
def test_a_file_has_a_name_that_speaks(client: FlaskClient, path: str, disposition: str) -> None:
    assert client.get(path).headers["Content-Disposition"] == disposition


def test_every_file_may_be_used_by_any_page_and_is_taken_for_what_it_is(
    client: FlaskClient, site: Site
) -> None:
    for path in site.files.files:
        headers = client.head(f"/{path}").headers
        assert headers["Access-Control-Allow-Origin"] == "*"
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Accept-Ranges"] == "bytes"
        assert "Set-Cookie" not in headers


def test_tags_are_strong_and_differ_for_files_and_for_their_forms(
    client: FlaskClient, site: Site
) -> None:
    tags: dict[str, str] = {}
    for file in site.files.files.values():
        for encoding in ("identity", "br", "gzip"):
            headers = client.head(f"/{file.path}", headers={"Accept-Encoding": encoding}).headers
            tag = headers["ETag"]
            assert re.fullmatch(r'"[0-9a-f]{32}(-br|-gzip)?"', tag)
            assert tag.endswith(f'-{headers.get("Content-Encoding")}"') == (
                "Content-Encoding" in headers
            )
            assert tags.setdefault(tag, file.sha256) == file.sha256
    assert len(tags) > len({file.sha256 for file in site.files.files.values()})


@pytest.mark.parametrize(
    ("accepted", "used"),
    [
        ("", ""),
        ("gzip", "gzip"),
        ("gzip, deflate, br, zstd", "br"),
        ("br;q=0, gzip", "gzip"),
        ("br;q=0.1, gzip;q=1.0", "br"),
        ("*", "br"),
        ("identity", ""),
        ("brotli", ""),
        ("gzip;q=0", ""),
        (",,;;=q", ""),
    ],
)
def test_a_client_gets_the_smallest_form_that_it_takes(
    client: FlaskClient, accepted: str, used: str
) -> None:
    answer = client.get(f"{DATA}/observations.csv", headers={"Accept-Encoding": accepted})
    assert answer.status_code == 200
    assert answer.headers.get("Content-Encoding", "") == used
    assert "Accept-Encoding" in answer.headers["Vary"]


def test_what_gains_nothing_by_compression_is_sent_as_it_is(client: FlaskClient) -> None:
    for name in ("all.zip", "all.xlsx", "observations.parquet"):
        answer = client.get(f"{DATA}/{name}", headers={"Accept-Encoding": "br, gzip"})
        assert "Content-Encoding" not in answer.headers


def test_programs_of_other_pages_may_ask_first(client: FlaskClient) -> None:
    answer = client.options(f"{DATA}/observations.parquet")
    assert answer.status_code == 204
    assert "GET" in answer.headers["Access-Control-Allow-Methods"]
    assert answer.headers["Access-Control-Allow-Headers"] == "*"


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_a_file_can_only_be_read(client: FlaskClient, method: str) -> None:
    answer = client.open(f"{DATA}/observations.csv", method=method)
    assert answer.status_code == 405
    assert answer.headers["Allow"] == "GET, HEAD, OPTIONS"
    assert answer.content_type == "application/problem+json"
    assert answer.json
    assert (answer.json["status"], answer.json["errors"]) == (405, [])


def test_a_file_that_is_newer_than_what_is_known_is_not_sent(client: FlaskClient) -> None:
    address = f"{DATA}/observations.csv"
    first = client.get(address).headers
    before = "Sat, 01 Jan 2000 00:00:00 GMT"

    def ask(**headers: str) -> int:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return client.get(address, headers=named).status_code

    assert ask(If_Unmodified_Since=before) == 412
    assert ask(If_Unmodified_Since=before, Range="bytes=0-9") == 412
    assert ask(If_Unmodified_Since=first["Last-Modified"]) == 200
    assert ask(If_Unmodified_Since="some day") == 200
    # A tag says more than a time.
    assert ask(If_Unmodified_Since=before, If_Match=first["ETag"]) == 200


def test_what_stands_behind_a_question_mark_changes_nothing(client: FlaskClient) -> None:
    plain, tagged = client.get(f"{DATA}/cities.csv"), client.get(f"{DATA}/cities.csv?utm_source=x")
    assert (tagged.data, tagged.headers["ETag"]) == (plain.data, plain.headers["ETag"])
