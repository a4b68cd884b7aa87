"""Who sends too much at once is asked to wait, and nothing about them is stored."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from threading import active_count

import pytest
from flask import Flask, Response
from flask.testing import FlaskClient
from lxml.html import document_fromstring
from werkzeug.test import create_environ, run_wsgi_app

from pages.application import create_app
from pages.context import context_of
from pages.operation.access_log import AccessLog
from pages.operation.metrics import PROXIES_IGNORED
from pages.operation.rate_limit import SweptMemoryStorage, network_of, open_rate_limits
from pages.quiz.service import QuizService
from pages.settings import Settings
from quiz.tokens import Tokens
from tests.conftest import altered, settings_of
from tests.quiz_pages.builders import BROWSER, KEY, Clock, Reader, break_store, choices_of, form_of


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        ("2001:db8:1:2:ffff::", "2001:db8:1:2::"),
        ("", ""),
    ],
)
def test_an_ipv6_network_counts_as_one_sender(address: str, network: str) -> None:
    assert network_of(address) == network


@pytest.fixture
def limited(service: QuizService) -> QuizService:
    """The service with limits of two a minute, for each run as for each client."""
    limit_service(service, starts_per_minute=2, answers_per_minute=2, run_answers_per_minute=0)
    return service


def limit_service(service: QuizService, **limits: int) -> None:
    """Give a service other limits, counted in memory, and questions that are choices."""
    service.bank = choices_of(service.bank)
    opened = open_rate_limits(Flask(__name__), altered(settings_of(), redis_url="", **limits))
    service.starts, service.answers = opened.starts, opened.answers
    service.frame_answers = opened.frame_answers


def test_too_many_answers_at_once_get_429_with_the_choice_kept(
    client: FlaskClient, limited: QuizService, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader = Reader(client, limited, clock)
    reader.start()
    option = reader.item(1).right
    fields = reader.fields(1, option)
    assert [reader.send(1, fields).status_code for _ in range(3)] == [303, 303, 429]
    response = reader.send(1, fields)
    seconds = int(response.headers["Retry-After"])
    assert 0 < seconds <= 60
    assert f"Please wait {seconds} seconds" in response.text
    assert document_fromstring(response.text).xpath("//input[@checked]/@value") == [option]
    now = time.time
    monkeypatch.setattr(time, "time", lambda: now() + seconds)
    assert reader.send(1, fields).status_code == 303


@pytest.fixture
def two_a_run(tmp_path: Path, clock: Clock) -> Iterator[FlaskClient]:
    """A client of an application that takes two answers of a run a minute."""
    url = f"sqlite:///{tmp_path / 'site.db'}"
    settings = altered(
        settings_of(), database_url=url, redis_url="", secret_key=KEY, run_answers_per_minute=2
    )
    server = create_app(settings).server
    service = context_of(server).quiz
    service.bank = choices_of(service.bank)
    service.tokens = Tokens(KEY, clock=clock)
    yield server.test_client()
    service.store.close()


def test_readers_behind_one_address_are_limited_by_run(
    two_a_run: FlaskClient, clock: Clock
) -> None:
    service = context_of(two_a_run.application).quiz
    for reader in [Reader(two_a_run, service, clock) for _ in range(3)]:
        reader.start()
        fields = reader.fields(1, reader.item(1).right)
        assert [reader.send(1, fields).status_code for _ in range(3)] == [303, 303, 429]


def test_an_answer_that_could_not_be_stored_uses_up_no_limit(
    two_a_run: FlaskClient, clock: Clock, tmp_path: Path
) -> None:
    service = context_of(two_a_run.application).quiz
    reader = Reader(two_a_run, service, clock)
    reader.start()
    fields, store = reader.fields(1, reader.item(1).right), service.store
    break_store(service, tmp_path)
    assert [reader.send(1, fields).status_code for _ in range(5)] == [503] * 5
    service.store = store
    assert [reader.send(1, fields).status_code for _ in range(3)] == [303, 303, 429]


def test_a_hall_behind_one_address_is_below_the_limits() -> None:
    limits = Settings()
    people, seconds_per_answer = 500, 10
    assert limits.starts_per_minute >= people
    assert limits.answers_per_minute >= 60 // seconds_per_answer * people
    assert limits.run_answers_per_minute >= 60 // seconds_per_answer


def test_too_many_starts_get_429_with_the_button_still_there(
    client: FlaskClient, limited: QuizService, clock: Clock
) -> None:
    reader = Reader(client, limited, clock, "ru")
    responses = [reader.start() for _ in range(3)]
    assert [response.status_code for response in responses] == [303, 303, 429]
    assert f"Подождите {responses[2].headers['Retry-After']} " in responses[2].text
    assert form_of(document_fromstring(responses[2].text)).fields["token"]


def test_refusals_are_counted_together_when_the_store_is_used_next(
    client: FlaskClient, limited: QuizService, clock: Clock
) -> None:
    reader = Reader(client, limited, clock)
    for _ in range(5):
        reader.start()
    assert not [tally for tally in limited.store.counts() if tally.bucket == "rate_limited"]
    reader.answer(1)
    counts = {tally.bucket: total for tally, total in limited.store.counts().items()}
    assert counts["rate_limited"] == 3


@pytest.mark.parametrize(("proxies", "statuses"), [(0, [303, 303, 429]), (1, [303, 303, 303])])
def test_only_a_trusted_proxy_is_believed(
    tmp_path: Path, proxies: int, statuses: list[int]
) -> None:
    url = f"sqlite:///{tmp_path / 'site.db'}"
    settings = altered(
        settings_of(), database_url=url, trusted_proxies=proxies, starts_per_minute=2, redis_url=""
    )
    server = create_app(settings).server
    client, service = server.test_client(), context_of(server).quiz
    token = form_of(document_fromstring(client.get("/en/quiz/").text)).fields["token"]
    sent = [
        client.post(
            "/en/quiz/",
            data={"token": token},
            headers={**BROWSER, "X-Forwarded-For": f"192.0.2.{number}"},
        ).status_code
        for number in range(3)
    ]
    service.store.close()
    assert sent == statuses


def test_a_proxy_that_nobody_declared_is_warned_of_once(caplog: pytest.LogCaptureFixture) -> None:
    def counted() -> float:
        return next(iter(PROXIES_IGNORED.collect())).samples[0].value

    log = AccessLog(Response(), trusts_proxy=False, encrypted=False)
    before = counted()
    for header in ("X-Forwarded-For", "Forwarded", "Accept"):
        run_wsgi_app(log, create_environ("/healthz", headers={header: "192.0.2.1"}))
    assert counted() == before + 2
    assert [record.name for record in caplog.records if "TRUSTED_PROXIES" in record.message] == [
        "city.request"
    ]


def test_counts_in_memory_are_swept_when_they_are_over_by_no_thread(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    storage = SweptMemoryStorage()
    storage.timer.join()
    now, threads = time.time(), active_count()
    for second, counts in ((0, [1, 2]), (59, [3]), (60, [1, 2]), (121, [1])):
        monkeypatch.setattr(time, "time", lambda second=second: now + second)
        assert [storage.incr("often", 60) for _ in counts] == counts
        assert storage.incr(f"at {second}", 60) == 1
    assert set(storage.storage) == set(storage.expirations) == {"often", "at 121"}
    assert active_count() == threads
