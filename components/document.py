"""The HTML document around a page: head, stylesheet, scripts and the language's attributes."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from dash.development.base_component import Component

from components import urls
from components.formats import titled
from components.markup import attribute, content
from components.pictures.frame import CARD_HEIGHT, CARD_WIDTH
from components.takeover.paint import Painted, paint
from components.theme import COLOURS, THEMES
from data.models import LANGUAGES, Language

_OEMBED_TYPES: Mapping[str, str] = {
    "json": "application/json+oembed",
    "xml": "text/xml+oembed",
}
_OG_LOCALES: Mapping[Language, str] = {"ru": "ru_RU", "en": "en_GB"}


@dataclass(frozen=True, slots=True)
class Page:
    """Result of a page's layout: its words for the head and its component tree.

    ``path`` is the address without language and without leading slash (``kpi/?q=water``),
    so that the other language's address keeps the place. ``picture`` is the path of the
    picture that networks show, below the language as well; without one it is the page's card,
    which shows ``figures``, numbers with their words, or what it finds in ``main``.
    ``pictured`` is what the picture says, where that is not the description.
    ``charted`` says that the page shows a chart, so that oEmbed answers for its address.
    ``shared_title`` is what networks call the page where the address says more than its
    title, such as a year. ``structured`` is JSON-LD.
    ``feed`` is the address of an Atom feed that follows what the page shows, and its name.
    A page that is not ``marked`` shows no state by its mark and carries none; one that is
    ``patterned`` fills squares or bars, too.
    Without scripts it is loaded anew every ``refresh`` seconds, if any.
    ``style`` names its style sheet where that is not the one of its section.
    ``blanks`` are what each reader's copy of a painted ``main`` has in the place of its blanks.
    """

    title: str
    description: str
    path: str
    main: Component | Painted
    section: str = ""
    style: str = ""
    scripts: tuple[str, ...] = ()
    picture: str = ""
    pictured: str = ""
    figures: tuple[tuple[str, str], ...] = ()
    charted: bool = False
    shared_title: str = ""
    indexable: bool = True
    structured: tuple[Mapping[str, Any], ...] = field(default=())
    feed: tuple[str, str] | None = None
    marked: bool = True
    patterned: bool = False
    refresh: int = 0
    blanks: Mapping[str, str] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Base URL, style sheets and assets that all documents of one process share.

    ``stylesheet``, what the page's section adds to it ("" is any other section), and
    ``early_script`` stand inside each page, so that nothing but the first answer is needed to
    read it; ``assets`` gives the address of a file by its name.
    """

    base_url: str
    site_name: Mapping[Language, str]
    stylesheet: str
    section_styles: Mapping[str, str]
    early_script: str
    assets: Mapping[str, str]


def document(page: Page, body: Component, language: Language, around: Surroundings) -> str:
    """Return the whole HTML of a page whose shell and content are ``body``."""
    return (
        f'<!DOCTYPE html><html lang="{language}"><head>{_head(page, language, around)}</head>'
        f"<body>{paint(body)}</body></html>"
    )


def part_of_document(page: Page, switch: str, language: Language, site: str) -> str:
    """Return what a script takes of a page: title, link to the other language and content."""
    title = content(titled(page.title, site, language))
    return (
        f'<!DOCTYPE html><html lang="{language}"><title>{title}</title>{switch}'
        f'<main id="content">{paint(page.main)}</main></html>'
    )


def language_address(language: Language, path: str) -> str:
    """The address of a page in one language."""
    return f"/{language}/{path}"


