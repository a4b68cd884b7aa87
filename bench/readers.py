"""Readers who take the quiz as browsers with scripts do, each on a connection of its own."""

from __future__ import annotations

import asyncio
import json
import re
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple
from urllib.parse import urlencode

import brotli

OPTION = re.compile(r'<input[^>]*type="(?:radio|range)"[^>]*>')
QUESTIONS = 10
# How often a reader sends again what a broken connection left without an answer.
_MOST_TRIES = 200
_PAUSE = 0.05
_LENGTH = re.compile(rb"\r\ncontent-length: *([0-9]+)", re.IGNORECASE)
_PLACE = re.compile(rb"\r\nlocation: *([^\r]+)", re.IGNORECASE)
_END = b"\r\n\r\n"
_WATCHED = re.compile(r'<[^>]* data-watch="[^>]*>')
_CODE = re.compile(r'class="q-code">([^<]+)<')
# How often phones ask for the state of a room, and within how many seconds members answer.
_POLL_SECONDS, _ANSWER_SECONDS = 3.0, 5.0


class Response(NamedTuple):
    """A response: status, text, and the path of a redirect."""

    status: int
    text: str
    place: str


@dataclass
class Outcome:
    """Responses that all readers got; an answer is acknowledged by its page."""

    acknowledged: list[tuple[str, int]] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)
    refused: int = 0
    finished: int = 0
    polls: list[float] = field(default_factory=list)

    def milliseconds(self, share: float) -> float:
        """Milliseconds that this share of the answers took at most."""
        return self._most(self.seconds, share)

    def poll_milliseconds(self, share: float) -> float:
        """Milliseconds that this share of the questions for a room's state took at most."""
        return self._most(self.polls, share)

    @staticmethod
    def _most(seconds: list[float], share: float) -> float:
        waits = sorted(seconds)
        return 1000 * waits[min(len(waits) - 1, int(len(waits) * share))]


class Reader:
    """One reader, who waits ``pause`` seconds before each answer."""

    def __init__(self, port: int, outcome: Outcome, pause: float = 0.0) -> None:
        """Connect at the first request."""
        self._port = port
        self._outcome = outcome
        self._pause = pause
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def take_run(self) -> None:
        """Start a run, answer its questions with the first option, and see the result."""
        page = await self.ask("GET", "/en/quiz/")
        start = await self.ask("POST", "/en/quiz/", hidden_fields(page.text))
        if start.status != 303:
            return
        run = start.place.split("/")[3]
        page = await self.ask("GET", start.place)
        for position in range(1, QUESTIONS + 1):
            await asyncio.sleep(self._pause)
            await self.answer(run, position, page.text)
            place = str(position + 1) if position < QUESTIONS else "result"
            page = await self.ask("GET", f"/en/quiz/{run}/{place}/", by_script=True)
        self._outcome.finished += page.status == 200

    async def take_room(self, code: str, delay: float) -> None:
        """Join a led room and answer each question ``delay`` seconds after it has opened."""
        page = await self.ask("GET", f"/en/quiz/join/{code}/")
        start = await self.ask("POST", f"/en/quiz/join/{code}/", hidden_fields(page.text))
        run = start.place.split("/")[3]
        for position in range(1, QUESTIONS + 1):
            address = f"/en/quiz/{run}/{position}/"
            page = await self.ask("GET", address, by_script=True)
            while not OPTION.search(page.text):
                await self._watch(page.text)
                page = await self.ask("GET", address, by_script=True)
            await asyncio.sleep(delay)
            await self.answer(run, position, page.text)
        await self._watch((await self.ask("GET", address, by_script=True)).text)
        page = await self.ask("GET", f"/en/quiz/{run}/result/", by_script=True)
        self._outcome.finished += page.status == 200

    async def _watch(self, page: str) -> None:
        """Ask for the state of the room until it has left the step of a page."""
        watched = _WATCHED.search(page)
        while watched:
            await asyncio.sleep(_POLL_SECONDS)
            begun = time.perf_counter()
            state = await self.ask("GET", attribute(watched[0], "data-watch"))
            self._outcome.polls.append(time.perf_counter() - begun)
            step = int(attribute(watched[0], "data-at"))
            if state.status == 200 and json.loads(state.text)["step"] != step:
                return

    async def present(self) -> str:
        """Open a led room; return the address of its presenter."""
        page = await self.ask("GET", "/en/quiz/")
        form = {**hidden_fields(page.text), "pace": "led"}
        return (await self.ask("POST", "/en/quiz/rooms/", form)).place

    async def answer(self, run: str, position: int, page: str) -> None:
        """Send the form of a question as it stands, with its first option."""
        field = OPTION.search(page)
        if field is None:
            return
        form = hidden_fields(page)
        form[attribute(field[0], "name")] = attribute(field[0], "value")
        begun = time.perf_counter()
        response = await self.ask("POST", f"/en/quiz/{run}/{position}/", form, by_script=True)
        self._outcome.seconds.append(time.perf_counter() - begun)
        if response.status == 200:
            self._outcome.acknowledged.append((run, position))

    async def ask(
        self,
        method: str,
        path: str,
        form: Mapping[str, str] | None = None,
        *,
        by_script: bool = False,
    ) -> Response:
        """Send a request, again where the connection breaks, and return the response."""
        body = urlencode(form or {}).encode()
        head = (
            f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{self._port}\r\nAccept-Encoding: br\r\n"
        )
        if by_script:
            head += "X-Requested-With: fetch\r\n"
        if form is not None:
            head += "Content-Type: application/x-www-form-urlencoded\r\n"
            head += f"Content-Length: {len(body)}\r\n"
        for _ in range(_MOST_TRIES):
            try:
                response = await self._exchange(f"{head}\r\n".encode() + body)
            except (OSError, asyncio.IncompleteReadError):
                self.close()
                await asyncio.sleep(_PAUSE)
                continue
            self._outcome.refused += response.status not in (200, 303)
            return response
        message = f"{path} was not answered"
        raise SystemExit(message)

    async def _exchange(self, request: bytes) -> Response:
        if self._streams is None:
            self._streams = await asyncio.open_connection("127.0.0.1", self._port)
        reader, writer = self._streams
        writer.write(request)
        head = await reader.readuntil(_END)
        length, place = _LENGTH.search(head), _PLACE.search(head)
        content = await reader.readexactly(int(length[1]) if length else 0)
        if b"\r\nContent-Encoding: br" in head:
            content = brotli.decompress(content)
        return Response(int(head[9:12]), content.decode(), place[1].decode() if place else "")

    def close(self) -> None:
        """Hang up."""
        if self._streams:
            self._streams[1].close()
        self._streams = None


