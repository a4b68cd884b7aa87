"""The answer to what is no request: a page of few words, made without the application."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape

from components.texts import text
from data.models import LANGUAGES, Language
from pages.operation.journal import REQUEST_ID

PHRASES: Mapping[int, str] = {
    400: "Bad Request",
    414: "URI Too Long",
    417: "Expectation Failed",
    431: "Request Header Fields Too Large",
    500: "Internal Server Error",
    501: "Not Implemented",
}
_WORDS: Mapping[int, tuple[str, str]] = {
    414: ("address_too_long_title", "address_too_long_words"),
    431: ("fields_too_long_title", "fields_too_long_words"),
    500: ("not_answered_title", "not_answered_words"),
}
_UNREADABLE = ("unreadable_title", "unreadable_words")
# What of a request is looked at to learn its language.
BEGINNING = 200
_LANGUAGE = re.compile(rb"[A-Z]+ (?:https?://[^/ ]+)?(?:/embed)?/(ru|en)(?=[/?# ])")


def refusal(status: int, begun: bytes, request_id: str) -> bytes:
    """The whole answer; ``begun`` is the beginning of the request, as far as it is known.

    It speaks the language of the address, or both where that cannot be read.
    """
    found = _LANGUAGE.match(begun)
    languages = tuple(one for one in LANGUAGES if found and found[1].decode() == one) or LANGUAGES
    page = _page(status, languages).encode()
    head = (
        f"HTTP/1.1 {status} {PHRASES[status]}\r\nConnection: close\r\nCache-Control: no-store\r\n"
        "Content-Type: text/html; charset=utf-8\r\n"
        f"Content-Language: {', '.join(languages)}\r\n"
        "Content-Security-Policy: default-src 'none'; frame-ancestors 'none'\r\n"
        f"X-Content-Type-Options: nosniff\r\n{REQUEST_ID}: {request_id}\r\n"
        f"Content-Length: {len(page)}\r\n\r\n"
    )
    return head.encode("ascii") + (b"" if begun.startswith(b"HEAD ") else page)


def _page(status: int, languages: tuple[Language, ...]) -> str:
    title, words = _WORDS.get(status, _UNREADABLE)
    told = "".join(
        f'<section lang="{one}"><h1>{escape(text(title, one))}</h1>'
        f"<p>{escape(text(words, one))}</p>"
        f'<p><a href="/{one}/">{escape(text("unreadable_home", one))}</a></p></section>'
        for one in languages
    )
    return (
        f'<!doctype html><html lang="{languages[0]}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width">'
        f"<title>{status}. {escape(text(title, languages[0]))}</title></head>"
        f"<body>{told}</body></html>\n"
    )
