"""Design tokens of theme.yml, and what style sheets and pictures take from them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal, get_args

import yaml

from data.scoring import BANDS, Band, points_of

Theme = Literal["light", "dark"]
THEMES: tuple[Theme, ...] = get_args(Theme)

_TOKENS: Mapping[str, Any] = yaml.safe_load(Path(__file__).with_suffix(".yml").read_text("utf-8"))
_BANDS: Mapping[Band, Mapping[str, str]] = {band: _TOKENS["bands"][band] for band in BANDS}
_NUMBERS: Mapping[Band, int] = {band: points_of(band) or 0 for band in BANDS}

# Class names stand for points, so that style sheet and pictures share one short vocabulary.
BAND_CLASSES: Mapping[Band, str] = {band: f"b{number}" for band, number in _NUMBERS.items()}
NO_VALUE_CLASS = "bx"
MARKS: Mapping[str, str] = {
    **{BAND_CLASSES[band]: look["mark"] for band, look in _BANDS.items()},
    NO_VALUE_CLASS: _TOKENS["no_value_mark"],
}
COLOURS: Mapping[Theme, Mapping[str, str]] = {
    theme: {
        **{name: pair[theme] for name, pair in _TOKENS["colours"].items()},
        **{f"c{_NUMBERS[band]}": look[theme] for band, look in _BANDS.items()},
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
SPACES: Mapping[int, str] = _TOKENS["spaces"]


def pattern_definitions() -> str:
    """Return SVG ``defs`` of the patterns that tell the bands apart without colour."""
    patterns = []
    for band, look in _BANDS.items():
        if "pattern" in look:
            number, pattern = _NUMBERS[band], _TOKENS["patterns"][look["pattern"]]
            tile = f'<path class="c{number}" d="M0 0h5v5H0z"/>{pattern["strokes"]}'
            patterns.append(_pattern(str(number), tile, pattern.get("turned", 0)))
    patterns.append(_pattern("x", '<path class="px" stroke-width="1.1" d="M.5 0v5"/>', 45))
    return f"<defs>{''.join(patterns)}</defs>"


def _pattern(name: str, tile: str, turned: int) -> str:
    transform = f' patternTransform="rotate({turned})"' if turned else ""
    return (
        f'<pattern id="p{name}" width="5" height="5" patternUnits="userSpaceOnUse"{transform}>'
        f"{tile}</pattern>"
    )


def chart_rules() -> Mapping[str, str]:
    """Return the rules of the bands by selector, ``<c4>`` standing for a colour."""
    rules = {}
    for band, look in _BANDS.items():
        number = _NUMBERS[band]
        rules[f".b{number}"] = f"fill:url(#p{number})" if "pattern" in look else f"fill:<c{number}>"
        if "pattern" in look:
            rules[f".c{number}"] = f"fill:<c{number}>"
    return rules


def custom_properties(theme: Theme) -> str:
    """Return the colours of a theme as CSS custom properties (``--name:value;``)."""
    return "".join(f"--{name}:{colour};" for name, colour in COLOURS[theme].items())


def with_tokens(source: str) -> str:
    """Return a style sheet or an SVG with its ``$names`` filled in.

    ``$light`` and ``$dark`` are the custom properties of a theme, ``$bands`` the fills of the
    bands, ``$light_ink`` is one colour, ``$space_4`` a step of ``spaces``, and each of ``sizes``
    has its own name. Raises ``KeyError`` for a name that theme.yml lacks.
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
        "bands": "".join(
            f".m{_NUMBERS[band]},.{'c' if 'pattern' in look else 'b'}{_NUMBERS[band]}"
            f"{{fill:var(--c{_NUMBERS[band]})}}"
            + (f".b{_NUMBERS[band]}{{fill:url(#p{_NUMBERS[band]})}}" if "pattern" in look else "")
            for band, look in _BANDS.items()
        ),
    }
    return re.sub(r"\$([a-z]\w*)", lambda name: names[name[1]], source)
