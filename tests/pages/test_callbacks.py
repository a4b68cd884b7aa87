"""What Dash is asked by browsers, and by those who only pretend to be one."""

from __future__ import annotations

import copy
import logging
from collections.abc import Iterator
from typing import Any

import pytest
from dash import Dash
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

UPDATE, LAYOUT = "/_dash/_dash-update-component", "/_dash/_dash-layout"
Body = dict[str, Any]
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=8,
)

# What the pages send, by the first output of the callback.
SENT: dict[str, dict[str, Any]] = {
    "dimension-chart": {
        "dimension-chart-button": 1,
        "explore-query": "as_of=2018&yardstick=without_natural_limits&since=2016",
        "explore-language": "en",
        "explore-place": {"dimension": "society-culture"},
    },
    "explore-path": {
        "explore-query": "age=older&city=stavanger&q=water&pick=ec-p-em-1c",
        "explore-chart-button": 1,
        "explore-narrow": True,
        "explore-path": "/en/explore/?age=older&city=stavanger",
        "explore-language": "en",
    },
    "explore-grid-box": {
        "explore-grid-button": 1,
        "explore-query": "city=stavanger",
        "explore-language": "ru",
    },
    "explore-grid": {"explore-path": "/ru/explore/?age=older", "explore-language": "ru"},
    "indicator-chart": {
        "indicator-chart-button": 1,
        "explore-language": "ru",
        "explore-place": {"slug": "ec-ict-ict-1c"},
    },
}


@pytest.fixture(autouse=True)
def quiet(dash_app: Dash) -> Iterator[None]:
    """Keep refusals out of the log of the tests."""
    logger = dash_app.server.logger
    before = logger.level
    logger.setLevel(logging.CRITICAL)
    yield
    logger.setLevel(before)


@pytest.fixture(scope="module")
def bodies(client: FlaskClient) -> dict[str, Body]:
    """A true request of each callback, made from what the application says of itself."""
    requests = {}
    for callback in client.get("/_dash/_dash-dependencies").json or ():
        if callback["clientside_function"]:
            continue
        outputs = [
            dict(zip(("id", "property"), output.rsplit(".", 1), strict=True))
            for output in callback["output"].strip(".").split("...")
        ]
        name = outputs[0]["id"]
        if name.startswith("quiz-"):
            continue  # The tests of the quiz send these.
        values = SENT[name]
        requests[name] = {
            "output": callback["output"],
            "outputs": outputs if callback["output"].startswith("..") else outputs[0],
            "inputs": [{**part, "value": values[part["id"]]} for part in callback["inputs"]],
            "state": [{**part, "value": values[part["id"]]} for part in callback["state"]],
            "changedPropIds": [
                f"{callback['inputs'][0]['id']}.{callback['inputs'][0]['property']}"
            ],
        }
    return requests


def send(client: FlaskClient, body: Any) -> int:
    answer = client.post(UPDATE, json=body)
    assert b"Traceback" not in answer.data
    return answer.status_code


def with_value(body: Body, component: str, value: Any) -> Body:
    changed = copy.deepcopy(body)
    for part in (*changed["inputs"], *changed["state"]):
        if part["id"] == component:
            part["value"] = value
    return changed


def test_every_callback_is_known_to_these_tests(bodies: dict[str, Body]) -> None:
    assert set(bodies) == set(SENT)


@pytest.mark.parametrize("name", SENT)
def test_what_a_page_sends_is_answered(
    client: FlaskClient, bodies: dict[str, Body], name: str
) -> None:
    answer = client.post(UPDATE, json=bodies[name], headers={"Accept-Encoding": "gzip"})
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Content-Encoding"] == "gzip"


@pytest.mark.parametrize("name", ["dimension-chart", "indicator-chart"])
def test_a_second_press_takes_the_chart_back(
    client: FlaskClient, bodies: dict[str, Body], name: str
) -> None:
    for presses, expanded in ((1, "true"), (2, "false"), ([], "false")):
        body = with_value(bodies[name], f"{name}-button", presses)
        response = (client.post(UPDATE, json=body).json or {})["response"]
        assert response[f"{name}-button"]["aria-expanded"] == expanded
        assert bool(response[name]["children"]) == (expanded == "true")


WRONG_QUERIES = ("as_of=1066", "as_of=2018%00", "since=x", "yardstick=nothing", "q=%ff", "x" * 3000)
UNREADABLE = ("as_of=2018%00", "q=%ff", "x" * 3000, 2018, None, True, [], {}, ["as_of=2018"])


