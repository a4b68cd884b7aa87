"""Longer words: Markdown pages beside this module, filled with live numbers."""

import re
from functools import cache
from html import unescape
from itertools import pairwise
from pathlib import Path

from markdown_it import MarkdownIt

from components.bands import RANGE
from components.markup import Markup, attribute
from components.texts import text
from data.models import Language
from data.scoring import EDGE_VALUES

_FOLDER = Path(__file__).with_name("prose")
# A table with what stands before it, back to the heading whose words become its name.
_TABLE = re.compile(
    r"(<h[23][^>]*>([^<]*)</h[23]>(?:(?!<h[23]).)*?)(<table>.*?</table>)", re.DOTALL
)
# A paragraph that asks readers to write, and a heading that nothing is left below.
_ASKING = re.compile(r"^[^\n]*\{operator_contact\}[^\n]*\n*", re.MULTILINE)
_BARE_HEADING = re.compile(r"^(#+) [^\n]*\n+(?=\1 |\Z)", re.MULTILINE)
_LINKABLE = re.compile(r"[^\s@<>\[\]()]+@[^\s@<>\[\]()]+|https?://\S+")
_PLACEHOLDER = re.compile(r"\{([a-z0-9_]+)\}")
_HEADING = re.compile(r"^## (.+)$", re.MULTILINE)


def prose(page: str, language: Language, values: dict[str, str]) -> Markup:
    """Render a page's Markdown with its ``{placeholders}`` filled by ``values``.

    A value may be Markdown itself; ``{contents}`` is the list of the sections from the second on.
    Without an ``operator_contact`` no paragraph asks readers to write to somebody. Raises
    ``KeyError`` for a placeholder without a value.
    """
    written = _markdown(page, language)
    if not values["operator_contact"]:
        written = _BARE_HEADING.sub("", _ASKING.sub("", written))
    filled = {**EDGE_VALUES, **values, "contents": _contents(written, language)}
    written = _PLACEHOLDER.sub(lambda match: str(filled[match[1]]), written)
    rendered = _rendered(written)
    rendered = RANGE.sub(r'<span class="whole">\g<0></span>', rendered)
    return Markup(_TABLE.sub(_boxed, rendered), className="prose")


def contact_link(contact: str) -> str:
    """Return a contact as Markdown: a bare e-mail address or URL becomes a link."""
    return f"<{contact}>" if _LINKABLE.fullmatch(contact) else contact


def inline_prose(words: str) -> Markup:
    """Render one line of Markdown."""
    return Markup(MarkdownIt("commonmark").renderInline(words), inline=True)


def _contents(written: str, language: Language) -> str:
    links = (f"- [{title}](#{_anchor(title)})" for title in _HEADING.findall(written)[1:])
    name = attribute(text("prose_contents", language))
    return "\n".join([f'<nav class="contents" aria-label="{name}">\n', *links, "\n</nav>"])


def _anchor(title: str) -> str:
    return re.sub(r"\W+", "-", title.lower()).strip("-")


def _rendered(written: str) -> str:
    """Return the HTML of Markdown whose sections can be linked to."""
    markdown = MarkdownIt("commonmark").enable("table")
    tokens = markdown.parse(written)
    for heading, title in pairwise(tokens):
        if heading.type == "heading_open" and heading.tag == "h2":
            heading.attrSet("id", _anchor(title.content))
    return str(markdown.renderer.render(tokens, markdown.options, {}))


def _boxed(match: re.Match[str]) -> str:
    """Return a table in a box that scrolls by itself and that a keyboard reaches by its name."""
    name = attribute(unescape(match[2]))
    return (
        f'{match[1]}<div class="table-box" tabindex="0" role="region" aria-label="{name}">'
        f"{match[3]}</div>"
    )


@cache
def _markdown(page: str, language: Language) -> str:
    return (_FOLDER / f"{page}.{language}.md").read_text("utf-8")
