"""The style sheet that stands inside pictures, light and dark."""

from __future__ import annotations

import re
from collections.abc import Mapping

from components.pictures.lettering import FAMILY
from components.theme import COLOURS, NO_VALUE_CLASS, Theme, chart_rules, pattern_definitions

# Those of the same widths first; then what phones have, then whatever there is.
FONTS = f'{FAMILY},Arial,"Liberation Sans",Helvetica,Roboto,"Noto Sans",sans-serif'

# What every chart is drawn with, be it in a file or in an embed: selector and rule. Words in
# angle brackets are colours, a number sign stands before the prefix of ids.
_CHART_RULES: Mapping[str, str] = {
    f".{NO_VALUE_CLASS}": "fill:url(#px)",
    ".pl": "stroke:<paper>;stroke-opacity:.75",
    ".pd": "fill:<paper>",
    ".px": "stroke:<c0>",
    ".bed": "fill:<line>",
    ".tick": "fill:<soft>;opacity:.55",
    ".w-rings circle": "fill:none;stroke:<c0>;stroke-opacity:.6",
    ".w-rings text": "fill:<soft>;font-size:14px;text-anchor:end",
    ".w-reach": "fill:transparent",
    ".w-band": "fill:<hub>",
    ".w-dimension text": "fill:<hub-ink>;font-size:23px;font-weight:700;text-anchor:middle",
    ".w-labels path": "fill:none;stroke:<soft>;stroke-width:1.5",
    ".w-labels text": "fill:<ink>;font-size:17px",
    ".w-figure": "fill:<ink>;font-size:48px;font-weight:700;text-anchor:middle",
    ".w-hub": "fill:<soft>;font-size:17px;text-anchor:middle",
    ".t-grid": "stroke:<line>;fill:none",
    ".t-line": "stroke:<accent>;stroke-width:2.5;fill:none",
    ".t-dot": "fill:<accent>;stroke:<paper>;stroke-width:1.5",
    ".t-proxy": "fill:<paper>;stroke:<soft>;stroke-width:2",
    ".t-target": "stroke:<c4>;stroke-width:2;stroke-dasharray:7 5;fill:none",
    ".t-break": "stroke:<soft>;stroke-width:1.2;stroke-dasharray:3 4;fill:none",
    ".t-name": "paint-order:stroke;stroke:<paper>;stroke-width:5px;stroke-linejoin:round",
}
_FILE_RULES: Mapping[str, str] = {
    "text": f"fill:<ink>;font-family:{FONTS}",
    ".soft": "fill:<soft>",
    ".bold": "font-weight:700",
    ".link": "fill:<accent>;font-weight:700",
    ".paper": "fill:<paper>",
    ".rule": "stroke:<line>;fill:none",
    ".pill": "stroke:<soft>;fill:none",
}


def scope(theme: Theme) -> str:
    """The class of a picture's root: its rules reach nothing of a page it is pasted into."""
    return f"city-picture-{theme}"


def file_style(theme: Theme) -> str:
    """The sheet of a file: fixed colours, every rule below the picture's own class."""
    rules = {**_FILE_RULES, **chart_rules(), **_CHART_RULES}
    root = f".{scope(theme)}"
    return "".join(
        f"{root} {selector}{{{_coloured(rule, COLOURS[theme], f'{root[1:]}-')}}}"
        for selector, rule in rules.items()
    )


def file_patterns(theme: Theme) -> str:
    """The patterns of the bands under ids of their own, for the same reason."""
    return pattern_definitions().replace('id="p', f'id="{scope(theme)}-p')


def document_chart_style() -> str:
    """Return the same rules for a document with the custom properties and bands of the theme."""
    names = {name: f"var(--{name})" for name in COLOURS["light"]}
    rules = {**_CHART_RULES, ".trend text": f"fill:<ink>;font-family:{FONTS}"}
    return "".join(
        f"{selector}{{{_coloured(rule, names, '')}}}" for selector, rule in rules.items()
    )


def _coloured(rule: str, colours: Mapping[str, str], prefix: str) -> str:
    named = re.sub(r"<([\w-]+)>", lambda match: colours[match.group(1)], rule)
    return named.replace("url(#", f"url(#{prefix}")
