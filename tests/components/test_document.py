"""The head of a document: its language, its twin, its address and what a share card shows."""

from __future__ import annotations

import json

import pytest
from dash import html
from lxml.html import HtmlElement, document_fromstring

from components.document import Page, Surroundings, document, language_address
from components.formats import DASH
from components.shell import shell
from data.models import LANGUAGES, Edition, Language
from tests.builders import nesting_faults

AROUND = Surroundings(
    base_url="https://example.org",
    site_name={"ru": "Сайт", "en": "Site"},
    stylesheet="a{}",
    section_styles={"": ""},
    early_script="early()",
    assets={
        "icon.svg": "/assets/icon.1.svg",
        "print.css": "/assets/print.1.css",
        "dash_takeover.js": "/assets/dash_takeover.1.js",
    },
)
LINKS = (("list", "kpi/"), ("data", "data/"))
NASTY = '"><script>alert(1)</script>&'


def page(**changes: object) -> Page:
    fields: dict[str, object] = {
        "title": "Water",
        "description": "About water.",
        "path": "kpi/?q=a&band=none",
        "main": html.H1("Water"),
        "section": "list",
        "scripts": ("dash_takeover.js",),
    }
    return Page(**fields | changes)


def read(content: Page, language: Language, edition: Edition) -> HtmlElement:
    body = shell(content, language, "City", edition, LINKS, LINKS)
    written = document(content, body, language, AROUND)
    assert written.startswith("<!DOCTYPE html>")
    assert not nesting_faults(written)
    return document_fromstring(written)


def attribute(root: HtmlElement, path: str) -> str:
    (value,) = root.xpath(path)
    return str(value)


def test_a_document_says_its_language_address_and_twin(
    language: Language, edition: Edition
) -> None:
    root = read(page(), language, edition)
    here = f"https://example.org/{language}/kpi/?q=a&band=none"
    assert root.get("lang") == language
    assert attribute(root, "//link[@rel='canonical']/@href") == here
    twins = {
        link.get("hreflang"): link.get("href") for link in root.xpath("//link[@rel='alternate']")
    }
    assert twins == {twin: f"https://example.org/{twin}/kpi/?q=a&band=none" for twin in LANGUAGES}
    assert attribute(root, "//meta[@property='og:url']/@content") == here


def test_home_names_the_address_that_chooses_a_language(
    language: Language, edition: Edition
) -> None:
    root = read(page(path=""), language, edition)
    twins = {
        link.get("hreflang"): link.get("href") for link in root.xpath("//link[@rel='alternate']")
    }
    assert twins["x-default"] == "https://example.org/"


@pytest.mark.parametrize(("language", "locale"), [("ru", "ru_RU"), ("en", "en_GB")])
def test_a_share_card_says_what_the_page_says(
    language: Language, locale: str, edition: Edition
) -> None:
    root = read(page(), language, edition)
    cards = {meta.get("property"): meta.get("content") for meta in root.xpath("//meta[@property]")}
    assert cards["og:title"] == "Water"
    assert cards["og:description"] == "About water."
    assert cards["og:site_name"] == AROUND.site_name[language]
    assert cards["og:locale"] == locale
    assert root.findtext(".//title") == f"Water{DASH[language]}{AROUND.site_name[language]}"
    assert attribute(root, "//meta[@name='description']/@content") == "About water."


def test_a_title_that_is_the_name_of_the_site_is_not_said_twice(edition: Edition) -> None:
    assert read(page(title="Site"), "en", edition).findtext(".//title") == "Site"


def test_a_page_that_is_a_fault_is_kept_out_of_search_engines(edition: Edition) -> None:
    root = read(page(indexable=False), "en", edition)
    assert attribute(root, "//meta[@name='robots']/@content") == "noindex"
    assert not root.xpath("//link[@rel='canonical' or @rel='alternate'] | //meta[@property]")


def test_no_words_can_break_out_of_the_head(edition: Edition) -> None:
    structured = ({"name": f"</script>{NASTY}"},)
    root = read(
        page(title=NASTY, description=NASTY, path=f"kpi/?q={NASTY}", structured=structured),
        "en",
        edition,
    )
    assert root.findtext(".//title") == f"{NASTY} – Site"
    (data,) = root.xpath("//script[@type='application/ld+json']/text()")
    assert json.loads(data) == structured[0]
    (script,) = root.xpath("//script[not(@type)]")
    assert (script.get("data-load"), script.text) == ("/assets/dash_takeover.1.js", "early()")
    assert script.get("data-print") == "/assets/print.1.css"


@pytest.mark.parametrize("scripts", [("dash_takeover.js",), ()])
def test_who_has_scripts_off_gets_the_sheet_for_paper_too(
    scripts: tuple[str, ...], edition: Edition
) -> None:
    root = read(page(scripts=scripts), "en", edition)
    (link,) = root.xpath("//noscript/link[@media='print']")
    assert link.get("href") == "/assets/print.1.css"
    assert (
        len(root.xpath("//link[@media='print']")) == len(root.xpath("//script[@data-print]")) == 1
    )


def test_the_language_switch_keeps_the_place(language: Language, edition: Edition) -> None:
    root = read(page(), language, edition)
    other = next(candidate for candidate in LANGUAGES if candidate != language)
    (switch,) = root.xpath("//a[@id='language-switch']")
    assert switch.get("href") == language_address(other, "kpi/?q=a&band=none")
    assert switch.get("hreflang") == switch.get("lang") == other
    assert switch.text_content() == {"ru": "Русский", "en": "English"}[other]


def test_the_first_link_leads_past_the_navigation(edition: Edition) -> None:
    root = read(page(), "en", edition)
    first = root.xpath("//body//a")[0]
    assert first.get("href") == "#content"
    (main,) = root.xpath("//main[@id='content']")
    assert main.get("tabindex") == "-1"
