"""Items of a run or a room as JSON keeps them."""

from decimal import Decimal
from typing import Any

from quiz.models import Item, KindName, Scale


def drawn_of(item: Item) -> list[Any]:
    """Return an item as a run keeps it: a choice in four parts, as ever; kind and line follow."""
    drawn: list[Any] = [item.question_id, item.version, item.options, item.right]
    if item.kind != "choice":
        drawn.append(item.kind)
    if item.scale:
        numbers = [getattr(item.scale, name) for name in Scale.__slots__]
        drawn.append([None if number is None else str(number) for number in numbers])
    return drawn


def items_of(drawn: list[list[Any]]) -> tuple[Item, ...]:
    """Return the items that ``drawn_of`` wrote, in their order."""
    return tuple(_item_of(*parts) for parts in drawn)


def _item_of(
    question_id: str,
    version: int,
    options: list[str],
    right: str,
    kind: KindName = "choice",
    line: list[str | None] | None = None,
) -> Item:
    scale = None
    if line:
        lowest, highest, step, exact, close, value = (Decimal(number or 0) for number in line[:6])
        start = None if line[6] is None else Decimal(line[6])
        scale = Scale(lowest, highest, step, exact, close, value, start, int(line[7] or 0))
    return Item(question_id, version, tuple(options), right, kind, scale)
