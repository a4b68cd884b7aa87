"""No page asks readers to write to somebody where no CONTACT is set."""

from __future__ import annotations

import pytest
from dash import Dash
from lxml.html import document_fromstring

from components.takeover.paint import paint
from data.models import Language
from pages.context import context_of
from pages.faults import not_found_page
from pages.registry import page_named

MAIL = "indicators@city.example"


@pytest.mark.parametrize("contact", [MAIL, f"[us](mailto:{MAIL})"])
def test_pages_link_the_contact_and_ask_nothing_without_one(
    dash_app: Dash, monkeypatch: pytest.MonkeyPatch, language: Language, contact: str
) -> None:
    site = context_of(dash_app.server).site
    with dash_app.server.test_request_context(f"/{language}/"):

        def pages() -> list[str]:
            names = ("method", "about", "accessibility", "privacy")
            parts = [page_named(name).layout(language) for name in names]
            parts.append(not_found_page(site, language, ()))
            return [paint(page.main) for page in parts]

        monkeypatch.setattr(site, "contact", contact)
        for html in pages():
            assert document_fromstring(html).xpath(f"//a[@href='mailto:{MAIL}']")
        monkeypatch.setattr(site, "contact", "")
        for html in pages():
            assert "Напишите" not in html
            assert "Сообщите" not in html
            assert "rite to " not in html
            assert "Tell us" not in html
            for heading in document_fromstring(html).xpath("//div[@class='prose']/*[self::h2]"):
                assert heading.getnext() is not None
                assert heading.getnext().tag != "h2"
