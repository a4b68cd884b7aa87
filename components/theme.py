"""Design tokens of theme.yml, and what style sheets and pictures take from them."""

import re
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, Literal, NamedTuple, get_args

import yaml

from data.scoring import BANDS, Band, points_of

Theme = Literal["light", "dark"]
THEMES: tuple[Theme, ...] = get_args(Theme)

_TOKENS: Mapping[str, Any] = yaml.load(
    Path(__file__).with_suffix(".yml").read_text("utf-8"), yaml.CSafeLoader
)
_BANDS: Mapping[Band, Mapping[str, Any]] = {band: _TOKENS["bands"][band] for band in BANDS}
_NUMBERS: Mapping[Band, int] = {band: points_of(band) or 0 for band in BANDS}
_AGED: Mapping[Band, Mapping[str, Any]] = {
    band: look for band, look in _BANDS.items() if "tint" in look
}

# Class names stand for points, so that style sheet and pictures share one short vocabulary.
BAND_CLASSES: Mapping[Band, str] = {band: f"b{number}" for band, number in _NUMBERS.items()}
NO_VALUE_CLASS = "bx"
# Beside the class of a band: the value is older than recent ones.
OLDER_CLASS = "o"
MARKS: Mapping[str, str] = {
    **{BAND_CLASSES[band]: look["mark"] for band, look in _BANDS.items()},
    NO_VALUE_CLASS: _TOKENS["no_value_mark"],
}
COLOURS: Mapping[Theme, Mapping[str, str]] = {
    theme: {
        **{name: pair[theme] for name, pair in _TOKENS["colours"].items()},
        **{f"c{_NUMBERS[band]}": look[theme] for band, look in _BANDS.items()},
        **{f"t{_NUMBERS[band]}": look["tint"][theme] for band, look in _AGED.items()},
    }
    for theme in THEMES
}
BAND_COLOURS: Mapping[Theme, Mapping[Band, str]] = {
    theme: {band: look[theme] for band, look in _BANDS.items()} for theme in THEMES
}
# Interactive charts, in Plotly's terms.
FIGURE_COLOURS: Mapping[Band, str] = {band: look["figure"] for band, look in _BANDS.items()}
FIGURE_PATTERNS: Mapping[Band, str] = {
    band: _TOKENS["patterns"][look["pattern"]]["figure"] if "pattern" in look else ""
    for band, look in _BANDS.items()
}
FIGURES: Mapping[str, Any] = _TOKENS["figures"]
STROKE_OPACITY = 0.75  # Of strokes of paper on a band's colour.
SPACES: Mapping[int, str] = _TOKENS["spaces"]


# What has a value but no verdict is an outline, what has no value hatched: as a ground, and as a
# mark.
_OUTLINE, _HATCHING = "fill:<paper>;stroke:<c0>;stroke-width:1.5", "stroke:<c0>"


def pattern_definitions() -> str:
    """Return SVG ``defs`` of the patterns that tell the bands apart without colour.

    Recent values have strokes of paper on the band's colour, older ones strokes of the band's
    colour on its tint.
    """
    patterns = []
    for band, look in _BANDS.items():
        if "pattern" in look:
            number, pattern = _NUMBERS[band], _TOKENS["patterns"][look["pattern"]]
            strokes, turned = pattern["strokes"], pattern.get("turned", 0)
            tile = f'<path class="c{number}" d="M0 0h5v5H0z"/>{strokes}'
            patterns.append(_pattern(str(number), tile, turned))
            older = strokes.replace("pl", f"l{number}").replace("pd", f"c{number}")
            tile = f'<path class="t{number}" d="M0 0h5v5H0z"/>{older}'
            patterns.append(_pattern(f"{number}o", tile, turned))
    pattern = _TOKENS["no_value_pattern"]
    patterns.append(_pattern("x", pattern["strokes"], pattern["turned"]))
    return f"<defs>{''.join(patterns)}</defs>"


def _pattern(name: str, tile: str, turned: int) -> str:
    transform = f' patternTransform="rotate({turned})"' if turned else ""
    return (
        f'<pattern id="p{name}" width="5" height="5" patternUnits="userSpaceOnUse"{transform}>'
        f"{tile}</pattern>"
    )


class Hatch(NamedTuple):
    """A pattern as lines across ``angles`` degrees, ``gap`` apart; colours stand in brackets.

    Dots of radius ``dot`` stand on the lines in their place where it is not 0.
    """

    ground: str
    ink: str
    opacity: float
    angles: Sequence[float]
    gap: float
    width: float
    dot: float


