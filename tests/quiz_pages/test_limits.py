"""Who sends too much at once is asked to wait, and nothing about them is stored."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from lxml.html import document_fromstring

from data.models import Edition
from pages.application import create_app
from pages.context import context_of
from pages.operation.limits import TokenBuckets, network_of
from pages.quiz.service import QuizService
from tests.conftest import altered, settings_of
from tests.quiz_pages.builders import BROWSER, Clock, Reader, make_quiz_service


def test_a_full_bucket_lets_a_burst_through_and_then_says_how_long_to_wait() -> None:
    clock = Clock()
    buckets = TokenBuckets(6, clock=clock)
    assert [buckets.seconds_to_wait("a") for _ in range(6)] == [0] * 6
    assert buckets.seconds_to_wait("a") == pytest.approx(10)
    assert buckets.seconds_to_wait("b") == 0
    clock.now += 9
    assert buckets.seconds_to_wait("a") == pytest.approx(1)
    clock.now += 1.001
    assert buckets.seconds_to_wait("a") == 0


@given(st.lists(st.floats(0, 30), max_size=200), st.integers(1, 20))
def test_no_more_pass_than_the_bucket_holds_and_what_flows_in(
    pauses: list[float], per_minute: int
) -> None:
    clock = Clock(0)
    buckets = TokenBuckets(per_minute, clock=clock)
    passed = 0
    for pause in pauses:
        clock.now += pause
        passed += buckets.seconds_to_wait("a") == 0
        assert passed <= per_minute * (1 + clock.now / 60) + 1e-6


def test_only_the_addresses_seen_last_are_remembered() -> None:
    buckets = TokenBuckets(1, most=10, clock=Clock())
    for number in range(1000):
        assert buckets.seconds_to_wait(f"10.0.{number // 256}.{number % 256}") == 0
    assert len(buckets._levels) == 10


def test_no_limit_is_no_limit() -> None:
    buckets = TokenBuckets(0)
    assert {buckets.seconds_to_wait("a") for _ in range(1000)} == {0}
    assert not buckets._levels


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
def limited(service: QuizService, clock: Clock) -> QuizService:
    """The service with limits of two a minute, on a clock that stands."""
    service.starts = TokenBuckets(2, clock=clock)
    service.answers = TokenBuckets(2, clock=clock)
    return service


def test_too_many_answers_at_once_get_429_with_the_choice_kept(
    client: FlaskClient, limited: QuizService, clock: Clock
) -> None:
    reader = Reader(client, limited, clock)
    reader.start()
    option = reader.item(1).right
    fields = reader.fields(1, option)
    assert [reader.send(1, fields).status_code for _ in range(3)] == [303, 303, 429]
    answer = reader.send(1, fields)
    assert answer.headers["Retry-After"] == "30"
    assert "Please wait 30 seconds" in answer.text
    assert document_fromstring(answer.text).xpath("//input[@checked]/@value") == [option]
    clock.now += 30
    assert reader.send(1, fields).status_code == 303


def test_too_many_starts_get_429_with_the_button_still_there(
    client: FlaskClient, limited: QuizService, clock: Clock
) -> None:
    reader = Reader(client, limited, clock, "ru")
    answers = [reader.start() for _ in range(3)]
    assert [one.status_code for one in answers] == [303, 303, 429]
    assert answers[2].headers["Retry-After"] == "30"
    assert "Подождите 30 секунд" in answers[2].text
    assert document_fromstring(answers[2].text).forms[0].fields["token"]


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
        settings_of(), database_url=url, trusted_proxies=proxies, starts_per_minute=2
    )
    server = create_app(settings).server
    client, service = server.test_client(), context_of(server).quiz
    service.starts = TokenBuckets(2, clock=Clock())
    token = document_fromstring(client.get("/en/quiz/").text).forms[0].fields["token"]
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


def test_the_limits_of_the_settings_are_those_of_the_desk(
    edition: Edition, tmp_path: Path, clock: Clock
) -> None:
    service = make_quiz_service(edition, tmp_path, clock, starts_per_minute=1, answers_per_minute=0)
    assert [service.starts.seconds_to_wait("a") > 0 for _ in range(2)] == [False, True]
    assert [service.answers.seconds_to_wait("a") > 0 for _ in range(2)] == [False, False]
