"""A download is counted once, when its last byte was sent, to a reader; nothing else is."""

from __future__ import annotations

import csv
import io
from collections import Counter

import pytest
from crawleruseragents import CRAWLER_USER_AGENTS_DATA
from werkzeug.test import Client, create_environ

from data.editions import newest_folder
from pages.files.bots import is_bot
from pages.files.routes import COUNT_COLUMNS, counts_csv
from pages.files.server import FileServer
from pages.site import Site
from quiz.counters import Download
from tests.files.conftest import Served, nothing_else

EDITION = newest_folder().name
CSV = f"/data/{EDITION}/observations.csv"
ZIP = f"/data/{EDITION}/all.zip"
READERS = (
    "",
    (
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
        "Chrome/140.0.0.0 Safari/537.36"
    ),
    "Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0",
    (
        "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 "
        "(KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1"
    ),
    "Python-urllib/3.13",
    "python-requests/2.32.5",
    "curl/8.14.1",
    "Wget/1.25.0",
    "libcurl/8.5.0 r-curl/5.2.1 httr/1.4.7",
    "R (4.5.1 x86_64-pc-linux-gnu x86_64 linux-gnu)",
    "Microsoft.Data.Mashup (https://go.microsoft.com/fwlink/?LinkID=304225)",
    "Mozilla/5.0 (compatible; GoogleDocs; apps-spreadsheets; +http://docs.google.com)",
    "Go-http-client/2.0",
)
ROBOTS = (
    "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
    "Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)",
    "Mozilla/5.0 (compatible; YandexBot/3.0; +http://yandex.com/bots)",
    (
        "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; GPTBot/1.2; "
        "+https://openai.com/gptbot)"
    ),
    "Mozilla/5.0 (compatible; AhrefsBot/7.0; +http://ahrefs.com/robot/)",
    "Scrapy/2.13 (+https://scrapy.org)",
    (
        "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) "
        "HeadlessChrome/140.0.0.0 Safari/537.36"
    ),
)


@pytest.mark.parametrize("encoding", ["", "br", "gzip"])
def test_a_whole_file_is_counted_once(served: Served, encoding: str) -> None:
    for path in (CSV, ZIP, CSV, "/ru/kpi/ec-p-em-1c.csv"):
        headers = {"Accept-Encoding": encoding, "User-Agent": "somebody"}
        assert served.client.get(path, headers=headers).data
    assert [f"/{file}" for file in served.downloads.files] == [
        CSV,
        ZIP,
        CSV,
        "/ru/kpi/ec-p-em-1c.csv",
    ]
    assert set(served.downloads.user_agents) == {"somebody"}


def test_only_a_range_that_is_the_whole_file_is_counted(served: Served) -> None:
    size = len(served.client.get(CSV).data)
    served.downloads.files.clear()
    for start in range(0, size, 10_000):
        answer = served.client.get(CSV, headers={"Range": f"bytes={start}-{start + 9_999}"})
        assert answer.status_code == 206
        assert answer.data
    for part in ("0-0", "0-0", "0-0", "-10", f"{size}-", f"0-{size - 2}"):
        served.client.get(CSV, headers={"Range": f"bytes={part}"})
    assert served.downloads.files == []
    for whole in ("0-", f"0-{size - 1}", f"0-{2 * size}", f"-{size}"):
        assert len(served.client.get(CSV, headers={"Range": f"bytes={whole}"}).data) == size
    assert served.downloads.files == [CSV.lstrip("/")] * 4


def test_nothing_but_a_sent_file_is_counted(served: Served) -> None:
    tag = served.client.head(CSV).headers["ETag"]
    answers = [
        served.client.head(ZIP),
        served.client.head(CSV, headers={"Range": "bytes=0-5"}),
        served.client.get(CSV, headers={"If-None-Match": tag}),
        served.client.get(CSV, headers={"If-Match": '"x"'}),
        served.client.post(CSV),
        served.client.options(CSV),
        served.client.get("/data/2000.1/observations.csv"),
    ]
    assert [answer.status_code for answer in answers] == [200, 200, 304, 412, 405, 204, 404]
    assert {answer.data for answer in answers if answer.status_code != 405} == {b""}
    assert served.downloads.files == []


def test_a_reader_who_hangs_up_is_not_counted(served: Served) -> None:
    environ = create_environ(ZIP)
    server = served.client.application
    blocks = iter(server(environ, lambda *_: None))
    assert next(blocks)
    blocks.close()
    assert served.downloads.files == []


