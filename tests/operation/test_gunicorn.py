"""The processes of the site: how many, how they stop and begin, what outlives one of them."""

from __future__ import annotations

import os
import signal
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event

import pytest
from gunicorn.config import Config

from pages.operation.gunicorn_options import gunicorn_options
from pages.settings import ROOT, Settings, usable_cores
from tests.conftest import altered
from tests.operation.running import Running, rest_of, running, wait_until

pytestmark = pytest.mark.timing

SLOW_HEAD = (
    b"POST /en/quiz/ HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
    b"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 7\r\n\r\n"
)


@pytest.fixture(scope="module")
def restarted(tmp_path_factory: pytest.TempPathFactory) -> object:
    """A site whose processes come and go."""
    with running(tmp_path_factory.mktemp("restarted")) as site:
        yield site


def test_every_option_is_one_of_gunicorns() -> None:
    config = Config()
    for name, value in gunicorn_options(Settings()).items():
        config.set(name, value)
    assert config.preload_app
    assert config.forwarded_allow_ips == []


def test_there_is_one_process_for_each_core_unless_told_otherwise(tmp_path: Path) -> None:
    assert gunicorn_options(Settings())["workers"] == usable_cores()
    assert gunicorn_options(altered(Settings(), workers=7))["workers"] == 7
    quota = tmp_path / "cpu.max"
    for written, most in (("150000 100000\n", 2), ("50000 100000\n", 1), ("max 100000\n", 10_000)):
        quota.write_text(written)
        assert 1 <= usable_cores(quota) <= most
    assert usable_cores(tmp_path / "none") == usable_cores()


@pytest.mark.parametrize(("host", "bound"), [("::1", "[::1]:80"), ("127.0.0.1", "127.0.0.1:80")])
def test_an_address_of_the_sixth_version_stands_in_brackets(host: str, bound: str) -> None:
    assert gunicorn_options(altered(Settings(), host=host, port=80))["bind"] == bound


def test_the_procfile_serves_with_these_options_and_releases_with_checks() -> None:
    lines = dict(
        line.split(": ", 1) for line in (ROOT / "Procfile").read_text("utf-8").splitlines()
    )
    assert lines["web"].endswith(" python app.py")
    for step in ("data check", "quiz check", "quiz migrate"):
        assert f"python -m {step}" in lines["release"]


def test_no_answer_says_which_software_serves(restarted: Running) -> None:
    for url in ("/en/", "/robots.txt", "/en/nothing/", "/_dash/_dash-layout"):
        status, headers, body = restarted.ask(url)
        assert headers["Server"] == "city-indicators", url
        response = f"{headers} {body.decode()}".lower()
        for name in ("gunicorn", "werkzeug", "flask", "python/", "dash_version"):
            assert name not in response, (url, name, status)


def test_the_site_is_warm_before_it_listens(restarted: Running) -> None:
    events = [line["event"] for line in restarted.lines()]
    warmed = next(place for place, event in enumerate(events) if "main pages are ready" in event)
    listens = next(place for place, event in enumerate(events) if event.startswith("Listening at"))
    assert warmed < listens
    before = restarted.figure("city_cache_lookups_total", result="miss")
    for address in ("/ru/", "/en/", "/ru/kpi/", "/en/economy/", "/sitemap.xml"):
        assert restarted.ask(address, Accept_Encoding="br")[0] == 200
    assert restarted.figure("city_cache_lookups_total", result="miss") == before


def test_figures_are_those_of_all_processes_together(restarted: Running) -> None:
    wait_until(lambda: restarted.figure("city_workers") == 2)
    before = restarted.figure("city_requests_total", route="/robots.txt")
    for _ in range(20):
        restarted.ask("/robots.txt")
    assert restarted.figure("city_requests_total", route="/robots.txt") == before + 20


def test_a_killed_process_is_replaced_and_its_counts_stay(restarted: Running) -> None:
    before = restarted.figure("city_requests_total", route="/healthz")
    for _ in range(10):
        restarted.ask("/healthz")
    old = restarted.workers()
    os.kill(min(old), signal.SIGKILL)
    wait_until(lambda: len(restarted.workers() - old) == 1)
    wait_until(lambda: restarted.figure("city_workers") == 2)
    assert restarted.figure("city_requests_total", route="/healthz") == before + 10


def test_no_request_is_cut_when_the_processes_are_renewed(restarted: Running) -> None:
    stop = Event()

    def read(_: int) -> list[int]:
        statuses = []
        while not stop.is_set():
            statuses.append(restarted.ask("/en/")[0])
        return statuses

    old = restarted.workers()
    with ThreadPoolExecutor(6) as readers, restarted.connect(SLOW_HEAD + b"tok") as slow:
        futures = [readers.submit(read, number) for number in range(5)]
        restarted.process.send_signal(signal.SIGHUP)
        wait_until(lambda: restarted.workers() and len(restarted.workers() - old) == 2)
        slow.sendall(b"en=1")
        assert rest_of(slow).startswith(b"HTTP/1.1 400 ")
        wait_until(lambda: not restarted.workers() & old)
        stop.set()
        statuses = [status for future in futures for status in future.result()]
    assert len(statuses) > 10
    assert set(statuses) == {200}


def test_a_request_that_has_begun_is_answered_before_the_site_stops(tmp_path: Path) -> None:
    with running(tmp_path) as site, site.connect(SLOW_HEAD + b"tok") as slow:
        site.ask("/healthz")  # Hence the slow one has been accepted before.
        site.process.send_signal(signal.SIGTERM)
        wait_until(lambda: "Handling signal: term" in [line["event"] for line in site.lines()])
        time.sleep(0.5)
        slow.sendall(b"en=1")
        assert rest_of(slow).startswith(b"HTTP/1.1 400 ")
        # Both processes end their threads and Python: seconds on a machine that does other work.
        assert site.process.wait(60) == 0
    folders = [path.name for path in Path("/dev/shm").glob("city-metrics-*")]  # noqa: S108  # Only read.
    assert not [folder for folder in folders if f"-{site.process.pid}-" in folder]
