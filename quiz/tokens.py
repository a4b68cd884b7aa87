"""Signed start tokens and time stamps, which readers carry along instead of a cookie."""

import hashlib
import hmac
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from itsdangerous import BadData, SignatureExpired, URLSafeSerializer, URLSafeTimedSerializer
from itsdangerous.encoding import base64_encode

from quiz.faults import BadToken, ExpiredToken
from quiz.models import Origin

LIFETIME = timedelta(days=1)
_KEY_LENGTH = 12  # 72 bits; a longer one would make the picture finer.
# itsdangerous lets the second one through for text that no browser sends.
_NOT_SIGNED = (BadData, UnicodeEncodeError)


# The digest that itsdangerous uses anyway; named so, hmac has a way that takes a third of the time.
_DIGEST = {"digest_method": hashlib.sha1}


class _ShortSerializer(URLSafeSerializer):
    """Signs what is too short to become shorter by compression, without an attempt."""

    def dump_payload(self, obj: Any) -> bytes:
        """Return what is signed: JSON in base64."""
        return base64_encode(self.serializer.dumps(obj))


@dataclass(frozen=True, slots=True)
class Ticket:
    """A start token that was read: good for one run.

    ``forget_on`` is the day (UTC) from which on the token has expired for certain, so that
    the store need not remember it any longer.
    """

    nonce: str
    predecessor: str | None
    forget_on: date
    origin: Origin = "site"


@dataclass(frozen=True, slots=True)
class Shown:
    """Token of a question in a frame, read: ``seconds`` since it was shown, and its ticket."""

    key: tuple[str, int]
    seconds: float
    ticket: Ticket


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
        self._starts = URLSafeTimedSerializer(secret_key, "quiz-start", signer_kwargs=_DIGEST)
        self._questions = URLSafeTimedSerializer(secret_key, "quiz-question", signer_kwargs=_DIGEST)
        self._stamps = _ShortSerializer(secret_key, "quiz-shown", signer_kwargs=_DIGEST)
        self._rooms = _ShortSerializer(secret_key, "quiz-room", signer_kwargs=_DIGEST)
        self._lifetime = lifetime
        self._clock = clock

    def start(self, predecessor: str | None = None, origin: Origin = "site") -> str:
        """Return a new token for the form that starts a run.

        ``predecessor`` is the run before, ``origin`` where the reader comes from.
        """
        return str(self._starts.dumps([secrets.token_urlsafe(12), predecessor, origin]))

    def read_start(self, token: str) -> Ticket:
        """Read a start token.

        Raises:
            ExpiredToken: it was signed here, longer ago than its lifetime.
            BadToken: it was not signed here as a start token.
        """
        (nonce, *about), forget_on = self._read(self._starts, token)
        predecessor, origin = _start_of(about)
        return Ticket(nonce, predecessor, forget_on, origin)

    def renewed(self, token: str) -> str:
        """Return a new token for what a start token of any age would have started.

        Where it was not signed here, it starts a run of the site without a predecessor.
        """
        try:
            _, *about = self._starts.loads(token)
        except _NOT_SIGNED:
            return self.start()
        return self.start(*_start_of(about))

    def show(self, key: tuple[str, int], nonce: str) -> str:
        """Sign that a question is shown alone now; a token is good for one answer per nonce."""
        return str(self._questions.dumps([nonce, *key, round(self._clock() * 1000)]))

    def read_shown(self, token: str, question_id: str) -> Shown:
        """Read what ``show`` returned for a question; raises what ``read_start`` does."""
        content, forget_on = self._read(self._questions, token)
        nonce, shown_id, version, milliseconds = content
        if shown_id != question_id:
            raise BadToken("The token belongs to another question")
        ticket = Ticket(nonce, None, forget_on, "embed")
        return Shown((question_id, version), self._clock() - milliseconds / 1000, ticket)

    def _read(self, serializer: URLSafeTimedSerializer, token: str) -> tuple[list[Any], date]:
        """Return what was signed, and the day from which on it has expired for certain."""
        if not token.isascii():  # itsdangerous leaves such letters out and believes the rest.
            raise BadToken("The token was not signed here")
        try:
            content, signed_at = serializer.loads(
                token, max_age=int(self._lifetime.total_seconds()), return_timestamp=True
            )
        except SignatureExpired as error:
            raise ExpiredToken("The token is too old") from error
        except _NOT_SIGNED as error:
            raise BadToken("The token was not signed here") from error
        # One day more, as a day begins at midnight and clocks differ a little.
        return content, (signed_at + self._lifetime).date() + timedelta(days=1)

    def presenter_secret(self, ticket: Ticket) -> str:
        """Return the secret of the room that a ticket opens; the same ticket gives the same one."""
        return str(self._rooms.make_signer(b"quiz-presenter").get_signature(ticket.nonce), "ascii")

    def room_key(self, code: str) -> str:
        """Return what the picture of a room adds to its code, so that it needs no tries."""
        signature = self._rooms.make_signer(b"quiz-join").get_signature(code)
        return str(signature[:_KEY_LENGTH], "ascii")

    def opens_room(self, code: str, key: str) -> bool:
        """Return whether ``room_key`` gave a key for this code."""
        return hmac.compare_digest(self.room_key(code).encode(), key.encode())

    def sign_room(self, code: str) -> str:
        """Return a code as members' browsers ask for the state of its room: no other is guessed."""
        return str(self._rooms.dumps(code))

    def read_room(self, token: str) -> str:
        """Return the code that ``sign_room`` signed; raises ``BadToken``."""
        try:
            return str(self._rooms.loads(token))
        except _NOT_SIGNED as error:
            raise BadToken("The code was not signed here") from error

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


def _start_of(about: list[Any]) -> tuple[str | None, Origin]:
    """Return predecessor and origin; forms from before origins name none."""
    predecessor, origin = (*about, "site")[:2]
    return predecessor, origin


def utc_today() -> date:
    """Return the day it is in UTC."""
    return datetime.now(UTC).date()
