"""Damages to the files of an edition: to cells, rows, columns, bytes and described values."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from dataclasses import dataclass

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from data.changes import CHANGES_FILE
from data.package import PACKAGE_FILE
from data.tables import TABLES
from tests.fuzz.oddities import odd_words

FILES = tuple(table.file for table in TABLES.values())
DESCRIPTIONS = (PACKAGE_FILE, CHANGES_FILE)
Damage = tuple[str, Callable[[bytes], bytes]]
Lines = list[list[str]]

CELLS = (
    "", " ", "1,5", "1 000", "1\u00a0000,0", "1.5e3", "٣", "²", "-0", "+1", "1" * 400,
    "0." + "3" * 400,
    "NaN", "Infinity", "2024-13", "2024-12/2024-01", "99999", "0000", "2026-02-30", "=1+1", "@x",
    "-1", "－1", "\ufeffx", "a\nb", "a\rb", "a\tb", "\x00", "\u2028", "\x1b[31m", '"', '""',
    "'", ";",
    "я" * 5000, "http://", "https://x y", "javascript:1", "yes", "no",
    "all", "moscow",
)  # fmt: skip
PIECES = (
    b"", b"\x00", b"\xff", b"\xd0", b"\xed\xa0\x80", b"\xef\xbb\xbf", b"\r", b"\r\n",
    b"\n\n", b'"',
    b'","', b",", b";", b"{", b"}", b"[", b"]", b":", b"- ", b"&a ", b"*a", b"!!int x",
    b"\t", b"%",
    b"!!timestamp x", b"!!python/name:os.system", b"2026-13-45", b"1e999", b"NaN", b"null",
    b"\\ud800",
    b"9" * 5000, b"[" * 3000, b'{"a":' * 3000, b"? [", b"<<: ", b"x" * 10_000, b"0x", b"\\u0000",
)  # fmt: skip

odd_cells = st.one_of(st.sampled_from(CELLS), odd_words)


def lines_of(content: bytes) -> Lines:
    """The cells of a table."""
    return list(csv.reader(io.StringIO(content.decode(), newline="")))


def written(lines: Lines, end: str = "\n", delimiter: str = ",") -> bytes:
    """A table of these cells; what has no place in a file becomes a question mark."""
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator=end, delimiter=delimiter).writerows(lines)
    return text.getvalue().encode("utf-8", "replace")


@dataclass(frozen=True)
class Wound:
    """One damage to the cells of a table; rows and columns are counted around."""

    how: str
    row: int
    column: int
    cell: str

    def __call__(self, content: bytes) -> bytes:
        """The table after it."""
        lines = lines_of(content)
        at, place = self.row % len(lines), self.column % len(lines[0])
        of_rows, of_cells = ROWS.get(self.how), COLUMNS.get(self.how)
        if of_rows:
            lines[at : at + 1] = of_rows(lines[at], place, self.cell)
        elif of_cells:
            lines = [of_cells(line, place, self.cell) for line in lines]
        elif self.how == "column of these":
            lines[1:] = [[*line[:place], self.cell[:200], *line[place + 1 :]] for line in lines[1:]]
        elif self.how == "header":
            lines[0][place] = self.cell
        elif self.how == "doubled header":
            lines[0][place] = lines[0][place - 1]
        end = "\r\n" if self.how == "CRLF" else "\n"
        return written(lines, end, ";" if self.how == "semicolons" else ",")


# What becomes of one row, and of the cells of every row, at a place.
ROWS: dict[str, Callable[[list[str], int, str], Lines]] = {
    "cell": lambda row, place, cell: [[*row[:place], cell, *row[place + 1 :]]],
    "huge cell": lambda row, place, _cell: [[*row[:place], "x" * 140_000, *row[place + 1 :]]],
    "row gone": lambda _row, _place, _cell: [],
    "row twice": lambda row, _place, _cell: [row, row],
    "row short": lambda row, place, _cell: [row[:place]],
    "row long": lambda row, _place, cell: [[*row, cell]],
}
COLUMNS: dict[str, Callable[[list[str], int, str], list[str]]] = {
    "column gone": lambda row, place, _cell: [*row[:place], *row[place + 1 :]],
    "column more": lambda row, place, cell: [*row[:place], cell, *row[place:]],
    "column moved": lambda row, place, _cell: [*row[:place], *row[place + 1 :], *row[place:][:1]],
}
HOWS = (
    *("cell",) * 4, *ROWS, *COLUMNS, "column of these", "header", "doubled header", "CRLF",
    "semicolons",
)  # fmt: skip


def in_cells() -> SearchStrategy[list[Damage]]:
    """Up to three damages to cells, rows and columns of tables."""
    wound = st.builds(
        Wound, st.sampled_from(HOWS), st.integers(0, 600), st.integers(0, 30), odd_cells
    )
    return st.lists(st.tuples(st.sampled_from(FILES), wound), min_size=1, max_size=3)


def in_bytes(files: tuple[str, ...]) -> SearchStrategy[list[Damage]]:
    """Up to two damages to bytes: a piece is put in, in the place of others, or to the very end."""

    def piece(at: int, raw: bytes, gone: int) -> Callable[[bytes], bytes]:
        def damage(content: bytes) -> bytes:
            place = at % (len(content) + 1)
            return content[:place] + raw + (content[place + gone :] if gone < 200 else b"")

        return damage

    raw = st.one_of(st.sampled_from(PIECES), st.sampled_from(PIECES), st.binary(max_size=8))
    spot = st.one_of(st.sampled_from((0, -1)), st.integers(0, 140_000), st.integers(0, 700))
    wound = st.builds(piece, spot, raw, st.sampled_from((0, 0, 1, 8, 60, 200)))
    return st.lists(st.tuples(st.sampled_from(files), wound), min_size=1, max_size=2)


def in_descriptions() -> SearchStrategy[list[Damage]]:
    """Values of datapackage.json and changes.yml that are something else."""
    odd = (
        "null", "[]", "{}", "5", "-1", "1e999", "NaN", '"x"', "[null]", "[5]",
        '[{"name":5}]', "true",
        '[{"name":[]}]', '{"a":{"b":1}}', '""', '"2026-13-45"', "[[]]", "2026-13-45",
        "1" + "0" * 5000,
        "[" * 2000 + "]" * 2000,
    )  # fmt: skip

    def value(which: int, text: str) -> Callable[[bytes], bytes]:
        def damage(content: bytes) -> bytes:
            # After the name of a field: what is there up to the end of the line.
            spots = list(re.finditer(rb"(?<=: )[^\n]*?(?=,?\n)", content))
            spot = spots[which % len(spots)]
            return content[: spot.start()] + text.encode() + content[spot.end() :]

        return damage

    change = st.builds(value, st.integers(0, 2000), st.sampled_from(odd))
    files = st.sampled_from(DESCRIPTIONS)
    return st.one_of(
        st.lists(st.tuples(files, change), min_size=1, max_size=1), in_bytes(DESCRIPTIONS)
    )
