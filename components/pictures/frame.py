"""Frame around every chart of a file: words above, sources, terms and address below."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from components.markup import attribute, content
from components.pictures.lettering import lines
from components.pictures.sheet_sources import fitted_sources
from components.pictures.style import svg_file
from components.pictures.svg_boxes import RESERVE, Box, block, flowing, placed, stack, words_width
from components.texts import text
from components.theme import Theme
from components.wheel_labels import short
from data.models import Language

# Whole; for networks; for slides; for columns in which the whole one would be too small to read.
Form = Literal["whole", "card", "landscape", "phone"]
CARD_WIDTH, CARD_HEIGHT = 1200, 630
PHONE_WIDTH = 400
_CARD_MARGIN = 48
_CARD_LEFT = 430  # The words; the chart has the rest.
_CARD_TOP, _CARD_FOOT = 40, 104
_CARD_SOURCE_LINES = 2
# The forms that set words beside the chart, by their (width, height).
_ACROSS: dict[Form, tuple[int, int]] = {
    "card": (CARD_WIDTH, CARD_HEIGHT),
    "landscape": (1280, 720),
}


@dataclass(frozen=True, slots=True)
class _Measures:
    """Margin, font sizes and the gap between parts, all in pixels."""

    margin: float
    title: float
    sentence: float
    words: float
    foot: float
    gap: float


_WHOLE = _Measures(40, 32, 19, 15, 13.05, 24)
_PHONE = _Measures(20, 24, 17, 15, 13, 20)


@dataclass(frozen=True, slots=True)
class Imprint:
    """Origin of a picture: site, URL of its page, edition and sources.

    One that is ``scored`` says who chose the yardsticks.
    """

    site_name: str
    address: str
    edition: str
    sources: tuple[str, ...]
    scored: bool = True

    def yardsticks(self, language: Language) -> str:
        """Return who chose the yardsticks, where there are any."""
        return text("own_targets", language) if self.scored else ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """Contents of a picture. Charts and legend are drawn for the room they are given.

    ``chart`` and ``phone`` take a width; ``card`` a width and a height; ``legend`` a width and
    a font size. ``width`` is that of the whole picture; ``choice`` says what a reader chose.
    """

    title: str
    choice: str
    sentence: str
    description: str
    width: int
    chart: Callable[[float], Box]
    card: Callable[[tuple[float, float]], Box]
    phone: Callable[[float], Box]
    legend: Callable[[float, float], Box]

    @property
    def headline(self) -> str:
        """The title with the finding, as programs name a file: ``Waste. 12 kg in 2023.``."""
        return ". ".join(words for words in (self.title.rstrip("."), self.sentence) if words)


def picture(
    sheet: Sheet,
    imprint: Imprint,
    language: Language,
    theme: Theme = "light",
    *,
    form: Form = "whole",
    width: int | None = None,
) -> str:
    """The SVG in one of its forms; ``width`` scales it."""
    if form in _ACROSS:
        natural: tuple[float, float] = _ACROSS[form]
        drawn = _across(sheet, imprint, language, *_ACROSS[form])
    else:
        wide, measures, chart = (
            (PHONE_WIDTH, _PHONE, sheet.phone)
            if form == "phone"
            else (sheet.width, _WHOLE, sheet.chart)
        )
        body = _body(sheet, imprint, language, chart, wide - 2 * measures.margin, measures)
        natural = (wide, body.height + 2 * measures.margin)
        drawn = placed(body, measures.margin, measures.margin)
    return _document(drawn, natural, sheet, language, theme, width)


def _document(
    drawn: str,
    natural: tuple[float, float],
    sheet: Sheet,
    language: Language,
    theme: Theme,
    width: int | None,
) -> str:
    wide, high = round(natural[0]), round(natural[1])
    shown_width = width or wide
    attributes = (
        f'lang="{language}" width="{shown_width}" height="{round(high * shown_width / wide)}" '
        f'viewBox="0 0 {wide} {high}" role="img" aria-label="{attribute(sheet.title)}"'
    )
    head = f"<title>{content(sheet.headline)}</title><desc>{content(sheet.description)}</desc>"
    return svg_file(_paper(wide, high) + drawn, theme, attributes, head)


def _paper(wide: int, high: int) -> str:
    """The ground, a little larger than the picture: a scaled height is rarely a whole number."""
    return f'<rect class="paper" x="-9" y="-9" width="{wide + 18}" height="{high + 18}"/>'


def _body(
    sheet: Sheet,
    imprint: Imprint,
    language: Language,
    chart: Callable[[float], Box],
    room: float,
    measures: _Measures,
) -> Box:
    """All parts from the site's name down to its address, ``room`` wide."""
    kicker = imprint.site_name if imprint.site_name != sheet.title else ""
    head = stack(
        [
            block(kicker, measures.words, room, look="link"),
            block(sheet.title, measures.title, room, look="bold"),
            block(sheet.sentence, measures.sentence, room),
        ],
        8,
    )
    legend = sheet.legend(room, measures.words)
    choice = block(sheet.choice, measures.words, room, look="bold")
    foot = stack([_rule(room), *_foot(imprint, language, room, measures.foot)], 4)
    return stack([head, stack([choice, legend], 8), chart(room), foot], measures.gap)


