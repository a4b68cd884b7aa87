"""Turns a picture's SVG into PNG with the font that measured it, and with no other."""

from __future__ import annotations

import resvg_py

from components.pictures.lettering import FAMILY, font_file


def png(svg: str) -> bytes:
    """The pixels of a picture, as many as its width and height say.

    Fonts of the machine are left out, so that every machine draws the same.
    """
    return bytes(
        resvg_py.svg_to_bytes(
            svg_string=svg,
            skip_system_fonts=True,
            font_files=[str(font_file())],
            font_family=FAMILY,
            sans_serif_family=FAMILY,
        )
    )
