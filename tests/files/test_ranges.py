"""Parts of files, answers that change nothing, and conditions, as RFC 9110 has them."""

from __future__ import annotations

import polars as pl
import pytest
from flask.testing import FlaskClient

from data.editions import newest_folder
from data.models import Edition
from pages.files import store
from pages.site import Site
from tests.files.conftest import Served

CSV = f"/data/{newest_folder().name}/observations.csv"
ZIP = f"/data/{newest_folder().name}/all.zip"


def ranges(size: int) -> list[tuple[str, int, int]]:
    """What is asked for, and the first and the last byte that it means."""
    return [
        ("bytes=0-0", 0, 0),
        ("bytes=0-9", 0, 9),
        ("bytes=10-19", 10, 19),
        ("bytes=100-", 100, size - 1),
        ("bytes=-5", size - 5, size - 1),
        (f"bytes=0-{size * 2}", 0, size - 1),
        (f"bytes={size - 1}-", size - 1, size - 1),
        (f"bytes=-{size * 2}", 0, size - 1),
    ]


@pytest.mark.parametrize("path", [CSV, ZIP])
def test_a_range_is_exactly_the_bytes_that_were_asked_for(client: FlaskClient, path: str) -> None:
    whole = client.get(path).data
    for asked, first, last in ranges(len(whole)):
        answer = client.get(path, headers={"Range": asked, "Accept-Encoding": "br"})
        assert answer.status_code == 206, asked
        assert answer.data == whole[first : last + 1], asked
        assert answer.headers["Content-Range"] == f"bytes {first}-{last}/{len(whole)}"
        assert answer.content_length == last - first + 1
        assert "Content-Encoding" not in answer.headers


@pytest.mark.parametrize("asked", ["bytes=999999999-", "bytes=999999998-999999999"])
def test_a_range_behind_the_end_is_refused_with_the_size(client: FlaskClient, asked: str) -> None:
    size = len(client.get(CSV).data)
    answer = client.get(CSV, headers={"Range": asked})
    assert answer.status_code == 416
    assert answer.headers["Content-Range"] == f"bytes */{size}"
    assert answer.data == b""


@pytest.mark.parametrize(
    "asked", ["bytes=0-1,5-6", "lines=1-2", "bytes=b-a", "bytes=5-1", "bytes", "=", "bytes=--1"]
)
def test_a_range_that_is_not_understood_gets_the_whole(client: FlaskClient, asked: str) -> None:
    answer = client.get(CSV, headers={"Range": asked})
    assert answer.status_code == 200
    assert answer.data == client.get(CSV).data


def test_a_part_is_joined_only_to_the_same_content(client: FlaskClient) -> None:
    whole = client.get(CSV)
    packed = client.get(CSV, headers={"Accept-Encoding": "br"})
    date = whole.headers["Last-Modified"]
    for condition, status in (
        (whole.headers["ETag"], 206),
        (date, 206),
        (packed.headers["ETag"], 200),
        ('"other"', 200),
        (f"W/{whole.headers['ETag']}", 200),
        ("Sat, 01 Jan 2000 00:00:00 GMT", 200),
    ):
        answer = client.get(CSV, headers={"Range": "bytes=7-", "If-Range": condition})
        assert answer.status_code == status, condition
        assert answer.data == (whole.data[7:] if status == 206 else whole.data)


@pytest.mark.parametrize("encoding", ["identity", "br", "gzip"])
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_what_a_client_has_is_not_sent_again(
    client: FlaskClient, encoding: str, method: str
) -> None:
    known = client.get(CSV, headers={"Accept-Encoding": encoding})
    for condition in (known.headers["ETag"], f'"x", {known.headers["ETag"]}', "*"):
        headers = {"Accept-Encoding": encoding, "If-None-Match": condition}
        answer = client.open(CSV, method=method, headers=headers)
        assert (answer.status_code, answer.data) == (304, b"")
        assert answer.headers["ETag"] == known.headers["ETag"]
        assert answer.headers["Cache-Control"] == known.headers["Cache-Control"]
        assert "Accept-Encoding" in answer.headers["Vary"]


