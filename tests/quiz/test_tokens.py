"""Signed start tokens and time stamps."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from quiz.faults import BadToken, ExpiredToken, TokenFault
from quiz.tokens import LIFETIME, Tokens


def tokens(**changes: object) -> Tokens:
    return Tokens("a secret", **changes)


def test_a_token_is_read_as_it_was_signed() -> None:
    ticket = tokens().read_start(tokens().start("the run before"))
    assert ticket.predecessor == "the run before"
    assert tokens().read_start(tokens().start()).predecessor is None


def test_no_two_tokens_are_the_same() -> None:
    signed = [tokens().start() for _ in range(50)]
    assert len({tokens().read_start(token).nonce for token in signed}) == 50


def test_a_token_can_be_forgotten_only_after_it_has_expired() -> None:
    ticket = tokens().read_start(tokens().start())
    expires = datetime.now(UTC) + LIFETIME
    assert ticket.forget_on > expires.date()
    assert ticket.forget_on <= expires.date() + timedelta(days=2)


def test_a_token_of_any_age_is_renewed_and_a_foreign_one_starts_from_nothing() -> None:
    late = tokens(lifetime=timedelta(seconds=-1))
    foreign = Tokens("another secret").start("the run before", "embed")
    renewed = {
        late.start("the run before", "embed"): ("the run before", "embed"),
        late.start(): (None, "site"),
        foreign: (None, "site"),
    }
    for token, about in renewed.items():
        ticket = tokens().read_start(late.renewed(token))
        assert (ticket.predecessor, ticket.origin) == about


def test_letters_that_no_token_has_are_not_left_out() -> None:
    with pytest.raises(BadToken):
        tokens().read_start(tokens().start() + "é")


def test_an_old_token_has_expired() -> None:
    late = tokens(lifetime=timedelta(seconds=-1))
    with pytest.raises(ExpiredToken):
        late.read_start(late.start())


TAMPERINGS: dict[str, Callable[[str], str]] = {
    "shorter": lambda token: token[:-1],
    "longer": lambda token: "x" + token,
    "other case": str.swapcase,
    "twice": lambda token: token * 2,
}
NONSENSE = ["", ".", "..", "a.b.c", "\0", "Ж" * 100, "\ud800", "x" * 100_000]


@pytest.mark.parametrize("tampering", TAMPERINGS)
def test_a_tampered_token_is_refused(tampering: str) -> None:
    change = TAMPERINGS[tampering]
    with pytest.raises(BadToken):
        tokens().read_start(change(tokens().start()))
    with pytest.raises(BadToken):
        tokens().seconds_shown(change(tokens().stamp("run", 1)), "run", 1)


@pytest.mark.parametrize("token", NONSENSE, ids=range(len(NONSENSE)))
def test_nonsense_is_refused(token: str) -> None:
    with pytest.raises(BadToken):
        tokens().read_start(token)
    with pytest.raises(BadToken):
        tokens().seconds_shown(token, "run", 1)


def test_a_token_signed_with_another_key_is_refused() -> None:
    with pytest.raises(BadToken):
        tokens().read_start(Tokens("another secret").start())


def test_a_stamp_is_no_token_and_a_token_is_no_stamp() -> None:
    with pytest.raises(BadToken):
        tokens().read_start(tokens().stamp("run", 1))
    with pytest.raises(BadToken):
        tokens().seconds_shown(tokens().start(), "run", 1)


def test_a_stamp_tells_how_long_the_question_was_shown() -> None:
    now = 1_800_000_000.0
    signer = tokens(clock=lambda: now)
    stamp = signer.stamp("run", 3)
    now += 12.345
    assert signer.seconds_shown(stamp, "run", 3) == pytest.approx(12.345, abs=0.001)


@pytest.mark.parametrize(("run", "position"), [("other", 3), ("run", 4)])
def test_a_stamp_of_another_question_is_refused(run: str, position: int) -> None:
    stamp = tokens().stamp("run", 3)
    with pytest.raises(BadToken):
        tokens().seconds_shown(stamp, run, position)


def test_every_fault_of_a_token_is_one_kind() -> None:
    assert issubclass(BadToken, TokenFault)
    assert issubclass(ExpiredToken, TokenFault)
