"""The feed of editions: what each of them changed, in both languages, as Atom (RFC 4287)."""

from collections.abc import Callable
from xml.etree import ElementTree as ET

from components.document import language_address
from components.texts import text
from data.models import LANGUAGES, Edition, Language
from pages.site import Site

FEED = "/atom.xml"
FEED_TYPE = "application/atom+xml"
_ATOM = "http://www.w3.org/2005/Atom"
_XHTML = "http://www.w3.org/1999/xhtml"
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_DATA = "data/"
_BETWEEN = " · "


def feed_of(site: Site, language: Language) -> tuple[str, str]:
    """The feed's address and its name, for the heads of pages."""
    return FEED, f"{site.name(language)}: {text('feed_title', language)}"


def feed(site: Site) -> bytes:
    """The whole feed, newest edition first; the same editions give the same bytes."""
    base = site.around.base_url
    root = ET.Element(f"{{{_ATOM}}}feed")
    _add(root, "id", f"{base}{FEED}")
    title = _both(lambda language: f"{site.name(language)}: {text('feed_title', language)}")
    _add(root, "title", title)
    _add(root, "updated", _moment(site.edition))
    _add(_add(root, "author"), "name", _both(site.name))
    _add(root, "link", rel="self", type=FEED_TYPE, href=f"{base}{FEED}")
    _add_pages(root, base, _DATA)
    for edition in reversed(site.editions):
        _add_entry(root, edition, base)
    for prefix, namespace in (("", _ATOM), ("xhtml", _XHTML)):
        ET.register_namespace(prefix, namespace)
    written: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return written + b"\n"


def _add_entry(root: ET.Element, edition: Edition, base: str) -> None:
    entry = _add(root, "entry")
    changes = f"{base}/data/{edition.version}/changes.json"
    _add(entry, "id", changes)
    title = _both(lambda language: text("feed_entry", language, version=edition.version))
    _add(entry, "title", title)
    _add(entry, "updated", _moment(edition))
    _add_pages(entry, base, f"{_DATA}{edition.version}/")
    _add(entry, "link", rel="related", type="application/json", href=changes)
    content = _add(entry, "content", type="xhtml")
    outside = ET.SubElement(content, f"{{{_XHTML}}}div")
    for language in LANGUAGES:
        words = ET.SubElement(outside, f"{{{_XHTML}}}div", {_LANGUAGE: language})
        title = text("feed_entry", language, version=edition.version)
        ET.SubElement(words, f"{{{_XHTML}}}h2").text = title
        listed = ET.SubElement(words, f"{{{_XHTML}}}ul")
        for change in edition.change_log.changes:
            ET.SubElement(listed, f"{{{_XHTML}}}li").text = change.words[language]


def _add_pages(parent: ET.Element, base: str, page: str) -> None:
    for language in LANGUAGES:
        address = base + language_address(language, page)
        _add(parent, "link", rel="alternate", type="text/html", hreflang=language, href=address)


def _add(parent: ET.Element, name: str, words: str | None = None, **attributes: str) -> ET.Element:
    element = ET.SubElement(parent, f"{{{_ATOM}}}{name}", attributes)
    element.text = words
    return element


def _both(words: Callable[[Language], str]) -> str:
    return _BETWEEN.join(words(language) for language in LANGUAGES)


def _moment(edition: Edition) -> str:
    return f"{edition.date}T00:00:00Z"
