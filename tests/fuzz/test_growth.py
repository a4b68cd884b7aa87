"""Made-up parameters on the largest answer, in every encoding, take no memory."""

from __future__ import annotations

from tests.faults.site import Site
from tests.fuzz.asking import WORD, Sent, ask
from tests.fuzz.figures import TIMES, in_turns, part

CASES = 150
LARGEST = b"/en/wheel.png?width=2400"
ENCODINGS = (b"br", b"gzip", b"identity")


def test_addresses_that_anybody_can_make_up_are_not_remembered(site: Site) -> None:
    tried = part("made-up parameters")
    for _ in range(2 * len(site.workers())):
        site.ask(LARGEST.decode())  # Drawing it may take its time.

    def once(turn: int) -> None:
        for number in range(CASES * TIMES):
            encoding = ENCODINGS[number % len(ENCODINGS)]
            target = b"%b&%b=%d-%d" % (LARGEST, WORD.encode(), turn, number // len(ENCODINGS))
            response = ask(
                site, tried, Sent("GET", target, fields=(b"Accept-Encoding: " + encoding,))
            )
            assert response.status == 200

    in_turns(site, tried, once)
