"""What our pages say, for rivals to say the same: words, tables and figures of each page."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from pathlib import Path

from bs4 import BeautifulSoup, Tag

from bench.load.addresses import fetch

_SHOWN = ("h1", "h2", "h3", "p", "table")


def write_contents(site: str, paths: Sequence[str], edition: str, file: Path) -> None:
    """Read pages of a running site and write them as JSON, by their path without the language."""
    shares = _shares(site, edition)
    contents = {}
    for path in paths:
        main = BeautifulSoup(fetch(site + path), "lxml").find("main")
        if isinstance(main, Tag):
            contents[path.removeprefix("/en")] = {
                "blocks": _blocks(main),
                "figure": _figure(path, shares),
            }
    file.write_text(json.dumps(contents), "utf-8")


def _blocks(main: Tag) -> list[dict[str, object]]:
    """Headings, paragraphs and tables in their order; a table's words are not paragraphs, too."""
    blocks: list[dict[str, object]] = []
    for tag in main.find_all(_SHOWN):
        if tag.find_parent("table"):
            continue
        if tag.name == "table":
            rows = [
                [cell.get_text(" ", strip=True) for cell in row.find_all(("th", "td"))]
                for row in tag.find_all("tr")
            ]
            blocks.append({"kind": "table", "rows": [row for row in rows if row]})
        elif words := tag.get_text(" ", strip=True):
            blocks.append({"kind": tag.name, "text": words})
    return blocks


def _shares(site: str, edition: str) -> list[dict[str, str]]:
    rows = fetch(f"{site}/data/{edition}/fulfilment.csv")
    codes = fetch(f"{site}/data/{edition}/indicators.csv")
    dimension = {row["code"]: row["dimension"] for row in csv.DictReader(io.StringIO(codes))}
    return [
        {"code": row["code"], "dimension": dimension[row["code"]], "share": row["share_percent"]}
        for row in csv.DictReader(io.StringIO(rows))
    ]


def _figure(path: str, shares: list[dict[str, str]]) -> list[dict[str, str]]:
    """The rows that a page's chart shows: all at home, those of one dimension or indicator."""
    parts = [part for part in path.split("/") if part][1:]
    match parts:
        case []:
            return shares
        case ["kpi", slug]:
            return [share for share in shares if _slug(share["code"]) == slug]
        case [name]:
            return [share for share in shares if share["dimension"].replace("_", "-") == name]
    return []


def _slug(code: str) -> str:
    return "-".join(part.strip() for part in code.lower().split(":"))
