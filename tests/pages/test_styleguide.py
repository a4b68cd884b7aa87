"""The page of all components: complete, and not part of a public site."""

from __future__ import annotations

import pytest
from dash import Dash
from flask.testing import FlaskClient
from lxml.html import HtmlElement, document_fromstring

from components.takeover.paint import paint
from components.texts import text
from components.theme import BAND_CLASSES, COLOURS
from components.verdicts import verdict_of
from data.models import LANGUAGES, Language
from data.scores import Score
from pages.site import Site
from pages.styleguide import layout
from pages.styleguide_scores import KINDS, REASONS


@pytest.fixture(params=LANGUAGES)
def guide(request: pytest.FixtureRequest, dash_app: Dash) -> tuple[Language, HtmlElement]:
    language: Language = request.param
    with dash_app.server.test_request_context():
        return language, document_fromstring(paint(layout(language).main))


def test_the_style_guide_shows_every_state(guide: tuple[Language, HtmlElement], site: Site) -> None:
    language, page = guide
    words = page.text_content()
    rated = [name for band, name in BAND_CLASSES.items() if band != "none"]
    for age in ("", " o"):
        for name in rated:
            for mark in (f"mark {name}m{age}", f"{name}{age}", f"dot {name}{age}"):
                assert page.xpath("//*[@class=$look]", look=mark), mark
    for look in ("mark b0m", "mark bxm", "b0", "bx", "year", "year older"):
        assert page.xpath("//*[@class=$look]", look=look), look
    for kind in KINDS:
        assert text(f"verdict_{kind}_label", language) in words, kind
    for state in ("met", "nearly", "near", "far", "very_far"):
        assert text(f"verdict_goal_{state}", language) in words, state
        for way in ("lower", "higher"):
            assert text(f"verdict_limit_{way}_{state}", language) in words, (way, state)
            assert text(f"verdict_norm_{way}_{state}", language) in words, (way, state)
    first = site.fulfilment().indicators[0].scores[0]
    for reason in REASONS:
        unrated = Score(first.indicator, "", None, None, None, "none", None, reason)
        assert verdict_of(unrated, language).short in words, reason
    assert set(COLOURS["light"]) <= {code.text for code in page.iter("code")}
    for part in (
        "//ul[@class='rows']/li[@class='row unrated']",
        "//*[@id='charts']//*[local-name()='svg'][@class='trend']",
        "//*[@class='finding-cards']//*[local-name()='svg']",
        "//form//select",
        "//button[@aria-busy]",
        "//button[contains(@class, 'quiet')]",
        "//details[@open]",
        "//details[not(@open)]",
        "//*[@class='notice']",
        "//*[@class='warning']",
        "//nav[@class='tabs']//a[@aria-current]",
    ):
        assert page.xpath(part), part


def test_the_style_guide_is_no_page_of_a_public_site(client: FlaskClient) -> None:
    for language in LANGUAGES:
        assert client.get(f"/{language}/styleguide/").status_code == 404
