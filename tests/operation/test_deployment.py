"""docs/deployment.md and deploy/: what they say is so, and their commands do what they promise."""

from __future__ import annotations

import configparser
import os
import pwd
import re
import sqlite3
import subprocess
from math import isnan
from pathlib import Path

import pytest
from dash import Dash
from flask.testing import FlaskClient

from pages.context import context_of
from pages.operation import concurrency_limit, gunicorn_options
from pages.operation.health import backup_time
from pages.settings import ROOT, Settings
from pages.site import Site
from quiz.__main__ import main
from quiz.bank import read_bank
from quiz.migration import migrate
from quiz.store import Store
from tests.conftest import BASE_URL, altered
from tests.operation.contents import contents_of
from tests.operation.following import DEPLOYMENT, follow
from tests.quiz.builders import simulate_readers

SYSTEMD = ROOT / "deploy" / "systemd"
STOPS_AND_STARTS = [
    "stop city-indicators.socket city-indicators.service",
    "start city-indicators.socket city-indicators.service",
]

# What the table of the document calls an answer, and the address of one.
KEPT = [
    ("pages", "/en/"),
    ("pages", "/en/quiz/statistics/"),
    ("pictures", "/ru/wheel.svg"),
    ("embeds", "/embed/en/wheel"),
    ("`/api/…`", "/api/v1/cities"),
    ("`/data/{edition}/…`", "/data/2026.1/targets.csv"),
    ("`/assets/…`", "dash_takeover.js"),
    ("`/embed/upgrade.js`", "/embed/upgrade.js"),
    ("`/oembed`", f"/oembed?url={BASE_URL}/en/"),
    ("`/{lang}/quiz/card.png`", "/en/quiz/card.png?score=3"),
    ("`/{lang}/kpi/{slug}.csv`", "/en/kpi/ec-p-em-1c.csv"),
    ("`/catalog.*`", "/catalog.ttl"),
    ("`/data/latest/…`", "/data/latest/targets.csv"),
    ("`/quiz/statistics.*`", "/quiz/statistics.json"),
    ("`/quiz/codebook.*`", "/quiz/codebook.csv"),
    ("`/quiz/catalog.*`", "/quiz/catalog.ttl"),
    ("`/data/downloads.csv`", "/data/downloads.csv"),
    ("start of the quiz", "/en/quiz/"),
    ("errors", "/en/nothing/"),
    ("`/readyz`", "/readyz"),
    ("`/metrics`", "/metrics"),
    ("`/_dash/`", "/_dash/_dash-layout?address=/en/"),
]


@pytest.fixture
def answered(edition: object, tmp_path: Path) -> str:
    """A SQLite database in ``tmp_path`` with the answers of some readers."""
    url = f"sqlite:///{tmp_path / 'site.db'}"
    migrate(url)
    store = Store(url)
    simulate_readers(store, read_bank(edition), 20)
    store.close()
    return url


def test_answers_in_sqlite_come_back_by_following_the_document(
    answered: str, tmp_path: Path
) -> None:
    before = contents_of(answered)
    assert len(before["quiz_answers"]) > 100
    place = {"VAR_FOLDER": str(tmp_path)}
    assert follow("backup-sqlite", tmp_path, **place) == []
    with sqlite3.connect(tmp_path / "site.db") as lost:
        lost.execute("DELETE FROM quiz_answers")
    lost.close()
    assert contents_of(answered) != before
    assert follow("restore-sqlite", tmp_path, **place) == STOPS_AND_STARTS
    assert contents_of(answered) == before


@pytest.mark.usefixtures("answered")
def test_what_is_restored_belongs_to_the_site_whoever_restores_it(tmp_path: Path) -> None:
    # Only root can act for two users; who is no other is the site.
    site = os.geteuid() or pwd.getpwnam("nobody").pw_uid
    for path in (tmp_path, *tmp_path.iterdir()):
        os.chown(path, site, -1)
    follow("backup-sqlite", tmp_path, VAR_FOLDER=str(tmp_path))
    follow("restore-sqlite", tmp_path, VAR_FOLDER=str(tmp_path))
    files = (tmp_path / "site.db", tmp_path / "backup", tmp_path / "backup" / "site.db")
    assert {file.stat().st_uid for file in files} == {site}


def test_the_copy_of_each_night_is_for_sqlite_only() -> None:
    written = (SYSTEMD / "city-indicators-backup.service").read_text("utf-8")
    condition = re.search(r"ExecCondition=/bin/sh -c '(.*)'", written)
    assert condition
    for url, wanted in {"": 0, "sqlite:////x/site.db": 0, "postgresql://db/site": 1}.items():
        ran = subprocess.run(
            ["/bin/sh", "-c", condition[1]], env={"DATABASE_URL": url}, check=False
        )
        assert ran.returncode == wanted, url


def test_the_age_of_the_newest_copy_is_told(tmp_path: Path) -> None:
    settings = Settings(folder=tmp_path)
    assert backup_time(settings) == 0
    (tmp_path / "backup").mkdir()
    for name, time in {"site-1.db": 100.0, "site-2.db": 200.0}.items():
        (tmp_path / "backup" / name).write_bytes(b"")
        os.utime(tmp_path / "backup" / name, (time, time))
    assert backup_time(settings) == 200
    assert isnan(backup_time(altered(settings, database_url="postgresql://db/site")))