def test_another_form_or_an_older_one_is_sent(client: FlaskClient) -> None:
    known = client.get(CSV, headers={"Accept-Encoding": "br"}).headers["ETag"]
    for headers in (
        {"If-None-Match": known},
        {"If-None-Match": '"old"'},
        {"If-Modified-Since": "Sat, 01 Jan 2000 00:00:00 GMT"},
        {"If-Modified-Since": "yesterday"},
        {"If-None-Match": '"old"', "If-Modified-Since": "Sat, 01 Jan 2050 00:00:00 GMT"},
    ):
        assert client.get(CSV, headers=headers).status_code == 200, headers


def test_a_date_alone_is_a_condition_too(client: FlaskClient) -> None:
    date = client.get(CSV).headers["Last-Modified"]
    assert client.get(CSV, headers={"If-Modified-Since": date}).status_code == 304


def test_a_range_of_what_a_client_has_is_not_sent_again(client: FlaskClient) -> None:
    tag = client.get(CSV).headers["ETag"]
    answer = client.get(CSV, headers={"Range": "bytes=0-9", "If-None-Match": tag})
    assert answer.status_code == 304


def test_a_condition_that_fails_stops_the_request(client: FlaskClient) -> None:
    tag = client.get(CSV).headers["ETag"]
    assert client.get(CSV, headers={"If-Match": tag}).status_code == 200
    answer = client.get(CSV, headers={"If-Match": '"other"', "Range": "bytes=0-3"})
    assert (answer.status_code, answer.data) == (412, b"")


def test_head_says_the_same_as_get_without_the_bytes(client: FlaskClient, site: Site) -> None:
    for path in list(site.files.files)[::7]:
        for encoding in ("identity", "br"):
            headers = {"Accept-Encoding": encoding}
            got, head = (
                client.get(f"/{path}", headers=headers),
                client.head(f"/{path}", headers=headers),
            )
            assert (head.status_code, head.data) == (200, b"")
            told = [dict(one.headers) for one in (got, head)]
            for one in told:
                one.pop("X-Request-Id", None)
            assert told[0] == told[1]


def test_a_large_file_is_read_from_the_disk_block_by_block(
    site: Site, edition: Edition, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "_LARGEST_IN_MEMORY", 1000)
    monkeypatch.setattr(store, "_BLOCK", 4096)
    files = store.served_files(site.files, site.editions, site.city)
    form = files[ZIP].plain
    assert form.content is None
    blocks = list(form.blocks())
    whole = (site.files.public / ZIP.lstrip("/")).read_bytes()
    assert b"".join(blocks) == whole
    assert max(map(len, blocks)) == 4096
    assert b"".join(form.blocks(5000, 20_000)) == whole[5000:20_000]
    small = files[f"/data/{edition.version}/cities.csv"].packed["br"]
    assert small.content == b"".join(small.blocks())


def test_what_is_held_in_memory_has_an_end(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "_MOST_IN_MEMORY", 300_000)
    files = store.served_files(site.files, site.editions, site.city)
    forms = [form for one in files.values() for form in (one.plain, *one.packed.values())]
    held = {id(form.content): len(form.content) for form in forms if form.content is not None}
    assert 200_000 < sum(held.values()) <= 300_000
    for one in list(files.values())[::40]:
        assert len(b"".join(one.plain.blocks())) == one.plain.size


def test_a_file_that_was_taken_away_is_said_to_be_away_for_a_while(
    site: Site, served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "_MOST_IN_MEMORY", 0)
    files = store.served_files(site.files, site.editions, site.city)
    monkeypatch.setattr(type(files[ZIP].plain), "blocks", away)
    served.client.application.files = files
    answer = served.client.get(ZIP)
    assert answer.status_code == 503
    assert answer.headers["Retry-After"]
    assert served.taken.files == []


def away(*_span: object) -> None:
    raise FileNotFoundError


def test_polars_finds_its_way_in_a_file_that_it_does_not_load_whole(
    server_url: str, edition: Edition
) -> None:
    address = f"{server_url}/data/{edition.version}/observations.parquet"
    found = pl.scan_parquet(address).select("code", "value").collect()
    assert found["code"].to_list() == [one.code for one in edition.observations]
