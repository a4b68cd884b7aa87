"""Sections of a long page of words have addresses, and a list that leads to them."""

from __future__ import annotations

from urllib.parse import unquote

from flask.testing import FlaskClient
from lxml.html import document_fromstring

from data.models import Language


def test_the_list_of_a_page_leads_to_every_section_but_the_first(
    client: FlaskClient, language: Language
) -> None:
    document = document_fromstring(client.get(f"/{language}/method/").get_data(as_text=True))
    sections = document.xpath("//div[contains(@class, 'prose')]/h2")
    links = document.xpath("//nav[@class='contents']//a")
    assert len(sections) > 10
    assert [link.text for link in links] == [section.text for section in sections[1:]]
    for link in links:
        (section,) = document.xpath("//*[@id = $name]", name=unquote(link.get("href")[1:]))
        assert section.text == link.text