def wrong_values() -> list[tuple[str, str, Any]]:
    wrong: list[tuple[str, str, Any]] = []
    odd = ("", "nonsense", "2018\x00", "x" * 100_000, 2018, None, True, [], {}, ["2018"], -1.5)
    for name, sent in SENT.items():
        for component in sent:
            if "button" in component:
                continue
            # The query of an address may name what no page knows.
            values: tuple[Any, ...] = WRONG_QUERIES if component == "explore-query" else odd
            if name.startswith("explore") and component == "explore-query":
                values = UNREADABLE  # It names on the page what it does not know.
            if component == "explore-narrow":
                values = tuple(value for value in odd if value is not True)
            wrong += [(name, component, value) for value in values]
    return wrong


def test_a_value_that_no_page_sends_is_refused(
    client: FlaskClient, bodies: dict[str, Body]
) -> None:
    answered = [
        (component, str(value)[:20], status)
        for name, component, value in wrong_values()
        if (status := send(client, with_value(bodies[name], component, value))) not in (400, 413)
    ]
    assert not answered


def test_a_place_that_is_not_there_is_refused(client: FlaskClient, bodies: dict[str, Body]) -> None:
    for name, place in (
        ("dimension-chart", {"dimension": "society_culture"}),
        ("dimension-chart", {"dimension": ["economy"]}),
        ("indicator-chart", {"slug": "nothing"}),
        ("indicator-chart", {"slug": {"a": 1}}),
        ("indicator-chart", {}),
    ):
        assert send(client, with_value(bodies[name], "explore-place", place)) == 400


PARTS = ("output", "outputs", "inputs", "state")
OTHER_KINDS: tuple[Any, ...] = (None, "x", 5, [None], [{}], [[]], {"id": "x"}, {})


def test_a_request_that_lacks_a_part_is_refused(
    client: FlaskClient, bodies: dict[str, Body]
) -> None:
    for part in PARTS:
        for body in bodies.values():
            partial_body = {name: value for name, value in body.items() if name != part}
            assert send(client, partial_body) == 400, part


def test_a_part_of_another_kind_is_refused(client: FlaskClient, bodies: dict[str, Body]) -> None:
    answered = [
        (part, value, status)
        for part in (*PARTS, "changedPropIds")
        for value in OTHER_KINDS
        for body in bodies.values()
        if (status := send(client, {**body, part: value})) != 400
        # What changed is a hint that Dash may do without.
        and not (part == "changedPropIds" and status == 200)
    ]
    assert not answered


@given(json_values)
def test_no_json_breaks_anything(client: FlaskClient, body: Any) -> None:
    assert 400 <= send(client, body) < 500


@pytest.mark.parametrize(
    ("sent", "kind"),
    [
        (b"", "application/json"),
        (b"{", "application/json"),
        (b'"\xff"', "application/json"),
        (b"[" * 100_000, "application/json"),
        (b'{"a":' * 50_000, "application/json"),
        (b" " * 5_000_000, "application/json"),
        (b"{}", "text/plain"),
        (b"a=1", "application/x-www-form-urlencoded"),
    ],
)
def test_what_is_not_a_request_at_all_is_refused(
    client: FlaskClient, sent: bytes, kind: str
) -> None:
    answer = client.post(UPDATE, data=sent, content_type=kind)
    assert 400 <= answer.status_code < 500


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "PATCH"])
def test_callbacks_are_only_ever_posted_to(client: FlaskClient, method: str) -> None:
    answer = client.open(UPDATE, method=method)
    assert answer.status_code in (404, 405)


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/ru/economy/?as_of=2018", 200),
        ("/en/kpi/ec-ict-ict-1c/", 200),
        ("/", 404),
        ("/ru/", 404),
        ("/ru/method/", 404),
        ("/de/", 404),
        ("/ru/kpi/nothing/", 404),
        ("/ru/economy/?as_of=1066", 400),
        ("/ru/economy/?q=%ff", 400),
        ("/ru/economy/?q=" + "a" * 3000, 400),
        ("http://[/ru/", 400),
        ("%00", 404),
    ],
)
def test_dash_is_given_the_part_of_the_asked_page_only(
    client: FlaskClient, address: str, status: int
) -> None:
    answer = client.get(LAYOUT, query_string={"address": address})
    assert answer.status_code == status


@given(st.text(max_size=40))
def test_no_address_breaks_the_layout(client: FlaskClient, address: str) -> None:
    answer = client.get(LAYOUT, query_string={"address": address.encode("utf-8", "replace")})
    assert answer.status_code in (200, 400, 404)


@pytest.mark.parametrize(
    "address",
    ["", "_favicon.ico", "_reload-hash", "_dash-component-suites/dash/../x", "a/b", "assets/x"],
)
def test_nothing_else_of_dash_is_answered(client: FlaskClient, address: str) -> None:
    answer = client.get(f"/_dash/{address}")
    assert answer.status_code == 404
    assert b"_dash-config" not in answer.data
