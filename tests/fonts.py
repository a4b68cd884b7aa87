"""The one font that the browsers of the tests know, so that lines break alike on every machine."""

from __future__ import annotations

from pathlib import Path

from components.pictures.lettering import font_file

# Spreads the letters of charts so that lines are about an eighth longer, as in DejaVu Sans, which
# Linux shows where Arial is missing. By script, since no page lets a foreign style in.
WIDEN = """() => document.querySelectorAll('svg text, .trend-box')
    .forEach(element => { element.style.letterSpacing = '.065em'; })"""


def write_font_settings(folder: Path) -> Path:
    """Write a configuration for fontconfig in which every family is Arimo; returns its file.

    Arimo has the widths of Arial, which nearly every reader has. Without this, a machine's own
    fonts would decide whether a test of sheets or of lines passes.
    """
    file = folder / "fonts.conf"
    file.write_text(
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>'
        f"<dir>{font_file().parent}</dir><cachedir>{folder / 'fonts'}</cachedir></fontconfig>",
        "utf-8",
    )
    return file
