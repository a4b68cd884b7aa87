"""Every address with every parameter is answered at once, and never with a failure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from http import HTTPStatus

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy
from werkzeug.routing import AnyConverter, Rule

from tests.faults.site import Site
from tests.fuzz.asking import Sent, ask
from tests.fuzz.figures import Part, attempt, in_turns, part
from tests.fuzz.oddities import (
    contract_addresses,
    encoded,
    odd_words,
    parameter_names,
    queries,
    words,
)

CASES_PER_RULE = 8
CASES_OF_CONTRACT = 120
CASES_OF_NOTHING = 60
WARMING = 2  # Turns until the caches of documents are about full.
FORMATS_NOT_OFFERED = {"/oembed": (501,)}  # As oEmbed 1.0 wants it.
PLACE = re.compile(r"<(?:[^:<>]*:)?(\w+)>")
METHODS = ("GET", "GET", "GET", "HEAD", "POST")
FIELDS = (
    b"Accept: text/html;q=x",
    b"Accept: application/json",
    b"Accept-Language: en;q=9, *;q=-1, \xff",
    b"Accept-Language: " + b"a-" * 500,
    b'If-None-Match: W/"", *, ',
    b"If-Modified-Since: yesterday",
    b"If-Range: Sun, 99 Foo 2099 99:99:99 GMT",
    b"Range: bytes=9-1,,-0",
    b"Range: bytes=0-,0-,0-,0-,-1",
    b"Range: bytes=" + b"9" * 400 + b"-",
    b"Cookie: a=" + b"<q7z>" * 200,
    b"Referer: http://[<q7z>",
    b"User-Agent: \x80<q7z>",
    b"X-Forwarded-For: <q7z>",
    b"X-Request-Id: <q7z>",
)
Described = dict[str, dict[str, dict[str, object]]]


def paths(rule: Rule) -> SearchStrategy[bytes]:
    """Addresses of a rule, with real and odd words at its places, now and then one of its own."""
    parts: list[SearchStrategy[bytes]] = []
    after = 0
    for place in PLACE.finditer(rule.rule):
        parts += [
            st.just(rule.rule[after : place.start()].encode()),
            encoded(_fitting(rule, place[1])),
        ]
        after = place.end()
    parts.append(st.just(rule.rule[after:].encode()))
    return st.builds(b"".join, st.tuples(*parts))


def _fitting(rule: Rule, name: str) -> SearchStrategy[str]:
    converter = rule._converters[name]
    if isinstance(converter, AnyConverter):
        real = st.sampled_from(sorted(converter.items))
        return st.one_of(real, real, real, odd_words)
    return words(name)


def requests(path: SearchStrategy[bytes], query: SearchStrategy[bytes]) -> SearchStrategy[Sent]:
    """Requests for such addresses, with a field that is odd now and then."""
    return st.builds(
        lambda method, at, query, fields: Sent(
            method, at + (b"?" + query if query else b""), fields=fields
        ),
        st.sampled_from(METHODS),
        path,
        query,
        st.one_of(st.just(()), st.just(()), st.sampled_from(FIELDS).map(lambda field: (field,))),
    )


def send(site: Site, tried: Part, rule: str, sent: Sent) -> None:
    """Ask; a head has no body, and another site or method is refused, not obeyed."""
    response = ask(site, tried, sent, may_fail=FORMATS_NOT_OFFERED.get(rule, ()))
    # A line that is too long is refused by gunicorn before it has read the method from it.
    if sent.method == "HEAD" and response.status != HTTPStatus.REQUEST_URI_TOO_LONG:
        assert not response.body, sent


def everything(
    rules: list[Rule], described: Described
) -> Iterator[tuple[str, SearchStrategy[Sent], int]]:
    """What is asked under which name, and how often."""
    query = queries(parameter_names(described))
    for rule in rules:
        yield rule.rule, requests(paths(rule), query), CASES_PER_RULE
    listed = st.sampled_from(contract_addresses()).map(str.encode)
    yield "the contract", requests(listed, query), CASES_OF_CONTRACT
    nothing = st.lists(encoded(odd_words), min_size=1, max_size=6).map(
        lambda parts: b"/" + b"/".join(parts)
    )
    yield "nothing", requests(nothing, query), CASES_OF_NOTHING


def test_every_address_is_answered_whatever_is_asked(
    site: Site, rules: list[Rule], described: Described
) -> None:
    tried = part("addresses")
    counted = []

    def once(turn: int) -> None:
        for name, cases, number in everything(rules, described):
            before = tried.cases
            check = partial(send, site, tried, name)
            attempt(cases, check, number, (turn, name))
            counted.append((name, tried.cases - before))

    in_turns(site, tried, once, WARMING)
    names = {name for name, cases in counted if cases}
    assert names >= {rule.rule for rule in rules}


def test_every_place_of_every_rule_gets_a_word(rules: list[Rule]) -> None:
    for rule in rules:
        places = set(PLACE.findall(rule.rule))
        assert places == rule.arguments - set(rule.defaults or ()), rule.rule
