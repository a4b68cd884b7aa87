"""Forms of the quiz: what was altered, repeated, left out or sent from elsewhere starts nothing."""

from __future__ import annotations

import time
from urllib.parse import quote_from_bytes

import pytest
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy
from lxml.html import document_fromstring

from quiz.tokens import Tokens
from tests.faults.readers import READ_SECONDS
from tests.faults.site import KEY, Site
from tests.fuzz.alterations import (
    FORM,
    LARGEST,
    OURS,
    Alteration,
    Manner,
    Pairs,
    alterations,
    manners,
)
from tests.fuzz.asking import Response, Sent, ask
from tests.fuzz.figures import Part, attempt, in_turns, part

CASES = {"start": 150, "answer": 250}
REFUSED = (303, 308, 400, 403, 404, 405, 409, 411, 413, 415)


def hold(sent: Sent, response: Response, manner: Manner, *, true: bool) -> None:
    """An answer leads on or says what is wrong; only a true form of our own page leads on."""
    if sent.length is not None:
        return  # A body that is cut, or followed by what is no request: the reader's own loss.
    assert response.status in REFUSED, (response.status, sent)
    if response.status == 308:
        # An address with a slash too many has a tidier one, which is asked for in turn.
        assert response.head["location"].startswith("/"), sent
        assert not response.head["location"].startswith("//"), sent
        return
    assert response.status == 303 or response.body, sent
    if not manner.is_ours or len(sent.body) > LARGEST:
        assert response.status != 303, sent
    elif not true and response.status == 303:
        # Nothing was taken: a question that is not yet open leads back to the first one.
        place = response.head["location"].encode()
        assert place.endswith(b"/1/"), sent
        assert place != sent.target, sent


def broken(name: bytes, before: Pairs, after: Pairs) -> bool:
    """Whether a signed field can no longer be what was signed.

    Some bits of the last letter of a signature mean nothing.
    """
    signed = dict(before)[name]
    first = next((value for key, value in after if key == name), b"")
    return first[:-1] != signed[:-1] or len(first) != len(signed)


class Quiz:
    """Starts and answers, with what this site signed."""

    def __init__(self, site: Site, tried: Part) -> None:
        self.site = site
        self.tried = tried
        self.tokens = Tokens(KEY, clock=lambda: time.time() - READ_SECONDS)

    def run(self, language: str) -> str:
        """A run that is just begun, so that no case depends on another."""
        body = b"token=" + self.tokens.start().encode()
        sent = Sent("POST", f"/{language}/quiz/".encode(), body, (FORM, OURS))
        response = ask(self.site, self.tried, sent)
        assert response.status == 303, response.body
        return response.head["location"].split("/")[3]

    def start(self, case: tuple[Manner, list[Alteration]]) -> None:
        """Send the form that starts a run."""
        manner, altered = case
        fields = before = [(b"token", self.tokens.start().encode())]
        for alteration in altered:
            fields = alteration.of(fields)
        sent = manner.sent(f"/{manner.language}/quiz/".encode(), fields)
        response = ask(self.site, self.tried, sent)
        hold(sent, response, manner, true=not broken(b"token", before, fields))

    def answer(self, case: tuple[Manner, list[Alteration]]) -> None:
        """Send the form that answers a question."""
        manner, altered = case
        run = manner.run or self.run(manner.language)
        position = int(manner.position) if manner.position.isdecimal() else 1
        stamp = self.tokens.stamp(run.encode("utf-8", "replace").decode(), position)
        fields = before = [(b"option", b"a"), (b"stamp", stamp.encode()), (b"shown", b"")]
        for alteration in altered:
            fields = alteration.of(fields)
        place = "/".join(
            quote_from_bytes(word.encode("utf-8", "surrogatepass"), safe="")
            for word in (run, manner.position)
        )
        sent = manner.sent(f"/{manner.language}/quiz/{place}/".encode(), fields)
        response = ask(self.site, self.tried, sent)
        hold(sent, response, manner, true=not (broken(b"stamp", before, fields) or manner.run))


def cases() -> SearchStrategy[tuple[Manner, list[Alteration]]]:
    """How a form is sent, and what was altered in it."""
    return st.tuples(manners, alterations)


def test_forms_refuse_what_no_page_sends(site: Site) -> None:
    tried = part("forms")
    quiz = Quiz(site, tried)
    checks = {"start": quiz.start, "answer": quiz.answer}

    def turn(number: int) -> None:
        for name, number_of_cases in CASES.items():
            attempt(cases(), checks[name], number_of_cases, (name, number))

    in_turns(site, tried, turn)


@pytest.mark.parametrize("name", CASES)
def test_what_is_altered_here_leads_on_unaltered(site: Site, name: str) -> None:
    tried = Part(name)
    quiz = Quiz(site, tried)
    manner = Manner("en", (FORM, OURS), b"", 0, "", "1")
    if name == "start":
        assert quiz.run("en")
    else:
        run = quiz.run("en")
        stamp = quiz.tokens.stamp(run, 1).encode()
        path = f"/en/quiz/{run}/1/".encode()
        page = document_fromstring(ask(site, tried, Sent("GET", path, b"", ())).body)
        field = page.xpath("//form[@id='quiz-form']//input[@name='option' or @name='slider']")[0]
        response = field.get("name").encode(), field.get("value").encode()
        fields = [response, (b"stamp", stamp), (b"shown", b"")]
        assert ask(site, tried, manner.sent(path, fields)).status == 303
