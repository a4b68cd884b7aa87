"""Addresses for programs: sitemap, feed, robots."""

from collections.abc import Callable
from xml.sax.saxutils import escape

from flask import Flask, Response

from components.document import language_address
from data.models import LANGUAGES
from pages.documents import Documents, respond
from pages.feed import FEED, FEED_TYPE, feed
from pages.registry import registered_pages
from pages.site import Site


def add_files(server: Flask, site: Site, documents: Documents) -> None:
    """Add the addresses that answer something else than a page."""
    rules: dict[str, Callable[..., Response]] = {
        "/sitemap.xml": lambda: respond(
            documents.at("sitemap", lambda: _sitemap(site), "application/xml")
        ),
        "/robots.txt": lambda: respond(
            documents.at("robots", lambda: _robots(site), "text/plain; charset=utf-8")
        ),
        FEED: lambda: respond(
            documents.at("feed", lambda: feed(site), f"{FEED_TYPE}; charset=utf-8")
        ),
    }
    for rule, view in rules.items():
        server.add_url_rule(rule, f"file.{rule}", view)


def page_paths(site: Site) -> list[str]:
    """Return the path below the language of every page that a search engine may list."""
    return [path for page in registered_pages() for path in page.paths(site)]


def _sitemap(site: Site) -> str:
    rows: list[str] = []
    for path in page_paths(site):
        links = "".join(
            f'<xhtml:link rel="alternate" hreflang="{language}" '
            f'href="{escape(site.around.base_url + language_address(language, path))}"/>'
            for language in LANGUAGES
        )
        rows.extend(
            f"<url><loc>{escape(site.around.base_url + language_address(language, path))}</loc>"
            f"<lastmod>{site.edition.date}</lastmod>{links}</url>"
            for language in LANGUAGES
        )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>'
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
        f'xmlns:xhtml="http://www.w3.org/1999/xhtml">{"".join(rows)}</urlset>'
    )


def _robots(site: Site) -> str:
    return (
        f"User-agent: *\nAllow: /\nDisallow: /_dash/\nSitemap: {site.around.base_url}/sitemap.xml\n"
    )