def _head(page: Page, language: Language, around: Surroundings) -> str:
    site = around.site_name[language]
    title = titled(page.title, site, language)
    own = around.base_url + language_address(language, page.path)
    parts = [
        '<meta charset="utf-8">',
        f"<title>{content(title)}</title>",
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        _meta("description", page.description),
        '<meta name="color-scheme" content="light dark">',
        *(
            f'<meta name="theme-color" content="{COLOURS[theme]["paper"]}" '
            f'media="(prefers-color-scheme: {theme})">'
            for theme in THEMES
        ),
    ]
    if page.indexable:
        parts.append(f'<link rel="canonical" href="{attribute(own)}">')
        parts.extend(_alternates(page, around.base_url))
        parts.extend(_cards(page, own, language, site))
        parts.extend(_picture(page, language, around.base_url))
        parts.extend(_oembed(page, own, around.base_url))
        parts.extend(_feed(page, around.base_url))
    else:
        parts.append(_meta("robots", "noindex"))
    parts.append(
        f'<link rel="icon" href="{attribute(around.assets["icon.svg"])}">'
        '<link rel="apple-touch-icon" href="/apple-touch-icon.png">'
    )
    if page.section == "home":
        # Elsewhere it would cost a request, and start at home what is kept of another page.
        parts.append(f'<link rel="manifest" href="{urls.manifest(language)}">')
    if page.refresh:
        parts.append(f'<noscript><meta http-equiv="refresh" content="{page.refresh}"></noscript>')
    own = around.section_styles.get(page.style or page.section, around.section_styles[""])
    parts.append(f"<style>{around.stylesheet}{own}</style>")
    parts.extend(_printed_and_loaded(page, around))
    parts.extend(_structured(data) for data in page.structured)
    return "".join(parts)


def _printed_and_loaded(page: Page, around: Surroundings) -> list[str]:
    """Return the print style sheet, and the script that fetches scripts when they are needed.

    That script fetches what is for paper, too, once the page is there: on slow lines a link
    would be loaded beside the page. Who has scripts off gets the link.
    """
    printed = attribute(around.assets["print.css"])
    addresses = attribute(" ".join(around.assets[name] for name in page.scripts))
    return [
        f'<noscript><link rel="stylesheet" media="print" href="{printed}"></noscript>',
        (f'<script data-load="{addresses}" data-print="{printed}">{around.early_script}</script>'),
    ]


def _feed(page: Page, base_url: str) -> list[str]:
    if page.feed is None:
        return []
    address, name = page.feed
    return [
        (
            f'<link rel="alternate" type="application/atom+xml" title="{attribute(name)}" '
            f'href="{attribute(base_url + address)}">'
        )
    ]


def _meta(name: str, value: str) -> str:
    return f'<meta name="{name}" content="{attribute(value)}">'


def _alternates(page: Page, base_url: str) -> list[str]:
    links = [
        f'<link rel="alternate" hreflang="{language}" '
        f'href="{attribute(base_url + language_address(language, page.path))}">'
        for language in LANGUAGES
    ]
    if not page.path:
        links.append(f'<link rel="alternate" hreflang="x-default" href="{base_url}/">')
    return links


def _cards(page: Page, own: str, language: Language, site: str) -> list[str]:
    properties = {
        "og:type": "website",
        "og:site_name": site,
        "og:title": page.shared_title or page.title,
        "og:description": page.description,
        "og:url": own,
        "og:locale": _OG_LOCALES[language],
    }
    return [
        f'<meta property="{name}" content="{attribute(value)}">'
        for name, value in properties.items()
    ]


def _picture(page: Page, language: Language, base_url: str) -> list[str]:
    """Return the picture for social networks: the page's chart and year, or its card."""
    path, _, query = page.path.partition("?")
    picture = page.picture or f"{path}card.png" + (f"?{query}" if query else "")
    properties = {
        "og:image": base_url + language_address(language, picture),
        "og:image:type": "image/png",
        "og:image:width": str(CARD_WIDTH),
        "og:image:height": str(CARD_HEIGHT),
        "og:image:alt": page.pictured or page.description,
    }
    return [
        *(
            f'<meta property="{name}" content="{attribute(value)}">'
            for name, value in properties.items()
        ),
        _meta("twitter:card", "summary_large_image"),
    ]


def _oembed(page: Page, own: str, base_url: str) -> list[str]:
    if not page.charted:
        return []
    return [
        f'<link rel="alternate" type="{kind}" title="{attribute(page.shared_title or page.title)}" '
        f'href="{attribute(address)}">'
        for kind, address in oembed_addresses(base_url, own).items()
    ]


def oembed_addresses(base_url: str, url: str) -> dict[str, str]:
    """The addresses that describe another one for oEmbed, with origin, by media type."""
    return {
        kind: f"{base_url}/oembed?{urlencode({'url': url, 'format': form})}"
        for form, kind in _OEMBED_TYPES.items()
    }


def _structured(data: Mapping[str, Any]) -> str:
    # "<" is escaped so that no text of a table can close the element.
    written = json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    return f'<script type="application/ld+json">{written}</script>'