@pytest.mark.parametrize("fields", [{}, {"Accept-Encoding": "br"}, {"If-None-Match": '"x"'}])
def test_a_large_file_is_handed_to_the_proxy_and_counted_once(
    served: Served, site: Site, fields: dict[str, str]
) -> None:
    folder = site.files.public.parents[1]
    server = FileServer(nothing_else, served.files, served.downloads, "/_files/", folder)
    response = Client(server).get(ZIP, headers=fields)
    assert (response.status_code, response.data) == (200, b"")
    location = response.headers["X-Accel-Redirect"]
    assert location.startswith("/_files/")
    assert (folder / location.removeprefix("/_files/")).samefile(site.files.public / ZIP[1:])
    direct = served.client.head(ZIP).headers
    for name in ("Content-Type", "Content-Disposition", "ETag", "Last-Modified", "Cache-Control"):
        assert response.headers[name] == direct[name]
    assert served.downloads.files == [ZIP[1:]]


def test_the_application_answers_what_is_small_a_part_or_not_to_be_sent(
    served: Served, site: Site
) -> None:
    folder = site.files.public.parents[1]
    client = Client(FileServer(nothing_else, served.files, served.downloads, "/_files/", folder))
    tag = client.head(ZIP).headers["ETag"]
    responses = [
        client.head(ZIP),
        client.get(ZIP, headers={"If-None-Match": tag}),
        client.get(ZIP, headers={"Range": "bytes=0-9"}),
        client.get(CSV),
    ]
    assert [response.status_code for response in responses] == [200, 304, 206, 200]
    assert [bool(response.data) for response in responses] == [False, False, True, True]
    assert not any("X-Accel-Redirect" in response.headers for response in responses)
    assert served.downloads.files == [CSV[1:]]


def test_whoever_asks_again_after_the_end_is_not_counted_twice(served: Served) -> None:
    blocks = iter(served.client.application(create_environ(CSV), lambda *_: None))
    assert len(b"".join(blocks)) > 100_000
    assert list(blocks) == []
    assert served.downloads.files == [CSV.lstrip("/")]


def test_a_download_does_not_notice_that_counting_fails(
    served: Served, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_told: object) -> None:
        raise RuntimeError

    client = Client(FileServer(nothing_else, served.files, fail))
    assert len(client.get(CSV).data) == served.files[CSV].variants[""].size
    assert "was not counted" in caplog.text


@pytest.mark.parametrize("user_agent", READERS)
def test_readers_and_their_programs_are_no_robots(user_agent: str) -> None:
    assert not is_bot(user_agent)


@pytest.mark.parametrize("user_agent", ROBOTS)
def test_known_robots_are_told_apart(user_agent: str) -> None:
    assert is_bot(user_agent)


def test_the_list_of_robots_is_known_nearly_whole() -> None:
    bots = [is_bot(name) for entry in CRAWLER_USER_AGENTS_DATA for name in entry["instances"][:1]]
    assert sum(bots) > 0.95 * len(bots)


def test_a_user_agent_of_any_length_costs_little(served: Served) -> None:
    assert not is_bot("x" * 100_000)
    assert served.client.get(CSV, headers={"User-Agent": "(" * 7000}).data


def test_the_columns_of_the_counts_are_the_documented_ones() -> None:
    counted = {
        Download("2026-11", f"data/{EDITION}/all.zip", EDITION): 2,
        Download("2026-11", f"data/{EDITION}/cities.ru-excel.csv", EDITION): 1,
        Download("2026-12", "en/kpi/ec-p-em-1c.json", EDITION): 10**6,
    }
    rows = list(csv.DictReader(io.StringIO(counts_csv(counted))))
    assert tuple(rows[0]) == COUNT_COLUMNS
    assert [tuple(row.values()) for row in rows] == [
        ("2026-11", f"data/{EDITION}/all.zip", EDITION, "zip", "", "2"),
        ("2026-11", f"data/{EDITION}/cities.ru-excel.csv", EDITION, "ru-excel.csv", "", "1"),
        ("2026-12", "en/kpi/ec-p-em-1c.json", EDITION, "json", "en", "1000000"),
    ]
    assert Counter(row["month"] for row in rows) == {"2026-11": 2, "2026-12": 1}
