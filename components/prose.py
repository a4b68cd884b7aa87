"""Longer words: Markdown pages beside this module, filled with live numbers."""

from __future__ import annotations

import re
from functools import cache
from html import unescape
from pathlib import Path

from markdown_it import MarkdownIt

from components.bands import RANGE
from components.markup import Markup, attribute
from data.models import Language

_FOLDER = Path(__file__).with_name("prose")
# A table with what stands before it, back to the heading whose words become its name.
_TABLE = re.compile(r"(<h[23]>([^<]*)</h[23]>(?:(?!<h[23]>).)*?)(<table>.*?</table>)", re.DOTALL)
_PLACEHOLDER = re.compile(r"\{([a-z0-9_]+)\}")


def prose(page: str, language: Language, values: dict[str, str]) -> Markup:
    """Render a page's Markdown with its ``{placeholders}`` filled by ``values``.

    A value may be Markdown itself. Raises ``KeyError`` for a placeholder without a value.
    """
    written = _PLACEHOLDER.sub(lambda found: values[found[1]], _markdown(page, language))
    rendered = MarkdownIt("commonmark").enable("table").render(written)
    rendered = RANGE.sub(r'<span class="whole">\g<0></span>', rendered)
    return Markup(_TABLE.sub(_boxed, rendered), className="prose")


def _boxed(found: re.Match[str]) -> str:
    """A wide table scrolls inside a box of its own, which a keyboard reaches by its name."""
    name = attribute(unescape(found[2]))
    return (
        f'{found[1]}<div class="table-box" tabindex="0" role="region" aria-label="{name}">'
        f"{found[3]}</div>"
    )


@cache
def _markdown(page: str, language: Language) -> str:
    return (_FOLDER / f"{page}.{language}.md").read_text("utf-8")
