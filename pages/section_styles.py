"""Style sheets of each section of the site, beside that of all pages."""

from components import urls
from components.pictures.style import trend_style, view_style
from pages import styleguide
from pages.inline_assets import without_comments

# The style sheets of each section beside site.css; "": all other sections. The first window of a
# connection holds some 14 KB, so a page carries few rules for what it has not.
_WORDS = ("cells", "tables", "words")
_DIMENSION = ("bands", "choices", "takeover", "charts", "strips", "rows", "dimension")
_SHEETS = {
    "": _WORDS,
    "home": ("bands", "choices", "wheel"),
    **dict.fromkeys(urls.DIMENSION_SLUGS, _DIMENSION),
    "list": ("choices", "filters", "rows", "chips", "list"),
    "explore": ("takeover", "bands", "cells", "chips", "copying", "explore", "explore_views"),
    "compare": (*_WORDS, "choices", "filters", "strips", "compare"),
    "indicator": ("takeover", "charts", "cells", "tables", "copying", "strips", "indicator"),
    "value": ("cells", "tables", "copying"),
    "quiz": (*_WORDS, "question", "quiz"),
    "room": (*_WORDS, "question", "quiz", "rooms"),
    "data": (*_WORDS, "copying", "data"),
    "embed_code": ("copying", "embed_code"),
    styleguide.NAME: (
        *_WORDS,
        "copying",
        *_DIMENSION,
        "filters",
        "chips",
        "list",
        "data",
        "indicator",
        "wheel",
    ),
}


def section_styles() -> dict[str, str]:
    """Return what each section adds to the style sheet of all pages."""
    styles = {
        section: "".join(without_comments(f"{sheet}.css") for sheet in sheets)
        for section, sheets in _SHEETS.items()
    }
    styles["explore"] += view_style()
    styles["indicator"] += trend_style()
    styles[styleguide.NAME] += trend_style()
    return styles
