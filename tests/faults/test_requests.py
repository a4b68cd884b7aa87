"""Somebody tries things, with bytes that no browser sends: everything is refused in few words."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from pages.settings import ROOT
from tests.faults.site import Site, serving

SECRETS = ("app.py", "data/editions/2026.1/indicators.csv", "quiz/questions.yml", "pyproject.toml")
STATUS = re.compile(rb"HTTP/1\.1 ([1-5][0-9][0-9]) ")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """One site that all of these try in vain to break."""
    with serving(tmp_path_factory.mktemp("tried")) as site:
        yield site
        assert site.is_whole()
        assert "Traceback" not in site.log.read_text("utf-8")


def response_to(site: Site, line: bytes, *fields: bytes) -> tuple[int, bytes, bytes]:
    """Status, head and body of what is answered to a request line and fields."""
    fields = fields or (b"Host: x",)
    answered = site.exchange(b"\r\n".join([line, *fields, b"Connection: close", b"", b""]))
    head, _, body = answered.partition(b"\r\n\r\n")
    status = STATUS.match(head)
    assert status, answered[:200]
    return int(status[1]), head, body


def get(site: Site, target: bytes, *fields: bytes) -> tuple[int, bytes, bytes]:
    """The same for a GET."""
    return response_to(site, b"GET " + target + b" HTTP/1.1", *fields)


@pytest.mark.parametrize("path", ["/en/kpi/", "/", "/data/latest/", "/api/v1/cities", "/nothing"])
@pytest.mark.parametrize("size", [8 * 1024, 64 * 1024])
def test_a_query_of_many_kilobytes_is_refused(site: Site, path: str, size: int) -> None:
    status, _, body = get(site, f"{path}?q={'a' * size}".encode())
    assert status == 414
    assert len(body) < 1400
    assert b"aaaa" not in body


@pytest.mark.parametrize(
    ("target", "status"),
    [
        (b"/en/kpi/?q=%ff", 400),
        (b"/ru/kpi/?q=%d0", 400),
        (b"/en/kpi/?q=%ed%a0%80", 400),
        (b"/en/kpi/?q=%c0%af", 400),
        (b"/api/v1/indicators?q=%ff", 400),
        (b"/oembed?url=%ff", 400),
        (b"/en/%ff/", 404),
        (b"/en/kpi/%c3%28/", 404),
        (b"/%f0%28%8c%28", 404),
        (b"/data/%ff/all.zip", 404),
        (b"/embed/en/%ff", 404),
        (b"/en/kpi/?q=\xff", 400),
        (b"/\xff\xfe/", 400),
    ],
)
def test_what_is_no_text_is_refused(site: Site, target: bytes, status: int) -> None:
    assert get(site, target)[0] == status


@pytest.mark.parametrize(
    ("target", "status"),
    [
        (b"/en/kpi/?q=%00", 400),
        (b"/en/?as_of=2018%00", 400),
        (b"/api/v1/indicators?q=%00", 400),
        (b"/oembed?url=%00", 400),
        (b"/en/%00/", 404),
        (b"/en/kpi/ec-ict-ict-1c%00/", 404),
        (b"/data/latest/observations.csv%00", 404),
        (b"/assets/%00", 404),
        (b"/embed/en/wheel%00", 404),
        (b"/en/kpi/?q=\x00", 400),
    ],
)
def test_a_nul_is_refused(site: Site, target: bytes, status: int) -> None:
    assert get(site, target)[0] == status


@pytest.mark.parametrize("name", SECRETS)
@pytest.mark.parametrize("folder", ["/", "/assets/", "/data/2026.1/", "/en/kpi/", "/embed/en/"])
@pytest.mark.parametrize(
    "up", ["../", "..%2f", "%2e%2e/", "%2e%2e%2f", "..%5c", "..%252f", "....//"]
)
def test_no_way_leads_out_of_what_is_published(site: Site, folder: str, up: str, name: str) -> None:
    kept = (ROOT / name).read_bytes()[:60]
    for steps in (1, 3, 6):
        status, _, body = get(site, f"{folder}{up * steps}{name}".encode())
        assert status in (301, 302, 308, 400, 404)
        assert kept not in body
    status, _, body = get(site, f"{folder}{up * 9}etc/passwd".encode())
    assert status in (301, 302, 308, 400, 404)
    assert b"root:" not in body


@pytest.mark.parametrize(
    ("target", "status"),
    [
        (b"/en%2fkpi%2f", 200),  # WSGI tells a slash from an encoded one no more; nothing is won.
        (b"/en/kpi%2fec-ict-ict-1c/", 200),
        (b"/data/2026.1%2findicators.csv", 200),
        (b"/en/kpi/ec-ict-ict-1c%2f..%2f..%2f", 404),
        (b"/en/kpi/%2f%2f", 404),
        (b"//en//kpi//", 404),
        (b"//evil.example/en/", 404),
        (b"/\\evil.example", 404),
    ],
)
def test_encoded_and_doubled_slashes_lead_nowhere_else(
    site: Site, target: bytes, status: int
) -> None:
    code, head, _ = get(site, target)
    if code in (301, 308):  # To the same address, with its slashes in order.
        (place,) = re.findall(rb"\r\nLocation: (.*)", head)
        assert re.fullmatch(rb"/[^/\\].*", place.strip()), place
        code = get(site, place.strip())[0]
        assert code in (200, 404)
    else:
        assert code == status


INJECTED = b"%0d%0aX-Injected:%201%0d%0aSet-Cookie:%20a=1"


@pytest.mark.parametrize(
    "target",
    [
        b"/" + INJECTED,
        b"/en/kpi" + INJECTED,
        b"/en/kpi?q=" + INJECTED,
        b"/data/latest/observations.csv" + INJECTED,
        b"/data/latest/observations.csv?" + INJECTED,
        b"/en/?as_of=" + INJECTED,
        b"/en/wheel.svg?theme=" + INJECTED,
        b"/oembed?url=" + INJECTED,
        b"/oembed?url=http://x/en/&format=" + INJECTED,
        b"/embed/en/wheel?theme=" + INJECTED,
        b"/en/quiz/" + INJECTED + b"/1/",
        b"/_dash/_dash-layout?address=" + INJECTED,
        b"/api/v1/indicators?q=" + INJECTED,
    ],
)
def test_what_is_asked_never_becomes_a_field_of_the_answer(site: Site, target: bytes) -> None:
    status, head, _ = get(site, target)
    # 501 is what oEmbed wants where a format is asked for that is not offered.
    assert status < 500 or (status, b"&format=" in target) == (501, True)
    assert b"\r\nSet-Cookie" not in head
    assert b"\r\nX-Injected" not in head


@pytest.mark.parametrize(
    "field",
    [
        b"Host: evil.example",
        b"Host: evil.example\r\nX-Forwarded-Host: worse.example",
        b"Host: x\r\nX-Forwarded-Proto: javascript",
        b"Host: x\r\nForwarded: host=evil.example",
        b"Host: x\r\nX-Original-URL: /metrics",
        b"Host: x\r\nX-Rewrite-Url: /metrics",
    ],
)
@pytest.mark.parametrize("target", [b"/", b"/en/kpi", b"/en/", b"/data/latest/indicators.csv"])
def test_no_field_of_a_request_changes_where_an_answer_leads(
    site: Site, target: bytes, field: bytes
) -> None:
    status, head, body = get(site, target, field)
    plain = get(site, target)
    assert status == plain[0]
    assert body == plain[2]
    assert b"evil" not in head
    assert b"worse" not in head


@pytest.mark.parametrize(
    "field",
    [
        b"Host: x\r\nX-Name: a\nX-Injected: 1",
        b"Host: x\r\nX-Name: a\rX-Injected: 1",
        b"Host: x\r\nX-Name: a\x00b",
        b"Host: x\r\n X-Folded: 1",
        b"Host: x\r\nX-Name : 1",
        b"Host: x\r\nHost: y",
        b"Host: x\r\nContent-Length: 1, 2",
        b"Host: x\r\nContent-Length: -1",
        b"Host: x\r\nTransfer-Encoding: chunked\r\nContent-Length: 5",
    ],
)
def test_a_head_that_two_servers_could_read_differently_is_refused(
    site: Site, field: bytes
) -> None:
    assert get(site, b"/en/", field)[0] == 400


VERBS = ("PUT", "PATCH", "DELETE", "TRACE", "CONNECT", "PROPFIND", "get", "X" * 20)
PLACES = (
    "/en/",
    "/en/kpi/",
    "/en/quiz/",
    "/en/wheel.svg",
    "/data/2026.1/indicators.csv",
    "/api/v1/cities",
    "/_dash/_dash-update-component",
    "/healthz",
    "/robots.txt",
    "/embed/en/wheel",
    "/oembed",
)


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("place", PLACES)
def test_a_verb_that_an_address_does_not_know_is_refused(site: Site, place: str, verb: str) -> None:
    status, head, _ = response_to(site, f"{verb} {place} HTTP/1.1".encode())
    assert status in (400, 405)
    assert status == 400 or b"\r\nAllow: " in head


@pytest.mark.parametrize("place", [place for place in PLACES if "update" not in place])
def test_a_verb_is_taken_from_the_first_line_alone(site: Site, place: str) -> None:
    plain = get(site, place.encode())
    for name in (b"X-HTTP-Method-Override", b"X-Method-Override", b"X-HTTP-Method"):
        assert get(site, place.encode(), b"Host: x", name + b": DELETE")[0] == plain[0]
    head = response_to(site, f"HEAD {place} HTTP/1.1".encode())
    assert (head[0], head[2]) == (plain[0], b"")
