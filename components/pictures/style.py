"""The look of pictures, light and dark: attributes in files, style sheets in documents."""

import re
from collections.abc import Mapping
from functools import cache

from components.pictures.hatching import hatch_lines
from components.pictures.lettering import FAMILY
from components.theme import (
    COLOURS,
    STROKE_OPACITY,
    Theme,
    chart_rules,
    hatches,
    mark_rules,
)

# Those of the same widths first, of which LibreOffice reads only the first, known everywhere; then
# what phones have, then whatever there is.
FONTS = f"Arial,{FAMILY},'Liberation Sans',Helvetica,Roboto,'Noto Sans',sans-serif"

# What every chart is drawn with, be it in a file or in an embed: selector and rule. Words in
# angle brackets are colours. Selectors name classes of one element only, since files have
# attributes instead of a style sheet.
_CHART_RULES: Mapping[str, str] = {
    ".pl": f"stroke:<paper>;stroke-opacity:{STROKE_OPACITY:g}",
    ".pd": "fill:<paper>",
    ".bed": "fill:<line>",
    ".grid": "fill:<line>",
    ".way": "fill:<c0>",
    ".yard": "fill:<c4>",
    ".tick": "fill:<soft>;opacity:.55",
    ".w-rings": "fill:none;stroke:<c0>;stroke-opacity:.6",
    ".w-ring": "fill:<soft>;font-size:15px;text-anchor:end",
    ".w-reach": "fill:none;pointer-events:all",
    ".w-bed": "fill:<wash>",
    ".w-band": "fill:<hub>",
    ".w-name": "fill:<hub-ink>;font-size:22px;font-weight:700;text-anchor:middle",
    ".w-elbows": "fill:none;stroke:<soft>;stroke-width:1.5",
    ".w-labels": "fill:<ink>;font-size:21px",
    ".w-figure": "fill:<ink>;font-size:66px;font-weight:700;text-anchor:middle",
    ".w-hub": "fill:<soft>;font-size:22px;text-anchor:middle",
    ".t-grid": "stroke:<line>;fill:none",
    ".t-good": "fill:<t4>;opacity:.55",
    ".t-line": "stroke:<accent>;stroke-width:2.5;stroke-linecap:round",
    ".t-dot": "fill:<accent>;stroke:<paper>;stroke-width:1.5",
    ".t-proxy": "fill:<paper>;stroke:<soft>;stroke-width:2",
    ".t-city": "fill:<c0>;stroke:<paper>;stroke-width:1",
    ".t-lead": "stroke:<soft>",
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
    ".trend:has(.t-year:hover) .t-name": "opacity:.2",
}
_FILE_RULES: Mapping[str, str] = {
    ".soft": "fill:<soft>",
    ".bold": "font-weight:700",
    ".link": "fill:<accent>;font-weight:700",
    ".paper": "fill:<paper>",
    ".rule": "stroke:<line>;fill:none",
    ".pill": "stroke:<soft>;fill:none",
    # Not every program that draws files paints strokes below letters: files have them as a copy.
    ".t-name": "",
    ".t-halo": "fill:<paper>;stroke:<paper>;stroke-width:4px;stroke-linejoin:round",
}


def svg_file(drawn: str, theme: Theme, attributes: str, head: str = "") -> str:
    """Return a drawing as an SVG file; ``head`` is its title and description, as markup.

    Classes become presentation attributes, and patterns lines: office programs read few selectors
    and no patterns, and attributes reach nothing of a page that the picture is pasted into.
    """
    attributes = f'{attributes} fill="{COLOURS[theme]["ink"]}" font-family="{FONTS}"'
    body = re.sub(
        r'<(\w+)((?: [^<>]*)?) class="([^"]*)"([^<>]*)>',
        lambda tag: _painted(tag[1], tag[3], tag[2] + tag[4], theme),
        drawn,
    )
    return f'<svg xmlns="http://www.w3.org/2000/svg" {attributes}>{head}{body}</svg>'


def _painted(tag: str, classes: str, attributes: str, theme: Theme) -> str:
    """Return the tag with attributes in place of classes, and the lines of its pattern after it."""
    declared = dict(_declarations(classes, theme))
    pattern = re.fullmatch(r"url\(#(\w+)\)", declared.get("fill", ""))
    lines = ""
    if pattern:
        hatch = hatches()[pattern[1]]
        declared["fill"] = _coloured(hatch.ground, COLOURS[theme])
        lines = hatch_lines(tag, attributes, hatch, _coloured(hatch.ink, COLOURS[theme]))
    looks = "".join(f' {name}="{value}"' for name, value in declared.items())
    return f"<{tag}{looks}{attributes}>{lines}"


@cache
def _declarations(classes: str, theme: Theme) -> Mapping[str, str]:
    """Return the declarations of all rules for these classes; a later one replaces an earlier."""
    names = {f".{name}" for name in classes.split()}
    declared: dict[str, str] = {}
    for selector, rule in {**chart_rules(), **mark_rules(), **_CHART_RULES, **_FILE_RULES}.items():
        if names.issuperset(re.findall(r"\.[\w-]+", selector)):
            pairs = _coloured(rule, COLOURS[theme]).split(";")
            declared |= dict(pair.split(":") for pair in pairs if pair)
    return declared


def trend_style() -> str:
    """Return the rules of trends for a document with the custom properties of the theme."""
    drawn = {name: rule for name, rule in _CHART_RULES.items() if name.startswith(".t-")}
    return _document_rules({**drawn, **_TREND_RULES})


def view_style() -> str:
    """Return the rules of views of a selection: trends without readings, wheel, rows."""
    drawn = {**_CHART_RULES, **_TREND_RULES}
    names = (".t-", ".trend", ".w-", ".grid", ".way", ".yard")
    return _document_rules(
        {
            name: rule
            for name, rule in drawn.items()
            if name.startswith(names) and not name.startswith((".t-year", ".w-labels", ".w-elbows"))
        }
    )


def document_chart_style() -> str:
    """Return the rules of all charts for such a document."""
    return _document_rules({**_CHART_RULES, **_TREND_RULES})


def _document_rules(rules: Mapping[str, str]) -> str:
    names = {name: f"var(--{name})" for name in COLOURS["light"]}
    return "".join(f"{selector}{{{_coloured(rule, names)}}}" for selector, rule in rules.items())


def _coloured(rule: str, colours: Mapping[str, str]) -> str:
    return re.sub(r"<([\w-]+)>", lambda match: colours[match.group(1)], rule)
