"""Many indicators in one picture: the wheel, a dimension's bars, and its fields in a card."""

from collections.abc import Iterable
from itertools import groupby

from components.ages import group_is_older, years_of, years_words
from components.bands import group_state, look_of
from components.pictures.rows import Row, indicator_row, row_box
from components.pictures.svg_boxes import Box, beside, block, placed, stack, words_width
from components.texts import text
from components.wheel import BARE_RADIUS, Part, wheel_drawing
from components.wheel_labels import HALF_HEIGHT, HALF_WIDTH, short
from data.groups import group_score
from data.models import Language
from data.scores import Category, Fulfilment, IndicatorScore

_COLUMNS_FROM = 20  # So many indicators stand in two columns.
_COLUMN_GAP = 3.0  # In font sizes.
_LONGEST_NAME = 0.55  # Of the room; the rest is for the fields.
_KEY_SIZE = 18.0
_HEADING_ROWS = 1.3  # How many rows the name of a sub-dimension takes.


def wheel_chart(
    fulfilment: Fulfilment, language: Language, side: float, part: Part | None = None
) -> Box:
    """The wheel, or a part of its indicators, with the names of its categories."""
    drawing = wheel_drawing(fulfilment, language, part=part)
    return _wheel(drawing, side, HALF_WIDTH, HALF_HEIGHT)


def wheel_card(
    fulfilment: Fulfilment,
    language: Language,
    room: tuple[float, float],
    part: Part | None = None,
) -> Box:
    """The wheel without the outer names, which a card could only show too small to read."""
    side = min(room)
    wheel = _wheel(
        wheel_drawing(fulfilment, language, labels=False, part=part),
        side,
        BARE_RADIUS,
        BARE_RADIUS,
    )
    return beside([((room[0] - side) / 2, wheel)])


def bare_wheel(fulfilment: Fulfilment, language: Language, side: float) -> Box:
    """The wheel whose only words are the names of the dimensions."""
    drawing = wheel_drawing(fulfilment, language, labels=False, captioned=False)
    return _wheel(drawing, side, BARE_RADIUS, BARE_RADIUS)


def _wheel(drawing: str, room: float, half_width: float, half_height: float) -> Box:
    scale = room / 2 / half_width
    height = 2 * half_height * scale
    middle = f"{short(room / 2)} {short(height / 2)}"
    markup = f'<g transform="translate({middle}) scale({scale:.4f})">{drawing}</g>'
    return Box(markup, height)


def in_columns(groups: tuple[Category, ...]) -> int:
    """Return the number of columns for the bars of these categories: 1 or 2."""
    return 2 if sum(len(group.indicators) for group in groups) > _COLUMNS_FROM else 1


def dimension_chart(
    groups: tuple[Category, ...], recent_from: int, language: Language, room: float, size: float
) -> Box:
    """All indicators as bars with their years under their category and sub-dimension."""
    columns = in_columns(groups)
    gap = size * _COLUMN_GAP
    column = (room - gap * (columns - 1)) / columns
    blocks = _category_blocks(groups, recent_from, language, column, size)
    if columns == 1:
        return stack(blocks, size * 1.1)
    # The cut that leaves the longer column shortest.
    heights = [box.height for box in blocks]
    cut = min(range(1, len(blocks)), key=lambda at: max(sum(heights[:at]), sum(heights[at:])))
    # Drawn anew, so that the second column begins with the name of its sub-dimension.
    right = stack(_category_blocks(groups[cut:], recent_from, language, column, size), size * 1.1)
    return beside([(0, stack(blocks[:cut], size * 1.1)), (column + gap, right)])


def _category_blocks(
    groups: tuple[Category, ...], recent_from: int, language: Language, room: float, size: float
) -> list[Box]:
    blocks = []
    for sub_title, members in groupby(groups, key=lambda group: group.sub_title):
        heading = block(sub_title[language], size * 1.2, room, look="link")
        for group in members:
            rows = [
                row_box(indicator_row(indicator_score, recent_from, language), language, room, size)
                for indicator_score in group.indicators
            ]
            blocks.append(
                stack(
                    [heading, _category_name(group, language, room, size), *rows],
                    size * 0.5,
                )
            )
            heading = Box("", 0)
    return blocks


