"""Frame of every page: skip link, header, navigation, language switch and footer."""

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from components import urls
from components.bands import mark_definitions
from components.document import Page, language_address
from components.formats import day
from components.markup import Markup, attribute, content, hyphened
from components.texts import text
from data.models import LANGUAGES, Edition, Language

Links = Sequence[tuple[str, str]]


def shell(
    page: Page,
    language: Language,
    brand: str,
    edition: Edition,
    header: Links,
    footer: Links,
) -> Component:
    """Put a page's content between the header and the footer that all pages share.

    A link is the key of a section and its path below the language: ``("list", "kpi/")``.
    """
    return html.Div(
        [
            html.A(text("skip_to_content", language), href="#content", className="skip"),
            mark_definitions(patterned=page.patterned) if page.marked else None,
            _header(page, language, brand, header),
            html.Main(page.main, id="content", tabIndex="-1"),
            _footer(language, edition, footer),
            _retry_status(language) if page.scripts else None,
        ],
        className="site",
    )


def _retry_status(language: Language) -> html.Div:
    """Return the place where scripts say that an answer does not come; see assets/retry.js.

    Its words are for the scripts themselves.
    """
    return html.Div(
        [
            html.P(text("retry_scripts", language), hidden=True),
            html.Button(text("retry_again", language), type="button", hidden=True),
        ],
        id="retry-status",
        role="status",
    )


def _header(page: Page, language: Language, brand: str, links: Links) -> html.Header:
    """Return brand, search, menu and language switch in one row.

    Search and menu are popovers where the window is narrow: they open without scripts, and a
    browser that does not know popovers shows them at all times.
    """
    search, home = content(text("search", language)), _place(page, "home", "")
    items = "".join(
        f'<li><a href="{language_address(language, path)}"{_current(_place(page, key, path))}>'
        f"{content(text(f'nav_{key}', language))}</a></li>"
        for key, path in links
    )
    row = (
        f'<a class="brand" href="{urls.home(language)}"{_current(home)}>{_EMBLEM}{content(brand)}'
        f'</a><button popovertarget="find" aria-label="{search}">{_LENS}</button>'
        f'<form popover id="find" role="search" action="{urls.page(language, "kpi")}">'
        f'<input type="search" name="q" maxlength="100" aria-label="{search}"'
        f' placeholder="{content(text("search_hint", language))}">'
        f'<button aria-label="{search}">{_LENS}</button></form>'
        f'<button popovertarget="menu">{content(text("menu", language))}</button>'
        f'<nav popover id="menu" aria-label="{content(text("nav_label", language))}"><ul>{items}'
        f"</ul></nav>{language_switch(page, language)}"
    )
    return html.Header(Markup(row, className="header-row"), className="header")


def _place(page: Page, section: str, path: str) -> str:
    """Return ``aria-current`` of a link: "page", "true" for the part that holds it, or ""."""
    if page.section != section:
        return ""
    return "page" if page.path.partition("?")[0] == path else "true"


def _current(place: str) -> str:
    return f' aria-current="{place}"' if place else ""


def language_switch(page: Page, language: Language) -> str:
    """Return the link to the other language, of whose name a phone shows the first syllable."""
    other = next(other for other in LANGUAGES if other != language)
    short, name = text("language_short", other), text("language_name", other)
    return (
        f'<a id="language-switch" href="{attribute(language_address(other, page.path))}"'
        f' hreflang="{other}" lang="{other}" aria-label="{name}">{short}'
        f"<span>{name.removeprefix(short)}</span></a>"
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
    '<svg viewBox="0 0 32 32" aria-hidden="true"><circle cx="16" cy="16" r="6" '
    'class="e0"/><path class="e1" d="M16 2a14 14 0 0 1 12.1 7l-5.2 3A8 8 0 0 0 16 8z"/>'
    '<path class="e2" d="M29.1 11a14 14 0 0 1-4.7 16.4l-3.6-4.8a8 8 0 0 0 2.7-9.3z"/>'
    '<path class="e3" d="M22.6 28.4A14 14 0 0 1 4.2 23.6l5.2-3a8 8 0 0 0 10.5 2.8z"/></svg>'
)
_LENS = (
    '<svg viewBox="0 0 20 20" aria-hidden="true"><circle cx="8.5" cy="8.5" r="5.5"/>'
    '<path d="m12.5 12.5 5 5"/></svg>'
)
