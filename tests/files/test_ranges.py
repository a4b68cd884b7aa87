"""Parts of files, answers that change nothing, and conditions, as RFC 9110 has them."""

from __future__ import annotations

from dataclasses import replace

import polars as pl
import pytest
from flask.testing import FlaskClient

from data.editions import newest_folder
from data.models import Edition
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
    for bytes_range, first, last in ranges(len(whole)):
        answer = client.get(path, headers={"Range": bytes_range, "Accept-Encoding": "br"})
        assert answer.status_code == 206, bytes_range
        assert answer.data == whole[first : last + 1], bytes_range
        assert answer.headers["Content-Range"] == f"bytes {first}-{last}/{len(whole)}"
        assert answer.content_length == last - first + 1
        assert "Content-Encoding" not in answer.headers


@pytest.mark.parametrize("bytes_range", ["bytes=999999999-", "bytes=999999998-999999999"])
def test_a_range_behind_the_end_is_refused_with_the_size(
    client: FlaskClient, bytes_range: str
) -> None:
    size = len(client.get(CSV).data)
    answer = client.get(CSV, headers={"Range": bytes_range})
    assert answer.status_code == 416
    assert answer.headers["Content-Range"] == f"bytes */{size}"
    assert answer.data == b""


@pytest.mark.parametrize(
    "bytes_range",
    ["bytes=0-1,5-6", "lines=1-2", "bytes=b-a", "bytes=5-1", "bytes", "=", "bytes=--1"],
)
def test_a_range_that_is_not_understood_gets_the_whole(
    client: FlaskClient, bytes_range: str
) -> None:
    answer = client.get(CSV, headers={"Range": bytes_range})
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
    whole = client.get(CSV, headers={"Accept-Encoding": encoding})
    for condition in (whole.headers["ETag"], f'"x", {whole.headers["ETag"]}', "*"):
        headers = {"Accept-Encoding": encoding, "If-None-Match": condition}
        answer = client.open(CSV, method=method, headers=headers)
        assert (answer.status_code, answer.data) == (304, b"")
        assert answer.headers["ETag"] == whole.headers["ETag"]
        assert answer.headers["Cache-Control"] == whole.headers["Cache-Control"]
        assert "Accept-Encoding" in answer.headers["Vary"]


def test_another_form_or_an_older_one_is_sent(client: FlaskClient) -> None:
    etag = client.get(CSV, headers={"Accept-Encoding": "br"}).headers["ETag"]
    for headers in (
        {"If-None-Match": etag},
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
            responses = [dict(response.headers) for response in (got, head)]
            for fields in responses:
                fields.pop("X-Request-Id", None)
                fields.pop("Date", None)
            assert responses[0] == responses[1]


def test_a_file_that_was_taken_away_is_said_to_be_away_for_a_while(served: Served) -> None:
    variant = served.files[ZIP].variants[""]
    gone = replace(variant, path=variant.path.with_name("gone.zip"))
    served.files[ZIP] = replace(served.files[ZIP], variants={"": gone})
    response = served.client.get(ZIP)
    assert response.status_code == 503
    assert response.headers["Retry-After"]
    assert served.downloads.files == []


def test_polars_finds_its_way_in_a_file_that_it_does_not_load_whole(
    server_url: str, edition: Edition
) -> None:
    address = f"{server_url}/data/{edition.version}/observations.parquet"
    frame = pl.scan_parquet(address).select("code", "value").collect()
    assert frame["code"].to_list() == [observation.code for observation in edition.observations]
