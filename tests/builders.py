"""What tests of every room need: tables read without our code, documents read strictly."""

from __future__ import annotations

import csv
import io
import re
from html.parser import HTMLParser
from pathlib import Path

from flask.testing import FlaskClient
from lxml.html import HtmlElement, document_fromstring

from data.editions import newest_folder
from data.models import Language

NO_BREAK = "\u00a0"
VOID = frozenset(
    [
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "source",
        "track",
        "wbr",
    ]
)
Row = dict[str, str]


def table_rows(table: str, folder: Path | None = None) -> list[Row]:
    """The rows of one table of the edition in force, straight from its file."""
    text = ((folder or newest_folder()) / f"{table}.csv").read_text("utf-8")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def root_of(client: FlaskClient, address: str, status: int = 200) -> HtmlElement:
    """The document at an address; fails where it is answered with another status."""
    answer = client.get(address)
    assert answer.status_code == status, address
    return document_fromstring(answer.text)


def shared_code(page: str) -> str:
    """The code that the Share panel, as HTML, gives out; fails where there is none."""
    return str(document_fromstring(page).get_element_by_id("share-code").text_content())


def shown_number(cell: str, language: Language) -> str:
    """A number of a table as readers of the language write it, made without Babel."""
    whole, point, decimals = cell.partition(".")
    groups = [whole[max(0, end - 3) : end] for end in range(len(whole), 0, -3)][::-1]
    separator, comma = (NO_BREAK, ",") if language == "ru" else (",", ".")
    return separator.join(groups) + (comma if point else "") + decimals


def shown_quantity(cell: str, unit: str, language: Language) -> str:
    """A number with its unit as readers of the language write it."""
    if unit in ("yes / no", "да / нет"):
        yes, no = unit.split(" / ")
        return yes if cell == "1" else no
    if unit == "лет":
        unit = _russian_years(cell)
    unit = re.sub(r"(?<=\d) (?=\d{3})", NO_BREAK, unit)
    space = "" if unit.startswith("%") and language == "en" else NO_BREAK
    return shown_number(cell, language) + space + unit


def _russian_years(cell: str) -> str:
    """``1 год``, ``2 года``, ``5 лет``; a fraction takes the form of 2."""
    if "." in cell or (cell[-1] in "234" and cell[-2:-1] != "1"):
        return "года"
    return "год" if cell[-1] == "1" and cell[-2:-1] != "1" else "лет"


class _Nesting(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.opened: list[str] = []
        self.faults: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        if len(names) != len(set(names)):
            self.faults.append(f"<{tag}> repeats an attribute: {names}")
        if tag not in VOID:
            self.opened.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A self-closing element of a picture opens nothing."""

    def handle_endtag(self, tag: str) -> None:
        if not self.opened or self.opened.pop() != tag:
            self.faults.append(f"</{tag}> at line {self.getpos()[0]} closes nothing")


def nesting_faults(html: str) -> list[str]:
    """Elements that are not closed, closed in a wrong order, or repeat an attribute."""
    reader = _Nesting()
    reader.feed(html)
    reader.close()
    return reader.faults + [f"<{tag}> is never closed" for tag in reader.opened]
