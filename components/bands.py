"""The five states as readers see them: colour, pattern, mark and words together."""

from __future__ import annotations

import re
from typing import Any

from dash import html

from components.ages import aged_class
from components.formats import integer
from components.markup import Markup
from components.texts import text
from components.theme import BAND_CLASSES, MARKS, NO_VALUE_CLASS, pattern_definitions
from components.verdicts import verdict_of
from data.ages import Ages
from data.groups import GroupScore
from data.models import Language
from data.scores import IndicatorScore
from data.scoring import BANDS, Band

# Its last character but one is the space that never parts a number from its sign.
RANGE = re.compile(r"\d+–\d+.%")


def mark_definitions(*, patterned: bool = True) -> Markup:
    """The invisible sprite of marks, and of patterns of bars, that a page carries once."""
    symbols = "".join(
        f'<symbol id="m-{name}" viewBox="0 0 16 16">{shape}</symbol>'
        for name, shape in MARKS.items()
    )
    return Markup(
        '<svg width="0" height="0" aria-hidden="true" focusable="false">'
        f"{pattern_definitions() if patterned else ''}{symbols}</svg>",
        className="sprite",
    )


def class_of(score: IndicatorScore) -> str:
    """The class of one indicator: its band, or ``bx`` where not even a value is known."""
    if score.band == "none" and not score.has_value:
        return NO_VALUE_CLASS
    return BAND_CLASSES[score.band]


def look_of(score: IndicatorScore, recent_from: int) -> str:
    """Return the class of one indicator, and ``o`` beside it where its value is an older one."""
    older = score.share is not None and not score.is_recent(recent_from)
    return aged_class(class_of(score), older=older)


def mark(band_class: str) -> Markup:
    """The small sign of a state, or of one with an older value; words must stand beside it."""
    return Markup(mark_svg(band_class), inline=True)


def mark_svg(band_class: str) -> str:
    """The same as bare SVG, for words that are written as text."""
    name, _, older = band_class.partition(" ")
    classes = f"mark {name}m {older}".rstrip()
    return f'<svg class="{classes}" aria-hidden="true"><use href="#m-{name}"/></svg>'


def swatch(band_class: str) -> Markup:
    """A field as the state has it in bars and wheel; words must stand beside it."""
    return Markup(
        '<svg class="swatch" aria-hidden="true">'
        f'<rect class="{band_class}" width="100%" height="100%"/></svg>',
        inline=True,
    )


def band_words(band: Band, language: Language) -> str:
    """``95 to 100% of the yardstick``, ``no yardstick or no value`` and so on."""
    return text(f"band_{band}", language)


def band_line(band: Band, language: Language) -> list[Any]:
    """The words of a band for a line of a page, where none ends inside ``95–100 %``."""
    return whole_range(band_words(band, language))


def whole_range(words: str) -> list[Any]:
    """Return words as children of an element in which no line ends inside ``95–100 %``.

    Lines may end behind a dash. A character that forbids it would stand in what readers copy and
    search for, so the style sheet does.
    """
    match = RANGE.search(words)
    if match is None:
        return [words]
    whole = html.Span(match[0], className="whole")
    return [part for part in (words[: match.start()], whole, words[match.end() :]) if part]


def state_words(score: IndicatorScore, language: Language) -> str:
    """Return the verdict on one indicator in a few words; without a band, the reason for that.

    Several scored parts may have yardsticks of several kinds, so their state is that of points.
    """
    if score.reason is not None:
        return text(f"reason_{score.reason}", language)
    if len(score.scored) == 1:
        return verdict_of(score.scored[0], language).short
    return band_words(score.band, language)


def labelled_mark(
    score: IndicatorScore, language: Language, recent_from: int | None = None
) -> html.Span:
    """Mark and words of one indicator's state; ``recent_from`` tells older values apart."""
    several = len(score.scored) > 1
    words = band_line(score.band, language) if several else [state_words(score, language)]
    look = class_of(score) if recent_from is None else look_of(score, recent_from)
    return html.Span([mark(look), html.Span(words)], className="state")


def age_key(ages: Ages, language: Language) -> list[tuple[str, str]]:
    """Return the looks of recent and older values, and how many of each there are in words."""
    top = BAND_CLASSES[BANDS[0]]
    return [
        (look, text(key, language, n=n, year=ages.recent_from))
        for key, look, n in (
            ("legend_recent", top, ages.recent),
            ("legend_older", aged_class(top, older=True), ages.scored - ages.recent),
        )
        if n
    ]


def legend(
    group: GroupScore, without_value: int, ages: Ages, language: Language, *, marked: bool = False
) -> html.Ul:
    """The five states with their counts as bars and wheel draw them; the fifth in two parts.

    Below stands how recent and older values are drawn, with the counts of both. With ``marked``
    the small sign of each state stands beside its field.
    """

    def sign(look: str) -> list[Markup]:
        return [*([mark(look)] if marked else []), swatch(look)]

    rows = []
    for band in BANDS:
        words: list[Any] = [
            *(sign(BAND_CLASSES[band]) if band != "none" else []),
            html.Span(band_line(band, language), className="legend-words"),
            " ",
            html.B(integer(group.bands[band], language), className="legend-count"),
        ]
        rows.append(html.Li(words, className="legend-row"))
    with_value = group.bands["none"] - without_value
    split = html.Ul(
        [
            html.Li(
                [*sign(BAND_CLASSES["none"]), text("legend_with_value", language, n=with_value)]
            ),
            html.Li(
                [*sign(NO_VALUE_CLASS), text("legend_without_value", language, n=without_value)]
            ),
        ],
        className="legend-split",
    )
    rows[-1].children.append(split)
    for look, counted in age_key(ages, language):
        rows.append(html.Li([*sign(look), html.Span(counted)], className="legend-age"))
    return html.Ul(rows, className="legend")
