"""The same chart as files: vector, pixels in two sizes, and the card for networks."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode

from dash import html

from components.pictures.frame import CARD_HEIGHT, CARD_WIDTH
from components.texts import text
from data.models import Language

LARGE = 2400  # Pixels across: enough for print, and the most that is drawn.
_CARD = f"{CARD_WIDTH}×{CARD_HEIGHT}"


def picture_links(language: Language, picture: str, **selection: object) -> html.P:
    """One line below a chart; ``picture`` is its path below the language, without ending."""
    parts: list[html.A | str] = [text("picture_files", language), " "]
    for kind, address in _addresses(language, picture, selection).items():
        words = text(f"picture_file_{kind}", language, px=LARGE, card=_CARD)
        parts += [html.A(words, href=address), " · "]
    return html.P(parts[:-1], className="note picture-files")


def picture_tools(language: Language, picture: str, **selection: object) -> list[html.A]:
    """Return the same files as links of a toolbar."""
    return [
        html.A(text(f"picture_file_{kind}", language, px=LARGE, card=_CARD), href=address)
        for kind, address in _addresses(language, picture, selection).items()
    ]


def picture_files(
    language: Language,
    spoken: Language,
    picture: str,
    asked: Mapping[str, object],
    size: tuple[int, int],
    phone: tuple[int, int],
) -> html.Ul:
    """A row per file with what it is for.

    ``size`` and ``phone`` are the (width, height) of the picture and of the one for phones.
    """
    width, height = size
    sharp = 2 * phone[0]
    asked_of_phone = {**asked, "size": "phone", "width": sharp}
    sizes = {
        "svg": "",
        "png": f"{width}×{height}",
        "large": f"{LARGE}×{round(height * LARGE / width)}",
        "card": _CARD,
        "phone": f"{sharp}×{2 * phone[1]}",
    }
    files = {
        **_addresses(spoken, picture, asked),
        "phone": _address(spoken, picture, "png", asked_of_phone),
    }
    rows = []
    for kind, address in files.items():
        name = html.A(text(f"picture_name_{kind}", language), href=address)
        words = text(f"picture_words_{kind}", language)
        rows.append(html.Li([name, f" {sizes[kind]}".rstrip(), html.Br(), html.Span(words)]))
    return html.Ul(rows, className="picture-files")


def _addresses(language: Language, picture: str, asked: Mapping[str, object]) -> Mapping[str, str]:
    return {
        "svg": _address(language, picture, "svg", asked),
        "png": _address(language, picture, "png", asked),
        "large": _address(language, picture, "png", {**asked, "width": LARGE}),
        "card": _address(language, picture, "png", {**asked, "size": "card"}),
    }


def _address(language: Language, picture: str, ending: str, asked: Mapping[str, object]) -> str:
    parameters = {name: value for name, value in asked.items() if value}
    query = f"?{urlencode(parameters)}" if parameters else ""
    return f"/{language}/{picture}.{ending}{query}"