def _rule(room: float) -> Box:
    return Box(f'<path class="rule" d="M0 .5H{short(room)}"/>', 6)


def _foot(imprint: Imprint, language: Language, room: float, size: float) -> list[Box]:
    terms = f"{text('picture_licence', language)} {imprint.edition}"
    return [
        *(block(words, size, room, look="soft") for words in imprint.sources),
        block(imprint.yardsticks(language), size, room, look="soft"),
        block(terms, size, room, look="soft"),
        _signature(imprint, room, size),
    ]


def _signature(imprint: Imprint, room: float, size: float) -> Box:
    """The site's name and the address of the page, in one line where both fit."""
    parts = ((imprint.site_name, "bold"), (imprint.address, "link"))
    if sum(words_width(words, size, look) + size for words, look in parts) > room * RESERVE:
        return stack([block(words, size, room, look=look) for words, look in parts], 0)
    return flowing(parts, size)


def _across(sheet: Sheet, imprint: Imprint, language: Language, wide: int, high: int) -> str:
    """Return words at the left, the chart beside them, and the sources below both."""
    left = _CARD_MARGIN + _CARD_LEFT + _CARD_MARGIN
    room = (wide - left - _CARD_MARGIN, high - _CARD_TOP - _CARD_FOOT)
    chart, foot = sheet.card(room), _card_foot(imprint, language, wide - 2 * _CARD_MARGIN)
    lowered = max(0.0, (room[1] - chart.height) / 2)
    return (
        placed(_card_words(sheet, imprint, room[1]), _CARD_MARGIN, _CARD_TOP)
        + placed(chart, left, _CARD_TOP + lowered)
        + placed(foot, _CARD_MARGIN, high - 19 - foot.height)
    )


def _card_words(sheet: Sheet, imprint: Imprint, most: float) -> Box:
    """Title, sentence and legend, set smaller until they are at most ``most`` high."""
    kicker = imprint.site_name if imprint.site_name != sheet.title else ""
    scale = 1.0
    while True:
        words = stack(
            [
                block(kicker, 18 * scale, _CARD_LEFT, look="link"),
                block(sheet.title, _title_size(sheet.title, 40 * scale), _CARD_LEFT, look="bold"),
                block(sheet.sentence, 22 * scale, _CARD_LEFT),
                block(sheet.choice, 18 * scale, _CARD_LEFT, look="bold"),
                sheet.legend(_CARD_LEFT, 18 * scale),
            ],
            13 * scale,
        )
        if words.height <= most or scale < 0.55:
            return words
        scale -= 0.03


def _title_size(title: str, size: float) -> float:
    """The largest size at which no word of the title has to be broken."""
    longest = max(title.split(), key=len)
    while len(lines(longest, size, _CARD_LEFT * RESERVE, bold=True)) > 1:
        size *= 0.96
    return size


def _card_foot(imprint: Imprint, language: Language, room: float) -> Box:
    size = 13.6
    terms = f"{imprint.yardsticks(language)} {text('picture_licence', language)}".lstrip()
    sources = fitted_sources(imprint.sources, language, size, room, _CARD_SOURCE_LINES)
    return stack(
        [
            _rule(room),
            block(sources, size, room, look="soft"),
            block(terms, size, room, look="soft"),
            flowing(((imprint.address, "link"), (imprint.edition, "soft")), size),
        ],
        0,
    )
