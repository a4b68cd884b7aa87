"""What a page says in numbers, and how it must say those of the tables."""

from __future__ import annotations

import re
from fractions import Fraction

from lxml.html import HtmlElement

from data.models import Language
from tests.builders import NO_BREAK, Row, shown_quantity, table_rows
from tests.contracts.documents import Document
from tests.contracts.recount import Scored, band_of

INDICATORS = {row["code"]: row for row in table_rows("indicators")}
PARTS = {(row["code"], row["data_point"]): row for row in table_rows("data_points")}
Pages = dict[str, Document]


def unit(code: str, label: str, language: Language) -> str:
    """The unit readers see of one data point."""
    row: Row = PARTS.get((code, label)) or INDICATORS[code]
    return row[f"unit_{language}"]


def quantity(cell: str, part: Scored, language: Language) -> str:
    """A cell with the unit of its data point."""
    return shown_quantity(cell, unit(part.code, part.label, language), language)


def shown_percent(share: Fraction, language: Language) -> str:
    """One decimal at most, rounded half up, but never into another band."""
    tenths = int(share * 10 + Fraction(1, 2))
    tenths -= band_of(Fraction(tenths, 10)) != band_of(share)
    written = f"{tenths // 10}" + (f".{tenths % 10}" if tenths % 10 else "")
    return written + "%" if language == "en" else written.replace(".", ",") + NO_BREAK + "%"


def content(element: HtmlElement) -> str:
    """The words of an element, spaces tidied."""
    return re.sub(r"[ \n]+", " ", element.text_content()).strip()


def indicator_rows(page: Document) -> dict[str, HtmlElement]:
    """The row of each indicator by its address, in the order of the page."""
    rows = page.root.xpath("//ul[contains(@class, 'rows')]/li")
    links = [str(row.xpath("string(.//*[@class='row-name']//a/@href)")) for row in rows]
    by_address = {link.partition("?")[0]: row for link, row in zip(links, rows, strict=True)}
    assert len(by_address) == len(rows)
    return by_address


def row_part(row: HtmlElement, name: str) -> str:
    """The words of one part of a row: ``row-value``, ``row-verdict``, ``year``."""
    (part,) = row.find_class(name)
    return content(part)
