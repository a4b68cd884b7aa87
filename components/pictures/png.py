"""Turns a picture's SVG into PNG with the font that measured it, and with no other."""

import re
from html import unescape
from zlib import crc32

import resvg_py

from components.pictures.lettering import FAMILY, font_file

_TITLE = re.compile(r"<title>([^<]+)</title>")
_HEADER = 8 + 25  # Bytes of signature and IHDR.


def png(svg: str) -> bytes:
    """The pixels of a picture, as many as its width and height say.

    Fonts of the machine are left out, so that every machine draws the same.
    """
    drawn = bytes(
        resvg_py.svg_to_bytes(
            svg_string=svg,
            skip_system_fonts=True,
            font_files=[str(font_file())],
            font_family=FAMILY,
            sans_serif_family=FAMILY,
        )
    )
    title = _TITLE.search(svg)
    return _titled(drawn, unescape(title[1])) if title else drawn


def _titled(drawn: bytes, title: str) -> bytes:
    """Return a PNG with a title, as ``iTXt`` behind its header: ``tEXt`` has no Cyrillic."""
    chunk = b"iTXtTitle\0\0\0\0\0" + title.encode()
    length, check = (number.to_bytes(4) for number in (len(chunk) - 4, crc32(chunk)))
    return drawn[:_HEADER] + length + chunk + check + drawn[_HEADER:]