def _category_name(group: Category, language: Language, room: float, size: float) -> Box:
    name = block(group.title[language], size * 1.05, room, look="bold")
    rule = f'<path class="rule" d="M0 {short(name.height + 3)}H{short(room)}"/>'
    return Box(name.markup + rule, name.height + 5)


def dimension_card(
    groups: tuple[Category, ...], recent_from: int, language: Language, room: tuple[float, float]
) -> Box:
    """A field per indicator, a row per category: what fits where names would not."""
    sub_dimensions = len({group.sub_dimension for group in groups})
    key = block(text("picture_square", language), _KEY_SIZE, room[0], look="soft")
    pitch = min(
        46.0, (room[1] - key.height - _KEY_SIZE) / (len(groups) + sub_dimensions * _HEADING_ROWS)
    )
    size = min(21.0, pitch * 0.58)
    most = max(len(group.indicators) for group in groups)
    widest = max(words_width(group.title[language], size) for group in groups)
    size *= min(1, room[0] * _LONGEST_NAME / widest)
    name_room = min(widest, room[0] * _LONGEST_NAME) + 1
    field = min(pitch * 0.84, (room[0] - name_room - size) / most - 5)
    drawn: list[str] = []
    top = 0.0
    for sub_title, members in groupby(groups, key=lambda group: group.sub_title):
        heading = block(sub_title[language], size, room[0], look="link")
        lowered = pitch * _HEADING_ROWS - heading.height - pitch * 0.2
        drawn.append(placed(heading, 0, top + lowered if top else 0))
        top += pitch * _HEADING_ROWS if top else heading.height + pitch * 0.2
        for group in members:
            drawn.append(_fields_row(group, recent_from, language, top, (name_room, field, size)))
            top += pitch
    drawn.append(placed(key, 0, top + _KEY_SIZE))
    return Box("".join(drawn), top + _KEY_SIZE + key.height)


def _fields_row(
    group: Category,
    recent_from: int,
    language: Language,
    top: float,
    sizes: tuple[float, float, float],
) -> str:
    name_room, field, size = sizes
    name = block(group.title[language], size, float("inf"))
    fields = "".join(
        f'<rect class="{look_of(indicator_score, recent_from)}" '
        f'x="{short(name_room + size + index * (field + 5))}" '
        f'width="{short(field)}" height="{short(field)}" rx="3"/>'
        for index, indicator_score in enumerate(group.indicators)
    )
    lowered = max(0.0, (field - name.height) / 2)
    return placed(name, 0, top + lowered) + placed(Box(fields, field), 0, top)


_GAP = 0.7  # In font sizes.


def wheel_phone(fulfilment: Fulfilment, language: Language, room: float, size: float) -> Box:
    """The wheel without words that would be too small, and the dimensions' scores as bars."""
    named = (
        (text(f"dimension_{key}", language), fulfilment.of_dimension(key))
        for key in fulfilment.dimensions()
    )
    bars = _bars(named, fulfilment.recent_from, language, room, size)
    return stack([bare_wheel(fulfilment, language, room), bars], size)


def dimension_phone(
    groups: tuple[Category, ...], recent_from: int, language: Language, room: float, size: float
) -> Box:
    """The score of each category under the name of its sub-dimension."""
    blocks = []
    for sub_title, members in groupby(groups, key=lambda group: group.sub_title):
        named = ((category.title[language], category.indicators) for category in members)
        heading = block(sub_title[language], size * 1.2, room, look="link")
        bars = _bars(named, recent_from, language, room, size)
        blocks.append(stack([heading, bars], size * _GAP))
    return stack(blocks, size * 1.6)


def _bars(
    named: Iterable[tuple[str, tuple[IndicatorScore, ...]]],
    recent_from: int,
    language: Language,
    room: float,
    size: float,
) -> Box:
    rows = []
    for name, members in named:
        score, years = group_score(members), years_words(years_of(members))
        state, reason = group_state(members, language)
        older = group_is_older(members, recent_from)
        rows.append(Row(name, score.share, score.band, state, reason, years=years, older=older))
    return stack([row_box(row, language, room, size) for row in rows], size * _GAP)
