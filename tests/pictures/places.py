"""Which pictures there are, and how a test reads one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import brotli
import pytest
from flask import Flask
from flask.testing import FlaskClient
from lxml import etree

from components.pictures import lettering
from pages import application
from pages.pictures.renders import Renders
from tests.builders import table_rows

SVG = "{http://www.w3.org/2000/svg}"
GROUPS = ("wheel", "economy", "environment", "society-culture")
SLUGS = tuple(row["code"].lower().replace(": ", "-") for row in table_rows("indicators"))
NAMES = (*GROUPS, *SLUGS)
# A long series, one with proxies, several parts, no target, no value, no year, words only.
TELLING = (
    *GROUPS,
    "sc-eh-h-3c",
    "en-en-aq-1c",
    "en-en-wa-1c",
    "ec-p-in-2c",
    "ec-ict-ict-2c",
    "ec-ict-ws-1c",
    "sc-sh-si-1c",
    "ec-i-up-2a",
)
# A sample of each kind in `make test`, and every chart in `make test-long`.
charts = pytest.mark.parametrize(
    "names", [TELLING, pytest.param(NAMES, marks=pytest.mark.long)], ids=["sample", "all"]
)
# The page of a fault as transferred: the sheet and the script of every embed are nearly all of it,
# 2,550 to 2,750 bytes.
_LARGEST_FAULT = 2_800
_MOVE = re.compile(r"translate\((\S+) (\S+)\)")


def address(language: str, name: str, form: str) -> str:
    """Where a picture stands as a file."""
    below = "" if name in GROUPS or name.startswith("list") else "kpi/"
    return f"/{language}/{below}{name}.{form}"


def drawn(client: FlaskClient, language: str, name: str, query: str = "") -> etree._Element:
    """One picture as its address answers it."""
    answer = client.get(address(language, name, "svg") + query)
    assert answer.status_code == 200
    return etree.fromstring(answer.data)


def words_of(root: etree._Element) -> list[str]:
    """Each text of a picture, its lines joined."""
    return [
        " ".join("".join(line.itertext()) for line in (list(element) or [element])).replace(
            "- ", "-"
        )
        for element in root.iter(f"{SVG}text")
        if "aria-hidden" not in element.attrib
    ]


def is_small(document: bytes) -> bool:
    """Whether the page of a fault, packed as it is sent, is about as small as an embed can be."""
    return len(brotli.compress(document)) < _LARGEST_FAULT


@dataclass(frozen=True)
class Box:
    """One line of text as measured: its words and the field it covers."""

    words: str
    left: float
    top: float
    right: float
    bottom: float

    def touches(self, other: Box) -> bool:
        """Whether two lines cover the same place."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )


def boxes(root: etree._Element) -> list[Box]:
    """The lines of a picture outside the wheel, which turns and scales its own."""
    return list(_boxes(root, 0, 0))


def _boxes(element: etree._Element, x: float, y: float) -> Iterator[Box]:
    transform = element.get("transform", "")
    if "scale" in transform:
        return
    if moved := _MOVE.match(transform):
        x, y = x + float(moved[1]), y + float(moved[2])
    if element.get("aria-hidden"):
        return
    if element.tag == f"{SVG}text":
        yield from _lines(element, x, y)
        return
    for child in element:
        yield from _boxes(child, x, y)


def _lines(text: etree._Element, x: float, y: float) -> Iterator[Box]:
    size = float(text.get("font-size", ""))
    reached = x
    for line in list(text) or [text]:
        words = "".join(line.itertext())
        bold = "700" in (text.get("font-weight"), line.get("font-weight"))
        width = lettering.width(words, size, bold=bold)
        # A part without a place of its own goes on where the one before it ended.
        flows = "dx" in line.attrib
        left = reached + float(line.get("dx", "0")) if flows else x + float(line.get("x", "0"))
        left -= width if text.get("text-anchor") == "end" else 0
        base = y + float(line.get("y") or text.get("y", "0"))
        reached = left + width
        # From the height of small letters to the line they stand on.
        yield Box(words, left, base - size * 0.55, left + width, base)


def nothing_drawn(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    """Let applications begin with an empty folder of pictures, whatever ran here before."""

    def opened(server: Flask, _folder: Path, *arguments: Any) -> Renders:
        return Renders(server, folder / "pictures", *arguments)

    monkeypatch.setattr(application, "Renders", opened)
