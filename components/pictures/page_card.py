"""The picture that networks show of a page without a chart: its words and what it counts."""

import math
from collections.abc import Sequence
from typing import Any

from dash import html

from components.document import Page
from components.embeds.measures import children, classes
from components.pictures.frame import Sheet
from components.pictures.svg_boxes import EMPTY, Box, beside, block, stack, words_width

Row = tuple[str, str]
_MOST = 9
_NUMBER, _WORDS = 38.0, 25.0  # Font sizes.
_LINE = 18.0
WIDTH, PHONE_SCALE = 960, 0.7


def page_sheet(page: Page) -> Sheet:
    """Return title, description and rows of a page, to be drawn as a card."""
    rows = (page.figures or figures_in(page.main) or headings_in(page.main))[:_MOST]
    return rows_sheet(page.title, page.description, rows)


def rows_sheet(title: str, sentence: str, rows: Sequence[Row]) -> Sheet:
    """Return numbers with what they count, to be drawn as a picture of any form."""
    counted = (f"{number} {words}".strip() for number, words in rows)
    return Sheet(
        title=title,
        choice="",
        sentence=sentence,
        description=" ".join((sentence, *(f"{words}." for words in counted))),
        width=WIDTH,
        chart=lambda room: rows_box(rows, (room, math.inf)),
        card=lambda room: rows_box(rows, room),
        phone=lambda room: rows_box(rows, (room, math.inf), PHONE_SCALE),
        legend=lambda _room, _size: EMPTY,
    )


def rows_box(rows: Sequence[Row], room: tuple[float, float], scale: float = 1) -> Box:
    """Return numbers with what they count, as large as the room allows, ``scale`` at most.

    Words stand alone where none counts.
    """
    while True:
        numbers = max(
            (words_width(number, _NUMBER * scale, "bold") for number, _ in rows), default=0
        )
        start = numbers + _WORDS * scale if numbers else 0
        drawn = stack(
            [
                beside(
                    [
                        (0, block(number, _NUMBER * scale, room[0], look="bold")),
                        (
                            start,
                            _beside_number(words, scale, room[0] - start, numbered=bool(numbers)),
                        ),
                    ]
                )
                for number, words in rows
            ],
            _LINE * scale,
        )
        if drawn.height <= room[1] or scale < 0.5:
            return drawn
        scale -= 0.05


def _beside_number(words: str, scale: float, room: float, *, numbered: bool) -> Box:
    """Words lowered to the line of the number beside them."""
    lowered = (_NUMBER - _WORDS) * scale * 0.8 if numbered else 0
    return stack([Box(" ", lowered), block(words, _WORDS * scale, room)], 0)


def figures_in(main: Any) -> tuple[Row, ...]:
    """Return the numbers of a page's lists of figures, each with its words."""
    return tuple(
        (words_of(number), words_of(words))
        for figures in _all(main, html.Ul)
        if "figures" in classes(figures)
        for number, words in (row.children for row in figures.children)
    )


def headings_in(main: Any) -> tuple[Row, ...]:
    """Return the headings of a page's parts."""
    return tuple(("", words_of(heading)) for heading in _all(main, html.H2))


def words_of(node: Any) -> str:
    """Return the text of a component."""
    if node is None or isinstance(node, str | int):
        return "" if node is None else str(node)
    return "".join(words_of(child) for child in children(node))


def _all(node: Any, kind: type) -> list[Any]:
    matches = [node] if isinstance(node, kind) else []
    return matches + [match for child in children(node) for match in _all(child, kind)]