@cache
def hatches() -> Mapping[str, Hatch]:
    """Return the patterns of ``pattern_definitions`` by their ids, for files, which have none."""

    def hatch(ground: str, ink: str, opacity: float, look: Mapping[str, Any]) -> Hatch:
        width, dot = look.get("width", 0), look.get("dot", 0)
        return Hatch(ground, ink, opacity, look["angles"], look["gap"], width, dot)

    drawn = {"px": hatch("none", f"<c{_NUMBERS['none']}>", 1, _TOKENS["no_value_pattern"])}
    for band, look in _BANDS.items():
        if "pattern" in look:
            number, pattern = _NUMBERS[band], _TOKENS["patterns"][look["pattern"]]
            opacity = 1 if "dot" in pattern else STROKE_OPACITY
            drawn[f"p{number}"] = hatch(f"<c{number}>", "<paper>", opacity, pattern)
            drawn[f"p{number}o"] = hatch(f"<t{number}>", f"<c{number}>", 1, pattern)
    return drawn


def chart_rules() -> Mapping[str, str]:
    """Return the rules of the bands by selector, ``<c4>`` standing for a colour."""
    rules = {}
    for band, look in _BANDS.items():
        number = _NUMBERS[band]
        rules[f".b{number}"] = f"fill:url(#p{number})" if "pattern" in look else f"fill:<c{number}>"
        if "pattern" in look:
            rules[f".c{number}"] = f"fill:<c{number}>"
            rules[f".t{number}"] = f"fill:<t{number}>"
            rules[f".l{number}"] = f"stroke:<c{number}>"
    rules |= {f".{BAND_CLASSES['none']}": _OUTLINE, f".{NO_VALUE_CLASS}": "fill:url(#px)"}
    rules[".px"] = _HATCHING
    for band, look in _AGED.items():
        number = _NUMBERS[band]
        ground = f"url(#p{number}o)" if "pattern" in look else f"<t{number}>"
        rules[f".b{number}.{OLDER_CLASS}"] = f"fill:{ground};stroke:<c{number}>"
    return rules | {f".{OLDER_CLASS}": "stroke-width:1.5"}


def custom_properties(theme: Theme) -> str:
    """Return the colours of a theme as CSS custom properties (``--name:value;``)."""
    return "".join(f"--{name}:{colour};" for name, colour in COLOURS[theme].items())


def with_tokens(source: str) -> str:
    """Return a style sheet or an SVG with its ``$names`` filled in.

    ``$light`` and ``$dark`` are the custom properties of a theme, ``$bands`` and ``$marks`` the
    fills of bands and of marks, ``$light_ink`` is one colour, ``$space_4`` a step of ``spaces``,
    and each of ``sizes`` has its own name. Raises ``KeyError`` for a name that theme.yml lacks.
    """
    names = {
        **_TOKENS["sizes"],
        **{f"space_{step}": space for step, space in SPACES.items()},
        **{theme: custom_properties(theme) for theme in THEMES},
        **{
            f"{theme}_{name.replace('-', '_')}": colour
            for theme, colours in COLOURS.items()
            for name, colour in colours.items()
        },
        "bands": _band_rules(),
        "marks": _mark_rules(),
    }
    return re.sub(r"\$([a-z]\w*)", lambda name: names[name[1]], source)


def _band_rules() -> str:
    """Return ``chart_rules`` with custom properties."""
    return _with_properties(chart_rules())


def _with_properties(rules: Mapping[str, str]) -> str:
    written = "".join(f"{selector}{{{rule}}}" for selector, rule in rules.items())
    return re.sub("<(.+?)>", r"var(--\1)", written)


_MARK_RULES = {
    ".mr": "fill:<paper>;stroke:<soft>;stroke-width:1.6",
    ".m0": _OUTLINE,
    ".m0l,.mx": _HATCHING,
}
_OLDER_EDGE = 1.6


def mark_rules() -> Mapping[str, str]:
    """Return the rules of marks in files by selector, ``<c4>`` standing for a colour."""
    rules = {
        selector: rule for listed, rule in _MARK_RULES.items() for selector in listed.split(",")
    }
    for band in _AGED:
        number = _NUMBERS[band]
        edge = f"stroke:<c{number}>;stroke-width:{_OLDER_EDGE}"
        rules[f".m{number}"] = f"fill:<c{number}>"
        rules[f".m{number}.{OLDER_CLASS}"] = f"fill:<t{number}>;{edge}"
    return rules


def _mark_rules() -> str:
    """Return the fills of marks, whose parts stand in a symbol: only inherited properties reach."""
    numbers = [_NUMBERS[band] for band in _AGED]
    marks = "".join(
        f".m{number}{{fill:var(--o{number},var(--c{number}));stroke:var(--c{number})}}"
        for number in numbers
    )
    selectors = ",".join(f".m{number}" for number in numbers)
    tints = ";".join(f"--o{number}:var(--t{number})" for number in numbers)
    return (
        f"{_with_properties(_MARK_RULES)}{marks}{selectors}{{stroke-width:var(--e,0)}}"
        f".mark.{OLDER_CLASS}{{{tints};--e:{_OLDER_EDGE}}}"
    )
