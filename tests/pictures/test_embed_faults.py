"""Whatever goes wrong in a frame is said in the frame, small, readable, and repeats nothing."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from flask.testing import FlaskClient
from hypothesis import example, given, settings
from hypothesis import strategies as st
from lxml.html import document_fromstring

from components.texts import text
from data.models import LANGUAGES, Language
from pages.embeds import frames
from tests.pictures.places import is_small

NAMES = ("as_of", "edition", "theme", "title", "table", "interactive")
# What would do harm if it stood in a document unescaped, and what is hard to read.
NASTY = st.one_of(
    st.text(max_size=60),
    st.sampled_from(
        [
            "<script>alert(1)</script>",
            '"><img src=x onerror=alert(1)>',
            "javascript:alert(1)",
            "'; alert(1); '",
            "2019\r\nSet-Cookie: a=b",
            "\x00",
            "٢٠١٩",
            "9" * 200,
            "../../etc/passwd",
            "{version}",
        ]
    ),
)


def frameable(headers: object) -> bool:
    policy = headers["Content-Security-Policy"]
    return "frame-ancestors *" in policy and "default-src 'none'" in policy


@settings(deadline=None)
@given(name=st.sampled_from(NAMES), value=NASTY, language=st.sampled_from(LANGUAGES))
def test_no_value_of_a_parameter_is_repeated_unescaped(
    client: FlaskClient, name: str, value: str, language: Language
) -> None:
    given_value = quote(value.encode("utf-8", "surrogatepass"), safe="")
    answer = client.get(f"/embed/{language}/economy?{name}={given_value}")
    assert answer.status_code in (200, 400, 404)
    assert frameable(answer.headers)
    assert "Set-Cookie" not in answer.headers
    assert "alert(1)" not in answer.text
    root = document_fromstring(answer.text)
    assert root.get("lang") == language
    assert len(root.findall(".//script")) == 1
    if answer.status_code != 200:
        assert is_small(answer.data)
        assert root.findtext(".//main/h1")


@settings(deadline=None)
@given(name=NASTY)
@example(name="\n/")
def test_no_name_of_a_chart_is_repeated_unescaped(client: FlaskClient, name: str) -> None:
    path = quote(name.encode("utf-8", "surrogatepass"), safe="")
    answer = client.get(f"/embed/ru/{path}", follow_redirects=True)
    if path in ("", ".", ".."):
        return
    assert answer.status_code == 404
    assert frameable(answer.headers)
    assert "alert(1)" not in answer.text
    assert document_fromstring(answer.text).get("lang") == "ru"


def test_a_fault_of_ours_is_told_in_the_frame(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch, language: Language
) -> None:
    def fail(*_given: object) -> None:
        raise RuntimeError("inner workings")

    monkeypatch.setattr(frames, "embed_of", fail)
    answer = client.get(f"/embed/{language}/wheel?as_of=2011&table=1")
    assert answer.status_code == 503
    assert frameable(answer.headers)
    assert answer.headers["Cache-Control"] == "no-store"
    assert is_small(answer.data)
    assert "inner" not in answer.text
    root = document_fromstring(answer.text)
    assert root.get("lang") == language
    assert root.findtext(".//main/h1") == text("failure_title", language)


def test_the_years_that_can_be_asked_for_are_named(client: FlaskClient, language: Language) -> None:
    answer = client.get(f"/embed/{language}/sc-eh-h-3c?as_of=1066")
    assert answer.status_code == 400
    assert "2015" in document_fromstring(answer.text).find(".//main").text_content()
