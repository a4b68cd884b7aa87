"""The six states as readers see them: colour, pattern, mark and words together."""

import re
from collections import Counter
from collections.abc import Iterable
from typing import Any

from dash import html

from components import urls
from components.ages import aged_class, capitalised, uncapitalised
from components.formats import DASH, integer
from components.markup import Markup
from components.sentences import newest_words, share_words
from components.texts import text
from components.theme import BAND_CLASSES, MARKS, NO_VALUE_CLASS, pattern_definitions
from components.verdicts import verdict_of
from data.ages import Ages, ages_of
from data.models import Language
from data.scores import IndicatorScore
from data.scoring import BANDS, Band

# Its last character but one is the space that never parts a number from its sign.
RANGE = re.compile(r"\d+–\d+.%")
# The classes of all states: the bands, a value without one, and no value.
STATES = (*(BAND_CLASSES[band] for band in BANDS), NO_VALUE_CLASS)
_BANDS_OF = {look: band for band, look in BAND_CLASSES.items() if band != "none"}


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
    """``95 to 100% of the yardstick``, ``no rating`` and so on."""
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


def state_name(look: str, language: Language) -> str:
    """Return the words of a state where indicators are counted, by its class."""
    if look == NO_VALUE_CLASS:
        return uncapitalised(text("reason_no_value", language))
    return (
        band_words(_BANDS_OF[look], language) if look in _BANDS_OF else text("state_b0", language)
    )


def state_counts(members: Iterable[IndicatorScore]) -> dict[str, int]:
    """Return how many indicators have each state that there is, by its class, the best first."""
    counted = Counter(map(class_of, members))
    return {look: counted[look] for look in STATES if counted[look]}


def group_state(members: Iterable[IndicatorScore], language: Language) -> tuple[str, str]:
    """Return class and words of a group in which nothing is rated."""
    if any(score.has_value for score in members):
        return BAND_CLASSES["none"], capitalised(band_words("none", language))
    return NO_VALUE_CLASS, text("reason_no_value", language)


def state_line(score: IndicatorScore, language: Language) -> str:
    """Return the words beside the mark of one indicator, with the points of several parts."""
    words = state_words(score, language)
    if len(score.scored) < 2 or score.reason is not None:
        return words
    return f"{share_words(score, language)}{DASH[language]}{words}"


def state_words(score: IndicatorScore, language: Language) -> str:
    """Return the verdict on one indicator in a few words; without a band, the reason for that.

    Several scored parts may have yardsticks of several kinds, so their state is that of points.
    """
    if score.reason is not None:
        return text(f"reason_{score.reason}", language)
    if len(score.scored) == 1:
        return verdict_of(score.scored[0], language).short
    return band_words(score.band, language)


def value_and_state(score: IndicatorScore, language: Language) -> str:
    """Return value, year and verdict of one indicator; the reason where it has no verdict."""
    value, state = newest_words(score, language), state_words(score, language)
    return text("mark_words", language, value=value, state=state) if value else state


def labelled_mark(
    score: IndicatorScore, language: Language, recent_from: int | None = None
) -> html.Span:
    """Mark and words of one indicator's state; ``recent_from`` tells older values apart."""
    words = whole_range(state_line(score, language))
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


def rating_note(language: Language) -> html.P:
    """Return who chose the yardsticks, with a link to how values are rated."""
    link = html.A(text("how_rated", language), href=urls.page(language, "method"))
    return html.P([text("own_targets", language), " ", link], className="note")


def legend(
    members: Iterable[IndicatorScore], recent_from: int, language: Language, *, marked: bool = False
) -> html.Ul:
    """The states that some indicators have, with their counts, as bars and wheel draw them.

    Below stands how recent and older values are drawn, with the counts of both. With ``marked``
    the small sign of each state stands beside its field.
    """

    def sign(look: str) -> list[Markup]:
        return [*([mark(look)] if marked else []), swatch(look)]

    scores = tuple(members)
    rows = []
    for look, count in state_counts(scores).items():
        words: list[Any] = [
            *sign(look),
            html.Span(whole_range(state_name(look, language)), className="legend-words"),
            " ",
            html.B(integer(count, language), className="legend-count"),
        ]
        rows.append(html.Li(words))
    for look, counted in age_key(ages_of(scores, recent_from), language):
        rows.append(html.Li([*sign(look), html.Span(counted)], className="legend-age"))
    return html.Ul(rows, className="legend")
