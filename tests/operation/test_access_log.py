"""Logs and request ids: what happened can be found again, who asked cannot."""

from __future__ import annotations

import io
import json
import logging
import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from lxml.html import document_fromstring

from pages.operation import logs
from pages.operation.access_log import REQUEST_ID, pattern_of
from pages.settings import Settings
from tests.conftest import altered, client_with
from tests.operation.running import Running, running
from tests.quiz_pages.builders import BROWSER, Reader

FIELDS = {
    "time", "level", "event", "request_id", "method", "route", "status", "milliseconds", "bytes",
    "language",
}  # fmt: skip
FAULTS = ("/{}/nothing/", "/{}/?as_of=1", "/{}/kpi/?level=x", "/{}/quiz/aaaaaaaaaaaaaaaaaaaaaa/1/")


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> Iterator[io.StringIO]:
    """What is logged during a test, in the form of production."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    output = io.StringIO()
    monkeypatch.setattr("sys.stdout", output)
    logs.configure_logs(altered(Settings(), log_format="json"))
    yield output
    logging.captureWarnings(False)
    root.handlers[:] = handlers
    root.setLevel(level)


def requests_in(output: io.StringIO) -> list[dict[str, object]]:
    lines = [json.loads(line) for line in output.getvalue().splitlines()]
    return [line for line in lines if line["event"] == "request"]


def test_a_request_is_one_line_with_these_fields(client: FlaskClient, written: io.StringIO) -> None:
    answer = client.get("/ru/kpi/?q=secret+words")
    (line,) = requests_in(written)
    assert set(line) == FIELDS
    assert line["route"] == "/{language}/kpi/"
    assert (line["method"], line["status"], line["language"]) == ("GET", 200, "ru")
    assert line["bytes"] == len(answer.data)
    assert line["request_id"] == answer.headers[REQUEST_ID]
    assert datetime.fromisoformat(str(line["time"])).utcoffset() == timedelta(0)
    assert float(str(line["milliseconds"])) >= 0


@pytest.mark.parametrize(
    ("address", "route"),
    [
        ("/en/", "/{language}/"),
        ("/en/kpi/ec-ict-ict-1c/", "/{language}/kpi/{slug}/"),
        ("/en/wheel.svg", "/{language}/{name}.{form}"),
        ("/nobody/knows/this", "unknown"),
        ("/en/nothing/" + "x" * 50, "unknown"),
        ("/data/2026.1/targets.csv", "file"),
        ("/healthz", "/healthz"),
    ],
)
def test_a_line_names_the_pattern_of_an_address_never_the_address(
    client: FlaskClient, written: io.StringIO, address: str, route: str
) -> None:
    client.get(address)
    assert requests_in(written)[0]["route"] == route


def test_rules_are_written_as_the_contract_of_addresses_writes_them() -> None:
    rule = '/<any(en,ru):language>/<any("wheel","x:y"):name>.<any(svg,png):form>/<run>'
    assert pattern_of(rule) == "/{language}/{name}.{form}/{run}"


def test_nothing_of_the_reader_is_written_down(reader: Reader, written: io.StringIO) -> None:
    reader.see(1)
    headers = {
        "User-Agent": "Reader's own browser",
        "Referer": "https://example.org/private",
        "X-Forwarded-For": "192.0.2.77",
        "Cookie": "session=private",
        **BROWSER,
    }
    fields = reader.fields(1, reader.item(1).right)
    reader.client.post(reader.address(1), data=fields, headers=headers)
    reader.client.get(f"{reader.address(1)}?name=private", headers=headers)
    log = written.getvalue()
    assert "/{language}/quiz/{run}/" in log
    for private in (
        reader.run_id,
        fields["stamp"],
        "127.0.0.1",
        "192.0.2.77",
        "private",
        "browser",
    ):
        assert private not in log, private


@pytest.mark.parametrize(
    "words",
    [
        "cannot read /en/quiz/K3Jx_-9aBcDeFgHiJkLmNo/3/",
        "Key (run_id, position)=(K3Jx_-9aBcDeFgHiJkLmNo, 1) already exists",
        "token eyJhIjoxfQabcdef.aSxQ1w.AbCdEfGhIjKlMnOpQrStUvWxYz1 is old",
        "GET /en/kpi/?q=private",
    ],
)
def test_runs_tokens_and_queries_are_taken_out_of_every_text(words: str) -> None:
    event = str(logs.hide_readers(None, "", {"event": words})["event"])
    for private in ("K3Jx_-9aBcDeFgHiJkLmNo", "AbCdEfGh", "private"):
        assert private not in event
    assert event[:4] == words[:4]


@pytest.mark.parametrize("form", ["json", "text"])
def test_failures_and_nested_values_are_cleaned_in_both_forms(
    monkeypatch: pytest.MonkeyPatch, form: str
) -> None:
    root = logging.getLogger()
    handlers, level, output = root.handlers[:], root.level, io.StringIO()
    monkeypatch.setattr("sys.stdout", output)
    logs.configure_logs(altered(Settings(), log_format=form))
    log = logging.getLogger("site")
    run, query = "K3Jx_-9aBcDeFgHiJkLmNo", "/en/kpi/?q=private"
    try:
        int(f"cannot read {run} at {query}")
    except ValueError as fault:
        log.exception("the lamp is out", extra={"fault": fault})
        log.warning("at %s", {"run": [run]}, extra={"told": {"runs": [run, (query,)], run: 1}})
    logging.captureWarnings(False)
    root.handlers[:] = handlers
    root.setLevel(level)
    log_text = output.getvalue()
    assert "ValueError" in log_text
    assert "test_failures_and_nested_values" in log_text, "the way there is told"
    for private in ("K3Jx", "private"):
        assert private not in log_text


def test_an_unexpected_failure_is_logged_with_its_cause_and_its_request(
    client: FlaskClient, written: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("the lamp is out")

    monkeypatch.setattr("pages.serving.read_parameters", fail)
    answer = client.get("/en/")
    assert answer.status_code == 503
    lines = [json.loads(line) for line in written.getvalue().splitlines()]
    failure = next(line for line in lines if line["level"] == "error")
    assert "the lamp is out" in failure["exception"]
    assert failure["request_id"] == answer.headers[REQUEST_ID]
    assert "the lamp" not in answer.text


def test_people_at_a_terminal_get_words(monkeypatch: pytest.MonkeyPatch) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    root = logging.getLogger()
    handlers, level, output = root.handlers[:], root.level, Terminal()
    monkeypatch.setattr("sys.stdout", output)
    logs.configure_logs(Settings())
    logging.getLogger("site").warning("the %s is out", "lamp")
    logging.captureWarnings(False)
    root.handlers[:] = handlers
    root.setLevel(level)
    assert "the lamp is out" in output.getvalue()
    assert not output.getvalue().startswith("{")


@pytest.mark.parametrize("address", FAULTS)
def test_an_error_page_shows_the_id_of_its_request(
    client: FlaskClient, language: str, address: str
) -> None:
    for _ in range(2):
        answer = client.get(address.format(language))
        assert answer.status_code >= 400
        ids = document_fromstring(answer.text).xpath("//*[@class='request-id']/code/text()")
        assert ids == [answer.headers[REQUEST_ID]]


def test_every_answer_has_an_id_of_its_own(client: FlaskClient) -> None:
    addresses = ("/en/", "/en/", "/robots.txt", "/en/nothing/", "/data/latest/targets.csv", "/ru")
    ids = [client.get(address).headers[REQUEST_ID] for address in addresses]
    assert len(set(ids)) == len(addresses)
    assert all(re.fullmatch("[0-9a-f]{16}", id_) for id_ in ids)


@pytest.mark.parametrize(
    ("proxies", "brought", "accepted"),
    [
        (0, "given-by-nobody", False),
        (1, "given-by-the-proxy", True),
        (1, "short", False),
        (1, "x" * 65, False),
        (1, "with space in it", False),
        (1, 'quote"d-and-long', False),
    ],
)
def test_only_a_trusted_proxy_may_bring_an_id_and_only_a_plain_one(
    proxies: int, brought: str, accepted: bool
) -> None:
    client = client_with(TRUSTED_PROXIES=str(proxies))
    answer = client.get("/healthz", headers={REQUEST_ID: brought})
    assert (answer.headers[REQUEST_ID] == brought) is accepted


def test_the_server_writes_nothing_but_lines_of_json(served: Running, tmp_path: Path) -> None:
    served.ask("/en/")
    served.exchange(b"\x00\x00\r\n\r\n")
    lines = served.lines()
    assert "request" in {line["event"] for line in lines}
    refused = [line["event"] for line in lines if "Invalid request" in line["event"]]
    assert refused
    assert "127.0.0.1" not in str(refused)
    with running(tmp_path, LOG_LEVEL="warning", CONTACT="us@example.org") as quiet:
        quiet.ask("/en/")
        assert quiet.lines() == []
