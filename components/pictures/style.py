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
    ".w-rings text": "fill:<soft>;font-size:15px;text-anchor:end",
    ".w-reach": "fill:transparent",
    ".w-bed": "fill:<wash>",
    ".w-reach + .b0": "fill:<paper>;stroke:<c0>;stroke-width:1.5",
    ".w-band": "fill:<hub>",
    ".w-dimension text": "fill:<hub-ink>;font-size:22px;font-weight:700;text-anchor:middle",
    ".w-labels path": "fill:none;stroke:<soft>;stroke-width:1.5",
    ".w-labels circle": "fill:none;stroke:<soft>;stroke-width:1.5",
    ".w-labels text": "fill:<ink>;font-size:21px",
    ".w-figure": "fill:<ink>;font-size:66px;font-weight:700;text-anchor:middle",
    ".w-hub": "fill:<soft>;font-size:22px;text-anchor:middle",
    ".t-grid": "stroke:<line>;fill:none",
    ".t-good": "fill:<t4>;opacity:.55",
    ".t-line": "stroke:<accent>;stroke-width:2.5;stroke-linecap:round",
    ".t-dot": "fill:<accent>;stroke:<paper>;stroke-width:1.5",
    ".t-proxy": "fill:<paper>;stroke:<soft>;stroke-width:2",
    ".t-city": "fill:<c0>;stroke:<paper>;stroke-width:1",
    ".t-target": "stroke:<c4>;stroke-width:1.75;stroke-dasharray:6 4",
    ".t-yard": "font-weight:600",
    ".t-break": "stroke:<soft>;stroke-width:1.2;stroke-dasharray:2 3",
    ".t-name": "paint-order:stroke;stroke:<paper>;stroke-width:4px;stroke-linejoin:round",
}
# A trend of a document fills its place: unseen words as wide as those beside the axes keep room for
# them, and pointing at a year shows its values in the place of the unit.
_TREND_RULES: Mapping[str, str] = {
    ".trend-box": "display:grid;grid-template-columns:auto minmax(0,1fr) auto;max-width:54rem;"
    "padding-block:1.6rem 1.7rem;font-size:.8125rem",
    ".trend-box::before,.trend-box::after": "height:0;visibility:hidden",
    ".trend-box::before": "content:attr(data-ticks);padding-inline-end:.6em",
    ".trend-box::after": "content:attr(data-last);padding-inline-start:.8em;font-size:1.2em;"
    "font-weight:700",
    ".trend": "display:block;width:100%;height:13rem;overflow:visible",
    ".trend svg": "overflow:visible",
    ".trend text": "fill:<ink>",
    ".trend .soft": "fill:<soft>",
    ".trend .bold": "font-weight:700",
    ".trend .t-last": "font-size:1.2em",
    ".trend .t-yard": "fill:<c4>",
    ".t-year": "cursor:pointer",
    ".t-year rect": "fill:transparent",
    ".t-year:hover rect": "fill:<soft>;fill-opacity:.15",
    ".t-year text": "font-weight:600;paint-order:stroke;stroke:<paper>;stroke-width:5px",
    ".t-year:not(:hover) text,.trend:has(.t-year:hover) .unit": "display:none",
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


def trend_style() -> str:
    """Return the rules of trends for a document with the custom properties of the theme."""
    drawn = {name: rule for name, rule in _CHART_RULES.items() if name.startswith(".t-")}
    return _document_rules({**drawn, **_TREND_RULES})


def document_chart_style() -> str:
    """Return the rules of all charts for such a document."""
    return _document_rules({**_CHART_RULES, **_TREND_RULES})


def _document_rules(rules: Mapping[str, str]) -> str:
    names = {name: f"var(--{name})" for name in COLOURS["light"]}
    return "".join(
        f"{selector}{{{_coloured(rule, names, '')}}}" for selector, rule in rules.items()
    )


def _coloured(rule: str, colours: Mapping[str, str], prefix: str) -> str:
    named = re.sub(r"<([\w-]+)>", lambda match: colours[match.group(1)], rule)
    return named.replace("url(#", f"url(#{prefix}")
