"""What guards readers and the site: headers of answers, and which requests are let in."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import count

import pytest
from flask import Flask
from flask.testing import FlaskClient
from lxml.html import document_fromstring

from pages.application import create_app
from pages.operation.health import VOUCHED, contact_of, security_text
from pages.operation.rate_limit import RateLimit, open_rate_limits
from pages.settings import Settings
from pages.site import Site
from tests.conftest import BASE_URL, altered, client_with, settings_of
from tests.pictures.places import nothing_drawn
from tests.quiz_pages.builders import Reader

PAGES = ("/en/", "/ru/kpi/", "/en/quiz/", "/en/nothing/", "/en/?as_of=1", "/ru/method/")
FRESH = count(1)
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


def directives(policy: str) -> dict[str, list[str]]:
    parts = [part.split() for part in policy.split(";")]
    return {name: values for name, *values in parts}


@pytest.mark.parametrize("address", PAGES)
def test_the_policy_lets_no_script_run_that_is_not_ours(client: FlaskClient, address: str) -> None:
    policy = directives(client.get(address).headers["Content-Security-Policy"])
    assert policy["default-src"] == ["'self'"]
    own, digest = policy["script-src"]
    assert own == "'self'"
    assert digest.startswith("'sha256-")
    assert "unsafe-eval" not in str(policy)
    assert policy["frame-ancestors"] == policy["object-src"] == ["'none'"]
    assert policy["base-uri"] == policy["form-action"] == ["'self'"]
    for name, values in policy.items():
        assert not any("http" in value or "*" in value for value in values), name
        if "'unsafe-inline'" in values:
            assert name in ("style-src-elem", "style-src-attr")


@pytest.mark.parametrize("address", PAGES)
def test_no_page_has_a_script_or_handler_that_the_policy_would_refuse(
    client: FlaskClient, address: str
) -> None:
    page = document_fromstring(client.get(address).text)
    inline = page.xpath("//script[not(@src)][not(contains(@type, 'json'))]")
    assert len(inline) <= 1
    assert not page.xpath("//@*[starts-with(name(), 'on')]")
    assert not page.xpath("//@href[starts-with(., 'javascript:')]")


@pytest.mark.parametrize(
    ("address", "wanted"),
    [
        ("/en/", "same-origin"),
        ("/en/nothing/", "same-origin"),
        ("/_dash/_dash-dependencies", "same-origin"),
        ("/embed/en/wheel", "cross-origin"),
        ("/en/wheel.svg", "cross-origin"),
        ("/data/2026.1/targets.csv", "cross-origin"),
        ("/api/v1/cities", "cross-origin"),
    ],
)
def test_only_what_is_meant_for_other_sites_may_be_loaded_by_them(
    client: FlaskClient, address: str, wanted: str
) -> None:
    assert client.get(address).headers["Cross-Origin-Resource-Policy"] == wanted


@pytest.mark.parametrize("address", PAGES)
def test_pages_use_none_of_the_powers_of_a_browser(client: FlaskClient, address: str) -> None:
    headers = client.get(address).headers
    powers = dict(power.strip().split("=") for power in headers["Permissions-Policy"].split(","))
    assert {"camera", "microphone", "geolocation", "payment", "usb"} <= set(powers)
    assert set(powers.values()) == {"()"}
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "strict-origin-when-cross-origin"


@pytest.mark.parametrize(
    ("base_url", "proxies", "scheme", "strict"),
    [
        (BASE_URL, 0, "", True),
        ("http://127.0.0.1:8050", 0, "", False),
        ("http://127.0.0.1:8050", 0, "https", False),
        ("http://127.0.0.1:8050", 1, "https", True),
        ("http://127.0.0.1:8050", 1, "http", False),
    ],
)
def test_browsers_are_held_to_tls_where_there_is_tls(
    base_url: str, proxies: int, scheme: str, strict: bool
) -> None:
    client = client_with(BASE_URL=base_url, TRUSTED_PROXIES=str(proxies))
    headers = {"X-Forwarded-Proto": scheme} if scheme else {}
    for address in ("/en/", "/data/2026.1/targets.csv", "/healthz"):
        answer = client.get(address, headers=headers)
        assert ("Strict-Transport-Security" in answer.headers) is strict, address


SENDERS = [
    ({"Sec-Fetch-Site": "same-origin"}, True),
    ({"Sec-Fetch-Site": "none"}, True),
    ({"Sec-Fetch-Site": "same-site"}, False),
    ({"Sec-Fetch-Site": "cross-site"}, False),
    ({"Sec-Fetch-Site": "cross-site", "Origin": BASE_URL}, False),
    ({"Origin": BASE_URL}, True),
    ({"Sec-Fetch-Site": "same-origin", "Origin": "null"}, True),
    ({"Origin": BASE_URL + ":443"}, True),
    ({"Origin": "null"}, False),
    ({"Origin": ""}, False),
    ({"Origin": "http://indicators.example.org"}, False),
    ({"Origin": BASE_URL + ":8443"}, False),
    ({"Origin": "https://evil.example"}, False),
    ({"Origin": "https://evil.example", "Host": "evil.example"}, False),
    ({"Origin": BASE_URL + ".evil.example"}, False),
    ({"Origin": "http://[evil"}, False),
    ({}, True),
]


@pytest.mark.parametrize("address", ["/en/quiz/", "/_dash/_dash-update-component", "/en/"])
@pytest.mark.parametrize(("headers", "ours"), SENDERS)
def test_what_another_site_sends_is_refused_at_every_address(
    client: FlaskClient, address: str, headers: dict[str, str], ours: bool
) -> None:
    answer = client.post(address, data="token=x", headers={**FORM, **headers})
    assert (answer.status_code == 403) is not ours
    for method in ("PUT", "PATCH", "DELETE"):
        refused = client.open(address, method=method, headers=headers)
        assert refused.status_code == (405 if ours else 403)


@pytest.mark.parametrize(
    ("host", "origin", "ours"),
    [
        ("127.0.0.1:8050", "http://127.0.0.1:8050", True),
        ("localhost:8050", "http://localhost:8050", True),
        ("box.local", "https://box.local", True),  # TLS ends at a proxy that nobody told of.
        ("localhost:8050", "http://127.0.0.1:8050", False),
        ("localhost:8050", "https://evil.example", False),
        ("localhost:8050", "null", False),
    ],
)
def test_a_site_that_nobody_named_takes_what_comes_from_the_host_asked_for(
    host: str, origin: str, ours: bool
) -> None:
    client = client_with(BASE_URL="")
    answer = client.post("/en/", headers={**FORM, "Host": host, "Origin": origin})
    assert (answer.status_code == 403) is not ours


def test_a_start_without_a_signed_token_is_not_taken(client: FlaskClient, language: str) -> None:
    answer = client.post(f"/{language}/quiz/", data="token=forged", headers=FORM)
    assert answer.status_code == 400


def test_an_answer_without_a_signed_stamp_is_not_taken(reader: Reader) -> None:
    true = reader.fields(1, reader.item(1).right)
    other = Reader(reader.client, reader.service, reader.clock)
    other.start()
    of_another_run = other.fields(1)["stamp"]
    missing = {name: value for name, value in true.items() if name != "stamp"}
    forged = ("", "forged", true["stamp"][:-1] + "~", of_another_run)
    for fields in (missing, *({**true, "stamp": stamp} for stamp in forged)):
        assert reader.send(1, fields).status_code == 400
        assert reader.run.answer_at(1) is None, "nothing is stored"
    assert reader.send(1, true).status_code == 303


@pytest.mark.parametrize("address", ["/ru", "/en/kpi", "/data/latest/targets.csv", "/"])
def test_what_a_request_says_of_the_host_stands_in_no_answer(
    client: FlaskClient, address: str
) -> None:
    answer = client.get(address, headers={"Host": "evil.example"})
    assert answer.headers["Location"].startswith("/")
    assert not answer.headers["Location"].startswith("//")
    page = client.get("/en/", headers={"Host": "evil.example"})
    assert "evil.example" not in page.text + str(page.headers)


def test_headers_of_a_proxy_that_is_not_trusted_change_nothing(client: FlaskClient) -> None:
    forged = {
        "X-Forwarded-Host": "evil.example",
        "X-Forwarded-Proto": "ftp",
        "X-Forwarded-Prefix": "/evil",
        "Forwarded": "host=evil.example",
        "X-Original-Url": "/metrics",
        "X-Rewrite-Url": "/metrics",
    }
    plain, misled = client.get("/en"), client.get("/en", headers=forged)
    assert misled.headers["Location"] == plain.headers["Location"]
    assert client.get("/en/", headers=forged).data == client.get("/en/").data


def test_a_body_of_unknown_length_is_refused(client: FlaskClient) -> None:
    answer = client.post("/en/quiz/", headers={**FORM, "Transfer-Encoding": "chunked"})
    assert answer.status_code == 411


@pytest.fixture(scope="module")
def limited(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """A site that lets two requests of each address through a minute."""
    limits = ("CALLBACKS_PER_MINUTE", "OEMBED_PER_MINUTE", "RENDERS_PER_MINUTE")
    with pytest.MonkeyPatch.context() as patch:
        nothing_drawn(patch, tmp_path_factory.mktemp("limited"))
        return create_app(settings_of(REDIS_URL="", **dict.fromkeys(limits, "2"))).server


@pytest.fixture
def narrow(limited: Flask) -> FlaskClient:
    """A client of it at an address that has asked for nothing yet."""
    client = limited.test_client()
    client.environ_base["REMOTE_ADDR"] = f"203.0.113.{next(FRESH)}"
    return client


def test_too_many_pictures_to_be_drawn_get_429_and_those_drawn_stay(
    narrow: FlaskClient, language: str
) -> None:
    statuses = [
        narrow.get(f"/{language}/economy.png?width={width}").status_code
        for width in (200, 201, 202, 200)
    ]
    assert statuses == [200, 200, 429, 200]
    answer = narrow.get(f"/{language}/economy.png?width=203")
    assert 0 < int(answer.headers["Retry-After"]) <= 60
    words = {"en": "Too many requests at once", "ru": "Слишком много запросов сразу"}
    assert words[language] in answer.text
    elsewhere = {"REMOTE_ADDR": "192.0.2.9"}
    assert (
        narrow.get(f"/{language}/economy.png?width=203", environ_base=elsewhere).status_code == 200
    )


@pytest.mark.parametrize(
    "address", ["/_dash/_dash-layout", "/_dash/_dash-update-component", "/oembed"]
)
def test_doors_that_cost_work_let_each_address_through_only_so_often(
    narrow: FlaskClient, address: str
) -> None:
    method = "POST" if "update" in address else "GET"
    statuses = [narrow.open(address, method=method).status_code for _ in range(4)]
    assert 429 not in statuses[:2]
    assert statuses[2:] == [429, 429]


def passed(server: Flask, limit: RateLimit, times: int, client_ip: str = "192.0.2.7") -> list[bool]:
    """Whether each of so many requests of one client passes."""
    with server.test_request_context(environ_base={"REMOTE_ADDR": client_ip}):
        return [limit.seconds_to_wait() == 0 for _ in range(times)]


def test_a_limit_of_nothing_is_no_limit() -> None:
    server = Flask(__name__)
    limits = open_rate_limits(server, altered(settings_of(), redis_url="", oembed_per_minute=0))
    assert all(passed(server, limits.oembed, 100))


@pytest.mark.parametrize(("per_minute", "processes", "each"), [(60, 2, 30), (5, 2, 2), (2, 4, 1)])
def test_processes_without_redis_keep_to_a_limit_together(
    per_minute: int, processes: int, each: int
) -> None:
    server = Flask(__name__)
    settings = altered(settings_of(), redis_url="", starts_per_minute=per_minute, workers=processes)
    limits = open_rate_limits(server, settings)
    assert passed(server, limits.starts, each + 1) == [True] * each + [False]
    assert passed(server, limits.starts, 1, "192.0.2.8") == [True]


def test_security_txt_says_whom_to_tell_and_how_long_that_holds(client: FlaskClient) -> None:
    answer = client.get("/.well-known/security.txt")
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    fields = dict(line.split(": ", 1) for line in answer.text.splitlines())
    assert fields["Contact"] == settings_of().security_contact
    assert fields["Preferred-Languages"] == "ru, en"
    assert fields["Canonical"] == f"{BASE_URL}/.well-known/security.txt"
    left = datetime.fromisoformat(fields["Expires"]) - datetime.now(UTC)
    assert timedelta(days=179) < left <= VOUCHED


def test_who_vouched_too_long_ago_is_not_made_to_vouch_again() -> None:
    started = datetime(2026, 1, 1, tzinfo=UTC)
    lines = security_text("mailto:a@example.org", "http://localhost", started)
    assert "Expires: 2026-06-30T00:00:00Z\n" in lines
    assert "Canonical" not in lines


@pytest.mark.parametrize(
    ("settings", "contact"),
    [
        ({"security_contact": "https://example.org/report", "contact": "a@example.org"},
         "https://example.org/report"),
        ({"contact": "[a@example.org](mailto:a@example.org)"}, "mailto:a@example.org"),
        ({"contact": "Write to a.b@example.org, please"}, "mailto:a.b@example.org"),
        ({"contact": "The city hall"}, ""),
    ],
)  # fmt: skip
def test_the_contact_is_the_one_for_weaknesses_or_the_general_one(
    site: Site, settings: dict[str, str], contact: str
) -> None:
    assert contact_of(altered(Settings(), **settings), site) == contact


def test_where_nobody_can_be_told_there_is_no_security_txt() -> None:
    client = client_with(SECURITY_CONTACT="")
    assert client.get("/.well-known/security.txt").status_code == 404
