"""Words of components, and the lines that they need in the fonts that embeds ask for."""

from typing import Any

from components.markup import Markup
from components.pictures import lettering

# The fonts that embed.css names are as wide as the one that measures, or a little less.
RESERVE, _BOLD_RESERVE = 0.995, 0.985


def line_count(words: str, size: float, room: float, *, bold: bool = False) -> int:
    """Return how many lines words of ``size`` pixels need in ``room`` pixels."""
    reserve = _BOLD_RESERVE if bold else RESERVE
    return len(lettering.lines(words, size, room * reserve, bold=bold)) if words else 0


def words_of(node: Any) -> str:
    """Return the words of a component; none for markup."""
    if isinstance(node, str):
        return node
    return "" if isinstance(node, Markup) else "".join(words_of(child) for child in children(node))


def children(node: Any) -> list[Any]:
    """Return the children of a component."""
    inner = getattr(node, "children", None)
    if inner is None:
        return []
    return list(inner) if isinstance(inner, list | tuple) else [inner]


def classes(node: Any) -> list[str]:
    """Return the classes of a component."""
    return str(getattr(node, "className", None) or "").split()
