"""Many indicators in a picture for phones: the wheel without names, and a bar per category."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from components.pictures.group_charts import bare_wheel
from components.pictures.pieces import Piece, block, stack
from components.pictures.rows import Row, row_piece
from components.texts import text
from components.theme import BAND_CLASSES
from data.fulfilment import Category, Fulfilment
from data.groups import GroupScore, group_score
from data.models import Language

_GAP = 0.7  # In font sizes.


def wheel_phone(fulfilment: Fulfilment, language: Language, room: float, size: float) -> Piece:
    """The wheel without words that would be too small, and the dimensions' scores as bars."""
    named = (
        (text(f"dimension_{key}", language), group_score(fulfilment.of_dimension(key)))
        for key in fulfilment.dimensions()
    )
    return stack([bare_wheel(fulfilment, language, room), _bars(named, language, room, size)], size)


def dimension_phone(
    groups: tuple[Category, ...], language: Language, room: float, size: float
) -> Piece:
    """The score of each category under the name of its sub-dimension."""
    blocks = []
    for sub_dimension, members in groupby(groups, key=lambda group: group.sub_dimension):
        named = ((one.name[language], group_score(one.indicators)) for one in members)
        heading = block(sub_dimension[language], size * 1.2, room, look="link")
        blocks.append(stack([heading, _bars(named, language, room, size)], size * _GAP))
    return stack(blocks, size * 1.6)


def _bars(
    named: Iterable[tuple[str, GroupScore]], language: Language, room: float, size: float
) -> Piece:
    rows = (
        Row(
            name,
            score.share,
            score.band,
            BAND_CLASSES["none"],
            text("factsheet_unscored", language),
        )
        for name, score in named
    )
    return stack([row_piece(row, language, room, size) for row in rows], size * _GAP)
