"""Signed start tokens and time stamps, which readers carry along instead of a cookie."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from itsdangerous import BadData, SignatureExpired, URLSafeSerializer, URLSafeTimedSerializer

from quiz.faults import BadToken, ExpiredToken

LIFETIME = timedelta(days=1)
# itsdangerous lets the second one through for text that no browser sends.
_NOT_SIGNED = (BadData, UnicodeEncodeError)


@dataclass(frozen=True, slots=True)
class Ticket:
    """A start token that was read: good for one run.

    ``forget_on`` is the day (UTC) from which on the token has expired for certain, so that
    the store need not remember it any longer.
    """

    nonce: str
    predecessor: str | None
    forget_on: date


class Tokens:
    """Signs and reads; keeps nothing. That a token serves once is up to the store.

    ``clock`` gives seconds since 1970, for the stamps; start tokens use the system's clock.
    """

    def __init__(
        self,
        secret_key: str,
        lifetime: timedelta = LIFETIME,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._starts = URLSafeTimedSerializer(secret_key, salt="quiz-start")
        self._stamps = URLSafeSerializer(secret_key, salt="quiz-shown")
        self._lifetime = lifetime
        self._clock = clock

    def start(self, predecessor: str | None = None) -> str:
        """Return a new token for the form that starts a run; ``predecessor`` is the run before."""
        return str(self._starts.dumps([secrets.token_urlsafe(12), predecessor]))

    def read_start(self, token: str) -> Ticket:
        """Read a start token.

        Raises:
            ExpiredToken: it was signed here, longer ago than its lifetime.
            BadToken: it was not signed here as a start token.
        """
        if not token.isascii():  # itsdangerous leaves such letters out and believes the rest.
            raise BadToken("The start token was not signed here")
        try:
            content, signed_at = self._starts.loads(
                token, max_age=int(self._lifetime.total_seconds()), return_timestamp=True
            )
        except SignatureExpired as error:
            raise ExpiredToken("The start token is too old") from error
        except _NOT_SIGNED as error:
            raise BadToken("The start token was not signed here") from error
        nonce, predecessor = content
        # One day more, as a day begins at midnight and clocks differ a little.
        forget_on = (signed_at + self._lifetime).date() + timedelta(days=1)
        return Ticket(nonce, predecessor, forget_on)

    def predecessor(self, token: str) -> str | None:
        """Return the run that a token of any age follows, so that a form shown again keeps it.

        None where it follows none or was not signed here.
        """
        try:
            _, predecessor = self._starts.loads(token)
        except _NOT_SIGNED:
            return None
        return str(predecessor) if predecessor else None

    def stamp(self, run_id: str, position: int) -> str:
        """Sign that a question of a run is shown now."""
        return str(self._stamps.dumps([run_id, position, round(self._clock() * 1000)]))

    def seconds_shown(self, stamp: str, run_id: str, position: int) -> float:
        """Return the seconds since the question was shown, in milliseconds' steps.

        Raises ``BadToken`` unless the stamp was signed here for this run and position.
        """
        try:
            stamped_run, stamped_position, milliseconds = self._stamps.loads(stamp)
        except _NOT_SIGNED as error:
            raise BadToken("The time stamp was not signed here") from error
        if (stamped_run, stamped_position) != (run_id, position):
            raise BadToken("The time stamp belongs to another question")
        return float(self._clock() - milliseconds / 1000)


def utc_today() -> date:
    """Return the day it is in UTC."""
    return datetime.now(UTC).date()