async def take_runs(
    port: int, readers: int, runs: int = 1, pause: float = 0.0, spread: float = 0.0
) -> Outcome:
    """Let readers take runs one after the other; they come evenly within ``spread`` seconds."""
    outcome = Outcome()

    async def take(place: int) -> None:
        await asyncio.sleep(spread * place / readers)
        for _ in range(runs):
            # Each run is another person's, on a connection of its own.
            reader = Reader(port, outcome, pause)
            await reader.take_run()
            reader.close()

    await asyncio.gather(*map(take, range(readers)))
    return outcome


def attribute(tag: str, name: str) -> str:
    """Return the value of an attribute of a tag; empty where it has none."""
    value = re.search(rf'\b{name}="([^"]*)"', tag)
    return value[1] if value else ""


def hidden_fields(page: str) -> dict[str, str]:
    """Return the hidden fields of a page's forms."""
    tags = re.findall(r'<input[^>]*type="hidden"[^>]*>', page)
    return {attribute(tag, "name"): attribute(tag, "value") for tag in tags}


async def take_room(port: int, members: int) -> Outcome:
    """Let members take a led room, whose presenter gives everybody the time to answer."""
    outcome = Outcome()
    presenter = Reader(port, outcome)
    address = await presenter.present()
    code = _CODE.search((await presenter.ask("GET", address)).text)
    assert code  # noqa: S101  # For the type checker.

    async def take(place: int) -> None:
        await asyncio.sleep(_ANSWER_SECONDS * place / members)
        member = Reader(port, outcome)
        await member.take_room(code[1].replace(" ", ""), _ANSWER_SECONDS * place / members)
        member.close()

    async def lead() -> None:
        await asyncio.sleep(2 * _ANSWER_SECONDS)
        for step in range(2 * QUESTIONS):
            await presenter.ask("POST", address, {"step": str(step)})
            opened = step % 2 == 0
            await asyncio.sleep(2 * _POLL_SECONDS + (_ANSWER_SECONDS if opened else 0))

    await asyncio.gather(lead(), *map(take, range(members)))
    presenter.close()
    return outcome
