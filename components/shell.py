"""Frame of every page: skip link, header, navigation, language switch and footer."""

from __future__ import annotations

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from components import urls
from components.bands import mark_definitions
from components.document import Page, language_address
from components.formats import day
from components.markup import Markup, current, hyphened
from components.texts import text
from data.models import LANGUAGES, Edition, Language

Links = Sequence[tuple[str, str]]


def shell(
    page: Page,
    language: Language,
    site_name: str,
    edition: Edition,
    short_name: str,
    header: Links,
    footer: Links,
) -> Component:
    """Put a page's content between the header and the footer that all pages share.

    On phones the brand is ``short_name``, since the title of the home page repeats the long one.
    A link is the key of a section and its path below the language: ``("list", "kpi/")``.
    """
    return html.Div(
        [
            html.A(text("skip_to_content", language), href="#content", className="skip"),
            mark_definitions() if page.marked else None,
            _header(page, language, site_name, short_name, header),
            html.Main(page.main, id="content", tabIndex="-1"),
            _footer(language, edition, footer),
        ],
        className="site",
    )


def _header(
    page: Page, language: Language, site_name: str, short_name: str, links: Links
) -> html.Header:
    brand = html.A(
        [
            Markup(_EMBLEM, inline=True, className="emblem"),
            html.Span(site_name, className="brand-long"),
            html.Span(short_name, className="brand-short"),
        ],
        href=urls.home(language),
        className="brand",
        **current(_place(page, "home", "")),
    )
    parts = [
        html.Li(
            html.A(
                text(f"nav_{key}", language),
                href=language_address(language, path),
                **current(_place(page, key, path)),
            )
        )
        for key, path in links
    ]
    return html.Header(
        html.Div(
            [
                brand,
                _language_switch(page, language),
                html.Nav(html.Ul(parts), **hyphened(aria_label=text("nav_label", language))),
            ],
            className="header-row",
        ),
        className="header",
    )


def _place(page: Page, section: str, path: str) -> str:
    """Return ``aria-current`` of a link: "page", "true" for the part that holds it, or ""."""
    if page.section != section:
        return ""
    return "page" if page.path.partition("?")[0] == path else "true"


def _language_switch(page: Page, language: Language) -> html.Div:
    other = next(other for other in LANGUAGES if other != language)
    return html.Div(
        html.A(
            text("language_name", other),
            href=language_address(other, page.path),
            hrefLang=other,
            lang=other,
            id="language-switch",
        ),
        className="language",
    )


def _footer(language: Language, edition: Edition, links: Links) -> html.Footer:
    items = [
        html.Li(
            html.A(text(f"nav_{key}", language), href=language_address(language, path)),
        )
        for key, path in links
    ]
    return html.Footer(
        html.Div(
            [
                html.P(
                    text(
                        "footer_edition",
                        language,
                        version=edition.version,
                        date=day(edition.date, language),
                    )
                ),
                html.P(text("footer_licence", language)),
                html.Nav(html.Ul(items), **hyphened(aria_label=text("footer_label", language))),
            ],
            className="footer-row",
        ),
        className="footer",
    )


_EMBLEM = (
    '<svg viewBox="0 0 32 32" aria-hidden="true" focusable="false"><circle cx="16" cy="16" r="6" '
    'class="e0"/><path class="e1" d="M16 2a14 14 0 0 1 12.1 7l-5.2 3A8 8 0 0 0 16 8z"/>'
    '<path class="e2" d="M29.1 11a14 14 0 0 1-4.7 16.4l-3.6-4.8a8 8 0 0 0 2.7-9.3z"/>'
    '<path class="e3" d="M22.6 28.4A14 14 0 0 1 4.2 23.6l5.2-3a8 8 0 0 0 10.5 2.8z"/></svg>'
)
