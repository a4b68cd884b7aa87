"""Callbacks take what our pages send; whatever is forged, huge, nested or missing is refused."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from tests.faults.site import Site
from tests.fuzz.asking import Sent, Told, ask
from tests.fuzz.figures import Part, attempt, in_turns, part
from tests.fuzz.oddities import SLUGS, odd_words
from tests.pages.test_callbacks import SENT

CASES = {"forged": 250, "broken": 150, "nested": 25, "huge": 25}
UPDATE = b"/_dash/_dash-update-component"
LARGEST = 64 * 1024
JSON_TYPE = b"application/json"
REFUSED = (400, 403, 404, 405, 411, 413, 415, 417)
STEP = {
    "quiz-sent": {
        "address": "/en/quiz/AAAAAAAAAAAAAAAAAAAAAA/1/",
        "option": "a",
        "stamp": "x",
        "shown": "",
    }
}
Body = dict[str, Any]
Place = tuple[Any, ...]

numbers = st.one_of(st.integers(), st.floats(), st.sampled_from((1e400, -0.0, 10**400)))
values = st.recursive(
    st.one_of(st.none(), st.booleans(), numbers, odd_words, st.sampled_from(SLUGS)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4), st.dictionaries(odd_words, inner, max_size=4)
    ),
    max_leaves=10,
)


def true_body(known: dict[str, Any]) -> Body:
    """What a page would send to a callback; one that is new here gets no values."""
    outputs = [
        dict(zip(("id", "property"), one.rsplit(".", 1), strict=True))
        for one in known["output"].strip(".").split("...")
    ]
    sent = {**STEP, **SENT.get(outputs[0]["id"], {})}
    return {
        "output": known["output"],
        "outputs": outputs if known["output"].startswith("..") else outputs[0],
        "inputs": [{**one, "value": sent.get(one["id"])} for one in known["inputs"]],
        "state": [{**one, "value": sent.get(one["id"])} for one in known["state"]],
        "changedPropIds": ["{id}.{property}".format(**known["inputs"][0])],
    }


def places(value: Any, where: Place = ()) -> list[Place]:
    """Every place in a body, from the outermost to the innermost."""
    inner: list[tuple[Any, Any]] = []
    if isinstance(value, dict):
        inner = list(value.items())
    elif isinstance(value, list):
        inner = list(enumerate(value))
    found = [where] if where else []
    return found + [each for key, one in inner for each in places(one, (*where, key))]


def change(body: Body, which: int, how: str, value: Any) -> Body:
    """The body with one of its places missing, replaced, wrapped or standing twice."""
    body = copy.deepcopy(body)
    known = places(body)
    if not known:
        return body
    *way, last = known[which % len(known)]
    holder: Any = body
    for step in way:
        holder = holder[step]
    if how == "missing":
        del holder[last]
    elif how == "wrapped":
        holder[last] = [holder[last], value]
    elif how == "beside" and isinstance(holder, dict):
        holder[str(value)[:50]] = value
    elif how == "beside":
        holder.insert(last, value)
    else:
        holder[last] = value
    return body


changes = st.lists(
    st.tuples(
        st.integers(0, 60),
        st.sampled_from(("missing", "replaced", "replaced", "replaced", "wrapped", "beside")),
        values,
    ),
    max_size=3,
)


def posted(content: bytes, kind: bytes = JSON_TYPE, *fields: bytes) -> Sent:
    """A body as a request to the address of callbacks."""
    return Sent("POST", UPDATE, content, (b"Content-Type: " + kind, *fields))


def forged(bodies: list[Body]) -> SearchStrategy[Sent]:
    """True bodies with up to three places changed."""

    def build(body: Body, given: list[tuple[int, str, Any]]) -> Sent:
        for which, how, value in given:
            body = change(body, which, how, value)
        # Escapes hold lone surrogates; NaN and Infinity are written as Python writes them.
        return posted(json.dumps(body).encode())

    return st.builds(build, st.sampled_from(bodies), changes)


def broken(bodies: list[Body]) -> SearchStrategy[Sent]:
    """What is no JSON, or no JSON of ours: cut, with other bytes, types, and keys that repeat."""
    whole = st.sampled_from(bodies).map(lambda body: json.dumps(body).encode())

    def put(content: bytes, at: int, cut: int, raw: bytes) -> bytes:
        at %= len(content) + 1
        return content[:at] + raw + content[at + cut :]

    torn = st.builds(put, whole, st.integers(0, 1000), st.integers(0, 900), st.binary(max_size=6))
    doubled = st.builds(
        lambda content, key, value: (
            b'{"%s":%s,' % (key, json.dumps(value).encode())
            + content[1:-1]
            + b',"%s":%s}' % (key, json.dumps(value).encode())
        ),
        whole,
        st.sampled_from((b"output", b"outputs", b"inputs", b"state", b"changedPropIds")),
        values,
    )
    literal = st.sampled_from(
        (b"", b"null", b"NaN", b"-Infinity", b'"\\ud800"', b'"\xff"', b"[]", b"{}", b"0", b"1e999",
         b"\xef\xbb\xbf{}", b"\xff\xfe{\x00}\x00", b"{}{}", b"a=1", b"9" * 5000, b"\x00")
    )  # fmt: skip
    kinds = st.sampled_from(
        (JSON_TYPE, JSON_TYPE, JSON_TYPE, b"application/json; charset=utf-7", b"text/plain", b"",
         b"application/json; charset=\xff", b"application/x-www-form-urlencoded", b"a/b/c;;=",
         b"multipart/form-data; boundary=x", b"multipart/form-data", b"application/vnd.q7z+json")
    )  # fmt: skip
    fields = st.sampled_from(
        ((), (), (b"Sec-Fetch-Site: cross-site",), (b"Origin: http://[x",), (b"Expect: 200-no",),
         (b"Content-Encoding: gzip",), (b"Origin: https://evil.example",))
    )  # fmt: skip
    return st.builds(
        lambda content, kind, given: posted(content, kind, *given),
        st.one_of(torn, torn, doubled, literal, st.binary(max_size=200)),
        kinds,
        fields,
    )


def nested(bodies: list[Body]) -> SearchStrategy[Sent]:
    """Nested a thousand and ten thousand deep, alone and in the place of a part or a value."""
    opening = st.sampled_from(((b"[", b"]"), (b'{"a":', b"}"), (b'[{"id":', b"}]")))

    def build(body: Body, pair: tuple[bytes, bytes], deep: int, which: int, closed: bool) -> Sent:
        inside = pair[0] * deep + b"0" + pair[1] * (deep if closed else 0)
        hole = json.dumps(change(body, which, "replaced", "HOLE")).encode()
        return posted(hole.replace(b'"HOLE"', inside) if which else inside)

    deep = st.sampled_from((100, 990, 1000, 5000, 10_000))
    return st.builds(
        build, st.sampled_from(bodies), opening, deep, st.integers(0, 20), st.booleans()
    )


def huge(bodies: list[Body]) -> SearchStrategy[Sent]:
    """As large as a body may be, and larger."""

    def build(body: Body, which: int, size: int, letter: str) -> Sent:
        room = size - len(json.dumps(change(body, which, "replaced", "")))
        return posted(json.dumps(change(body, which, "replaced", letter * room)).encode())

    sizes = st.sampled_from((LARGEST - 1, LARGEST, LARGEST + 1, 100_000, 1_000_000))
    return st.builds(
        build, st.sampled_from(bodies), st.integers(0, 30), sizes, st.sampled_from(("a", "0", " "))
    )


def hold(sent: Sent, told: Told) -> None:
    """An answer is JSON or empty, a refusal says so; what is too large is called so."""
    if told.status == 200:
        json.loads(told.body)
        assert told.kind == "application/json", sent
    elif told.status != 204:
        assert told.status in REFUSED, (told.status, sent)
        assert told.body, sent
    if len(sent.body) > LARGEST:
        assert told.status == 413, (told.status, len(sent.body))


def test_callbacks_refuse_what_no_page_sends(
    site: Site, dependencies: list[dict[str, Any]]
) -> None:
    tried = part("callbacks")
    bodies = [true_body(known) for known in dependencies]
    makers = {"forged": forged, "broken": broken, "nested": nested, "huge": huge}
    assert {first for first, *_ in map(outputs_of, bodies)} >= set(SENT)

    def turn(number: int) -> None:
        for name, number_of_cases in CASES.items():
            attempt(
                makers[name](bodies), lambda sent: send(site, tried, sent), number_of_cases,
                (name, number),
            )  # fmt: skip

    in_turns(site, tried, turn)


def outputs_of(body: Body) -> list[str]:
    """The ids of what a callback fills."""
    outputs = body["outputs"] if isinstance(body["outputs"], list) else [body["outputs"]]
    return [one["id"] for one in outputs]


def send(site: Site, tried: Part, sent: Sent) -> None:
    """Ask, and hold the answer to what callbacks may answer."""
    hold(sent, ask(site, tried, sent))


@pytest.mark.parametrize("name", SENT)
def test_what_is_changed_here_is_answered_unchanged(
    site: Site, dependencies: list[dict[str, Any]], name: str
) -> None:
    (body,) = (one for one in map(true_body, dependencies) if outputs_of(one)[0] == name)
    assert ask(site, Part(name), posted(json.dumps(body).encode())).status == 200
