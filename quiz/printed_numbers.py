"""Numbers as texts print them: read in either language, and values rounded alike."""

import re
from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from data.models import Language

_NAMES = re.compile(r"U4SSC|PM2\.5|2GIS|2ГИС|G20|[34]G|CO[₂2]")
_NUMBERS: Mapping[Language, re.Pattern[str]] = {
    "ru": re.compile(r"(?<![\d,])\d{1,3}(?:[\u00a0 ]\d{3})+(?:,\d+)?(?!\d)|\d+(?:,\d+)?"),
    "en": re.compile(r"(?<![\d.])\d{1,3}(?:,\d{3})+(?:\.\d+)?(?!\d)|\d+(?:\.\d+)?"),
}


def numbers_in(text: str, language: Language) -> list[Decimal]:
    """Return the numbers of a text: 1 234,5 in Russian, 1,234.5 in English."""
    numbers = _NUMBERS[language].findall(_NAMES.sub(" ", text))
    if language == "ru":
        return [Decimal(re.sub(r"[\u00a0 ]", "", number).replace(",", ".")) for number in numbers]
    return [Decimal(number.replace(",", "")) for number in numbers]


def rounded(value: Decimal, fact: Mapping[str, Any]) -> Decimal:
    """Round a value as the number of a fact is printed."""
    if "round_to" in fact:
        unit = Decimal(fact["round_to"])
        return (value / unit).quantize(Decimal(1), ROUND_HALF_UP) * unit
    exponent = Decimal(fact["is"]).as_tuple().exponent
    digits = min(exponent, 0) if isinstance(exponent, int) else 0
    return value.quantize(Decimal(1).scaleb(digits), ROUND_HALF_UP)
