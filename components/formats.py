"""Numbers, shares, dates and lists as words of a language."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from babel.dates import format_date
from babel.lists import format_list
from babel.numbers import format_decimal

from components.texts import text
from data.models import Language, Words
from data.scoring import rounded_share

_SHORT_WORD = re.compile("(?<![\\w-])([А-Яа-яЁё]{1,2}) ")
NO_BREAK, MINUS = "\u00a0", "\u2212"
# Between words: Russian never begins a line with its dash.
DASH: Mapping[Language, str] = {"en": " – ", "ru": f"{NO_BREAK}— "}
_SIGNIFICANT_PLACES = 2
# A unit of these is written without a space, as English typography wants; Russian has one.
_TIGHT_UNIT = "%"


def number(value: Decimal | int, language: Language) -> str:
    """Write a published number with all the digits that its source printed."""
    exponent = Decimal(value).as_tuple().exponent
    places = max(0, -exponent) if isinstance(exponent, int) else 0
    return _decimal(value, places, language).replace("-", MINUS)


def quantity(value: Decimal, unit: Words, language: Language) -> str:
    """Write a number with its unit: ``77.60%``, ``77,60 %``, ``137 L per person per day``.

    A yes/no unit (``yes / no``) turns 1 and 0 into its words.
    """
    words = unit_words(unit, language)
    if " / " in words and words == text("unit_yes_no", language):
        yes, no = words.split(" / ")
        return yes if value else no
    if words == text("unit_years", language, n=5):
        # A fraction takes the form of 2 in Russian, 84.0 as well.
        words = text("unit_years", language, n=2 if "." in f"{value:f}" else int(value))
    if words.startswith(_TIGHT_UNIT) and language == "en":
        return number(value, language) + words
    return number(value, language) + NO_BREAK + words


def bound(words: str) -> str:
    """Keep Russian words of one or two letters on the line of the next word, for headings."""
    return _SHORT_WORD.sub(rf"\1{NO_BREAK}", words)


def brief_quantity(value: Decimal, unit: Words, language: Language) -> str:
    """Write a number beside one that has its unit in full: ``4``, ``3%``, ``78 years``.

    A unit of one word stays, of several words at most the per cent sign.
    """
    first, *further_words = unit[language].split(" ")
    if not further_words or " / " in unit[language]:
        return quantity(value, unit, language)
    if first == _TIGHT_UNIT:
        return quantity(value, Words(_TIGHT_UNIT, _TIGHT_UNIT), language)
    return number(value, language)


def unit_words(unit: Words, language: Language) -> str:
    """A unit whose numbers stay on one line: ``per 100 000`` breaks before the number only."""
    return re.sub(r"(?<=\d) (?=\d{3})", NO_BREAK, unit[language])


def percent(share: Fraction | Decimal | int, language: Language, places: int = 0) -> str:
    """Write a share given in percent, rounded half up to ``places`` decimals."""
    rounded = round_half_up(share, places)
    space = NO_BREAK if language == "ru" else ""
    return _decimal(rounded, places, language) + space + "%"


@lru_cache(4096)
def _decimal(value: Decimal | int, places: int, language: Language) -> str:
    pattern = "#,##0" + ("." + "0" * places if places else "")
    return format_decimal(value, format=pattern, locale=language)


def shown_share(share: Fraction, language: Language) -> str:
    """Write a share of the yardstick so that rounding never crosses a band edge.

    One decimal, rounded half up, but 94.96 % must not read as 95 %.
    """
    rounded = rounded_share(share, 1)
    places = 0 if rounded == rounded.to_integral_value() else 1
    return percent(rounded, language, places)


def round_half_up(share: Fraction | Decimal | int, places: int) -> Decimal:
    """Round as people do on paper, exactly, to ``places`` decimals."""
    scale = 10**places
    scaled = Fraction(share) * scale
    whole = (scaled.numerator * 2 + scaled.denominator) // (2 * scaled.denominator)
    return Decimal(whole).scaleb(-places)


def integer(value: int, language: Language) -> str:
    """Write a count with the language's thousands separator."""
    return format_decimal(value, format="#,##0", locale=language)


def file_size(count: int, language: Language) -> str:
    """Write a number of bytes: ``12 KB``, ``1.3 MB``; a thousand bytes are a kilobyte."""
    if count < 1_000_000:
        words, size = "size_kb", integer(max(1, (count + 500) // 1000), language)
    else:
        words, size = "size_mb", number(round_half_up(Fraction(count, 1_000_000), 1), language)
    return text(words, language, size=size)


def day(value: str, language: Language) -> str:
    """Write an ISO date (``2026-11-22``) as a long date: ``22 ноября 2026 года``."""
    # Babel's long Russian date ends in "г.", which would double the full stop of a sentence.
    words = format_date(date.fromisoformat(value), format="d MMMM y", locale=language)
    return f"{words}{NO_BREAK}года" if language == "ru" else words


def listing(words: Sequence[str], language: Language) -> str:
    """Join words with commas and "and", which British English puts no comma before."""
    return format_list(list(words), locale="en_GB" if language == "en" else language)


def titled(title: str, site_name: str, language: Language) -> str:
    """The title of a page as tabs and frames name it; one with the site's own stands alone."""
    return title if title.startswith(site_name) else title + DASH[language] + site_name


def period(value: str, language: Language) -> str:
    """Write a period of the tables: a year, a month or a span of months; words if unknown."""
    if not value:
        return text("period_unknown", language)
    first, _, last = value.partition("/")
    if not last:
        return _moment(first, language)
    return _moment(first, language) + DASH[language] + _moment(last, language)


def _moment(value: str, language: Language) -> str:
    if len(value) == 4:
        return value
    return format_date(date.fromisoformat(value + "-01"), format="LLLL y", locale=language)