def test_a_copy_is_of_one_moment_while_others_write(
    answered: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    writing = sqlite3.connect(tmp_path / "site.db", isolation_level=None)
    before = contents_of(answered)
    writing.execute("BEGIN IMMEDIATE")
    writing.execute("DELETE FROM quiz_answers")
    copy = tmp_path / "copies" / "site.db"
    assert main(["backup", str(copy), answered]) == 0
    writing.execute("ROLLBACK")
    writing.close()
    assert contents_of(f"sqlite:///{copy}") == before
    assert f"{len(before['quiz_answers'])} quiz_answers" in capsys.readouterr().out


@pytest.mark.parametrize("database", ["postgresql://nobody@127.0.0.1:1/none", "sqlite:///none.db"])
def test_what_cannot_be_copied_is_told(
    database: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["backup", str(tmp_path / "copy.db"), database]) == 2
    assert capsys.readouterr().err.startswith("Cannot backup: ")
    assert not (tmp_path / "copy.db").exists()


def test_a_copy_never_overwrites_another(
    answered: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    copy = tmp_path / "copy.db"
    copy.write_text("yesterday's")
    assert main(["backup", str(copy), answered]) == 2
    assert "exists already" in capsys.readouterr().err
    assert copy.read_text() == "yesterday's"


def test_every_file_that_the_document_names_is_there() -> None:
    written = DEPLOYMENT.read_text("utf-8")
    for place in re.findall(r"\]\(([^)#]+)\)", written):
        assert (DEPLOYMENT.parent / place).exists() or "@" in place, place


def test_the_figures_of_the_document_are_those_of_the_code() -> None:
    written = DEPLOYMENT.read_text("utf-8")
    limits = Settings()
    for words in (
        f"{limits.starts_per_minute} starts of the quiz",
        f"{limits.answers_per_minute} answers",
        f"One run of the quiz may send {limits.run_answers_per_minute} answers",
        f"{limits.rooms_per_day} rooms of the quiz a day and try {limits.room_tries_per_day} codes",
        f"{limits.callbacks_per_minute} callbacks",
        f"{limits.oembed_per_minute} questions",
        f"{limits.renders_per_minute} pictures",
        f"{limits.variants_per_minute} documents with parameters",
        f"`Retry-After: {concurrency_limit.RETRY_SECONDS}`",
        f"before {gunicorn_options._KEPT_ALIVE_SECONDS} s",
        f"answered within {gunicorn_options._STOP_SECONDS} s",
    ):
        assert words in written, words


def test_half_of_the_threads_use_the_store(dash_app: Dash) -> None:
    assert Settings().threads == 8
    assert context_of(dash_app.server).quiz.store._pool_size == 4
    assert "four connections where `THREADS` is eight" in DEPLOYMENT.read_text("utf-8")


@pytest.mark.parametrize(("called", "address"), KEPT)
def test_every_answer_may_be_kept_as_long_as_the_document_says(
    client: FlaskClient, site: Site, called: str, address: str
) -> None:
    row = re.compile(r"^\|([^|]+)\| `((?:public|no-store)[^`]*)`", re.MULTILINE)
    table = row.findall(DEPLOYMENT.read_text("utf-8"))
    (wanted,) = [kept for what, kept in table if called in what]
    path = site.around.assets.get(address, address)
    headers = client.get(path, buffered=True).headers
    assert headers["Cache-Control"] == wanted
    assert ("ETag" in headers) or "must-revalidate" not in wanted


def test_an_answer_that_nothing_changed_is_as_small_as_the_document_says(
    client: FlaskClient,
) -> None:
    tag = client.get("/en/").headers["ETag"]
    answer = client.get("/en/", headers={"If-None-Match": tag})
    assert (answer.status_code, answer.data) == (304, b"")
    size = sum(len(f"{name}: {value}\r\n") for name, value in answer.headers)
    assert 700 < size < 1200, "beside the three lines of the server itself"
    assert "304 of about 1 KB" in DEPLOYMENT.read_text("utf-8")


def test_only_the_root_depends_on_the_language_of_the_browser(
    client: FlaskClient, site: Site
) -> None:
    assert "Accept-Language" in client.get("/").headers["Vary"]
    for _, address in KEPT:
        path = site.around.assets.get(address, address)
        vary = client.get(path, buffered=True).headers["Vary"]
        table = address.startswith("/api/")  # JSON, or CSV for those who ask for it.
        assert vary == ("Accept, Accept-Encoding" if table else "Accept-Encoding"), address


@pytest.mark.parametrize("file", sorted(SYSTEMD.iterdir()), ids=lambda file: file.name)
def test_units_of_systemd_are_well_formed(file: Path) -> None:
    unit = configparser.RawConfigParser(strict=False, allow_no_value=False)
    unit.optionxform = str
    unit.read_string(file.read_text("utf-8"))
    assert unit["Unit"]["Description"]
    kind = {".service": "Service", ".socket": "Socket", ".timer": "Timer"}[file.suffix]
    assert len(unit[kind]) > 0


def test_whatever_runs_for_the_site_has_the_same_little_power() -> None:
    def powers(unit: str) -> set[str]:
        lines = (SYSTEMD / unit).read_text("utf-8").splitlines()
        begin = lines.index("# Nothing of the machine that the site does not need.")
        return {line for line in lines[begin:] if "=" in line} - {
            "LimitNOFILE=65536",
            "WantedBy=multi-user.target",
        }

    assert powers("city-indicators-backup.service") == powers("city-indicators.service")


def test_the_service_gives_the_site_time_to_finish_and_no_power_it_does_not_need() -> None:
    written = (SYSTEMD / "city-indicators.service").read_text("utf-8")
    stop = re.search(r"TimeoutStopSec=(\d+)", written)
    assert stop
    assert int(stop[1]) > gunicorn_options._STOP_SECONDS
    for line in ("NoNewPrivileges=yes", "ProtectSystem=strict", "CapabilityBoundingSet=\n"):
        assert line in written
