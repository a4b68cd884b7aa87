"""The site as it really runs: two processes, many clients, an orderly stop, nothing miscounted."""

from __future__ import annotations

import http.client
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from data.editions import newest_folder
from quiz.store import Store
from tests.operation.running import running

pytestmark = pytest.mark.timing

DATA = f"data/{newest_folder().name}"
CSV, ZIP = f"{DATA}/observations.csv", f"{DATA}/all.zip"
CLIENTS, TURNS = 8, 8
# Whole files on both ways through the server, and parts that do not begin a file.
HEADERS: tuple[dict[str, str], ...] = (
    {"Accept-Encoding": "br"},
    {},
    {"If-None-Match": '"x"'},
    {"Range": "bytes=5-9"},
)


def take(port: int) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    for turn in range(TURNS):
        headers = HEADERS[turn % 4]
        connection.request("GET", f"/{ZIP if turn % 2 else CSV}", headers=headers)
        answer = connection.getresponse()
        assert answer.status == (206 if "Range" in headers else 200)
        assert len(answer.read()) == int(answer.headers["Content-Length"])
    connection.close()


def test_every_whole_download_of_two_processes_is_counted_and_no_other(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'counted.db'}"
    with running(tmp_path, DATABASE_URL=url) as site, ThreadPoolExecutor(CLIENTS) as pool:
        for future in [pool.submit(take, site.port) for _ in range(CLIENTS)]:
            future.result()
    assert site.process.returncode == 0
    store = Store(url)
    counted = {download.file: total for download, total in store.downloads().items()}
    store.close()
    assert counted == {CSV: CLIENTS * TURNS // 2, ZIP: CLIENTS * TURNS // 4}
