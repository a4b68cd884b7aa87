"""What fills a frame that is much too high: the table, as far as there is room for it.

Pages that allow no styles give a frame one height, that of the narrowest column, whatever the
width of their own. Above the width of phones this leaves hundreds of pixels below most charts.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dash.development.base_component import Component

from components.embeds.size import PHONE, frame_height

# Each range of widths up to one of these has a rule of its own; the last has no end.
_WIDTHS = (640, 720, 960)
_STEP = 32
_LEAST = 160  # Pixels: the words above a table, its head and two rows.


def rules_of_room(body: Sequence[Component]) -> str:
    """CSS that shows the closed table of an embed where its chart leaves room, and no higher.

    embed.css reads the two properties; the heights are those that the chart needs by itself.
    """
    return "".join(
        f"@media (min-width:{first}px){end} and (min-height:{needed + _LEAST}px)"
        f"{{:root{{--table:visible;--chart:{needed}px}}}}"
        for first, end, needed in _ranges(body)
    )


def _ranges(body: Sequence[Component]) -> Iterator[tuple[int, str, int]]:
    """First width, condition on the last one, and the greatest height between, all in pixels."""
    first = PHONE + 1
    for last in _WIDTHS:
        widths = (*range(first, last, _STEP), last)
        end = "" if last == _WIDTHS[-1] else f" and (max-width:{last}px)"
        yield first, end, max(frame_height(body, width) for width in widths)
        first = last + 1
