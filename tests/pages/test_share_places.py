"""Codes for Markdown and mail, as programs that nobody here wrote read them."""

from __future__ import annotations

import re

import css_inline
import markdown
import pytest
from flask.testing import FlaskClient
from lxml.html import HtmlElement, document_fromstring
from markdown_it import MarkdownIt

from data.models import Language
from tests.builders import shared_code
from tests.conftest import BASE_URL

CHARTS = ("wheel", "ec-p-em-1c", "en-en-aq-1c", "ec-ict-ws-1c", "sc-eh-h-3c")
# What the style sheet of a newsletter says of its own tables.
HOUSE_STYLE = "td { padding: 40px; color: red } img { max-width: 90% } a { color: green }"


def codes(client: FlaskClient, language: Language, chart: str, place: str) -> tuple[str, str, str]:
    """The code of one place, and the finding and the link that it shows."""
    panel = f"/{language}/embed/?chart={chart}&as_of=2020&place="
    finding, page = shared_code(client.get(f"{panel}message").text).splitlines()
    return shared_code(client.get(panel + place).text), finding, page


def words_of(root: HtmlElement) -> str:
    return re.sub(r"\s+", " ", root.text_content())


@pytest.mark.parametrize("render", [MarkdownIt("commonmark").render, markdown.markdown])
def test_markdown_becomes_picture_finding_and_link(
    client: FlaskClient, language: Language, render: object
) -> None:
    for chart in CHARTS:
        written, finding, page = codes(client, language, chart, "markdown")
        root = document_fromstring(str(render(written)))  # type: ignore[operator]  # One of two.
        (image,) = root.iter("img")
        assert re.fullmatch(rf"{BASE_URL}/{language}/[a-z0-9/-]+\.png", str(image.get("src")))
        assert [link.get("href") for link in root.iter("a")] == [page, page]
        assert re.sub(r"\s+", " ", finding) in words_of(root)
        assert "\\" not in str(image.get("alt"))
        assert len(str(image.get("alt"))) > 30


def test_a_newsletter_keeps_its_looks_after_styles_were_inlined(
    client: FlaskClient, language: Language
) -> None:
    for chart in CHARTS:
        written, finding, page = codes(client, language, chart, "newsletter")
        assert not re.search(r"<(script|style|svg|picture|div|iframe)|class=|srcset", written)
        inlined = css_inline.inline(f"<style>{HOUSE_STYLE}</style><body>{written}</body>")
        root = document_fromstring(inlined)
        (table,), (image,) = root.iter("table"), root.iter("img")
        assert table.get("width") == image.get("width") == "400"
        assert int(str(image.get("height"))) > 100
        assert str(image.get("src")).startswith(f"{BASE_URL}/{language}/")
        assert [link.get("href") for link in root.iter("a")] == [page, page]
        assert re.sub(r"\s+", " ", finding) in words_of(root)
        for cell in root.iter("td"):
            assert "40px" not in str(cell.get("style"))
