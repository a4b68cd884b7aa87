"""Codes for places that take no HTML of a page: Markdown, wikis, newsletters, messages."""

import re

from components.embeds.codes import Embedding
from components.markup import attribute, content
from components.theme import COLOURS

# What starts markup in Markdown; "<" and "&" are written as entities, which all readers know.
_MARKDOWN = re.compile(r"([\\`*_\[\]])")
_WIKI = re.compile(r"[\[\]{}|<>&'~=*#:;_]")


def markdown_code(embedding: Embedding) -> str:
    """The picture with its description, linked to its page, and a line with finding and link."""
    picture = f"![{_markdown(embedding.description)}]({embedding.picture.file('png')})"
    return (
        f"[{picture}]({embedding.page})\n\n"
        f"{_markdown(embedding.finding)} [{_markdown(embedding.credit)}]({embedding.page})"
    )


def _markdown(words: str) -> str:
    return _MARKDOWN.sub(r"\\\1", content(words))


def wiki_code(embedding: Embedding) -> str:
    """The picture as an external link, which MediaWiki shows where it may, finding and link.

    It takes addresses for pictures only if they end in ``.png``.
    """
    return (
        f"[{embedding.page} {embedding.picture.file('png')}]\n\n"
        f"{_wiki(embedding.finding)} [{embedding.page} {_wiki(embedding.credit)}]"
    )


def _wiki(words: str) -> str:
    return _WIKI.sub(lambda sign: f"&#{ord(sign[0])};", words)


def newsletter_code(embedding: Embedding) -> str:
    """A table of fixed width with all styles inline, as mail programs read it.

    The picture is the one for phones, since mail programs choose none by width.
    """
    phone, colours = embedding.phone, COLOURS["light"]
    width = phone.size[0]
    words = f"font-family:Arial,sans-serif;font-size:16px;line-height:24px;color:{colours['ink']}"
    page = attribute(embedding.page)
    image = (
        f'<img src="{attribute(phone.address(2 * width))}" '
        f'alt="{attribute(embedding.description)}" width="{width}" height="{phone.height(width)}" '
        f'border="0" style="display:block;width:100%;height:auto;border:0;{words}">'
    )
    return (
        f'<table role="presentation" lang="{embedding.language}" dir="ltr" width="{width}" '
        'cellpadding="0" cellspacing="0" border="0" '
        f'style="width:{width}px;max-width:100%;border-collapse:collapse">\n'
        f'<tr><td style="padding:0"><a href="{page}">{image}</a></td></tr>\n'
        f'<tr><td style="padding:12px 0;{words}">{content(embedding.finding)} '
        f'<a href="{page}" style="color:{colours["accent"]}">{content(embedding.credit)}</a>'
        "</td></tr>\n</table>"
    )


def message(embedding: Embedding) -> str:
    """One finding with its link."""
    return f"{embedding.finding}\n{embedding.page}"
