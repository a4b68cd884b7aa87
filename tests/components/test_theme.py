"""Design tokens: contrasts in both themes, and one file that every surface takes a colour from."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest

from components.embeds.page import _style as frame_style
from components.theme import (
    BAND_COLOURS,
    COLOURS,
    FIGURE_COLOURS,
    FIGURES,
    SPACES,
    THEMES,
    Theme,
    chart_rules,
    hatches,
    with_tokens,
)
from data.scoring import BAND_EDGES, BANDS
from pages.settings import ROOT
from pages.static_files import ASSETS

# Colours as seen without one kind of cone: Machado, Oliveira and Fernandes, 2009.
NORMAL = ((1, 0, 0), (0, 1, 0), (0, 0, 1))
VISIONS = {
    "normal": NORMAL,
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritanopia": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}
Vision = tuple[tuple[float, ...], ...]
# On which ground words of each colour stand.
WORDS = (
    ("ink", "paper"),
    ("soft", "paper"),
    ("accent", "paper"),
    ("ink", "wash"),
    ("soft", "wash"),
    ("accent", "wash"),
    ("accent-ink", "accent"),
    ("hub-ink", "hub"),
    ("ink", "hover"),
)


def luminance(colour: str, vision: Vision = NORMAL) -> float:
    plain = colour.removeprefix("#")
    pairs = [digit * 2 for digit in plain] if len(plain) == 3 else re.findall("..", plain)
    parts = [int(pair, 16) / 255 for pair in pairs]
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    red, green, blue = (
        min(1.0, max(0.0, sum(share * part for share, part in zip(row, linear, strict=True))))
        for row in vision
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(colour: str, other: str, vision: Vision = NORMAL) -> float:
    """Return the ratio of WCAG 2: 1 to 21."""
    dark, light = sorted((luminance(colour, vision), luminance(other, vision)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("words", "ground"), WORDS)
def test_words_are_readable(theme: Theme, words: str, ground: str) -> None:
    assert contrast(COLOURS[theme][words], COLOURS[theme][ground]) >= 4.5


@pytest.mark.parametrize("theme", THEMES)
def test_bands_stand_out_from_the_paper_and_from_their_neighbours(theme: Theme) -> None:
    for colours in (BAND_COLOURS[theme], FIGURE_COLOURS):
        for band in BANDS:
            assert contrast(colours[band], COLOURS[theme]["paper"]) >= 3, band
        for better, worse in pairwise(BANDS):
            assert contrast(colours[better], colours[worse]) >= 1.4, (better, worse)
        # The two without a pattern.
        assert contrast(colours[BANDS[0]], colours["none"]) >= 1.7
    for colour in FIGURES["series"]:
        assert contrast(colour, COLOURS[theme]["paper"]) >= 3, colour


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("vision", VISIONS)
def test_bands_are_told_apart_with_any_vision(theme: Theme, vision: str) -> None:
    colours, cones = BAND_COLOURS[theme], VISIONS[vision]
    for band in BANDS:
        assert contrast(colours[band], COLOURS[theme]["paper"], cones) >= 2.4, band
    for better, worse in pairwise(BANDS):
        assert contrast(colours[better], colours[worse], cones) >= 1.3, (better, worse)
    assert contrast(colours[BANDS[0]], colours["none"], cones) >= 1.5
    # The others have a pattern each, whose strokes are paper on the band's colour.
    rules, drawn = chart_rules(), hatches()
    patterns = [re.fullmatch(r"fill:url\(#(p\d)\)", rules[f".b{number}"]) for number in "123"]
    looks = [drawn[pattern[1]] for pattern in patterns if pattern]
    assert len({(tuple(look.angles), look.gap, look.dot) for look in looks}) == 3


@pytest.mark.parametrize("theme", THEMES)
def test_older_values_are_told_apart_without_colour(theme: Theme) -> None:
    colours = COLOURS[theme]
    for number in "1234":
        colour, tint = colours[f"c{number}"], colours[f"t{number}"]
        # The outline has the contrast of the band; strokes on the tint and the tint itself help.
        assert contrast(colour, tint) >= 2.8, number
        assert contrast(tint, colours["paper"]) >= 1.05, number
        assert contrast(colours["paper"], colour) > 2 * contrast(colours["paper"], tint)
    rules = chart_rules()
    grounds = [rules[f".b{number}{age}"] for number in "1234" for age in ("", ".o")]
    assert len(set(grounds)) == 8
    assert all("stroke:" in rules[f".b{number}.o"] for number in "1234")


def test_without_a_verdict_grounds_and_marks_look_alike_on_pages_and_in_embeds() -> None:
    for sheet in (with_tokens("$bands$marks"), frame_style("auto")):
        rules = re.findall(r"([^{}]+){([^{}]*)}", sheet)
        looks = {
            name: [rule for names, rule in rules if name in names.split(",")]
            for name in (".b0", ".m0", ".px", ".mx")
        }
        assert (
            looks[".b0"] == looks[".m0"] == ["fill:var(--paper);stroke:var(--c0);stroke-width:1.5"]
        )
        assert looks[".px"] == looks[".mx"] == ["stroke:var(--c0)"]


def test_no_colour_stands_outside_the_tokens() -> None:
    sources = [*ASSETS.glob("*.css"), *ASSETS.glob("*.svg")]
    sources += [
        file
        for folder in ("components", "pages")
        for kind in ("*.py", "*.css", "*.typ")
        for file in (ROOT / folder).rglob(kind)
    ]
    assert len(sources) > 100
    colour = re.compile(r"[\"':( ,]#([0-9a-f]{3}|[0-9a-f]{6})\b[^\w{.]")
    assert [file.name for file in sources if colour.search(file.read_text("utf-8"))] == []


def test_spaces_that_are_a_step_of_the_scale_are_taken_from_it() -> None:
    sheets = [*ASSETS.glob("*.css"), ROOT / "components" / "embeds" / "embed.css"]
    space = re.compile(r"(?<![\w-])(?:margin|padding|(?:row-|column-)?gap)[a-z-]*:([^;}]+)")
    literals = {
        length
        for sheet in sheets
        for values in space.findall(sheet.read_text("utf-8"))
        for length in re.findall(r"(?<![\w.$])[\d.]+rem", values)
    }
    assert len(sheets) > 5
    assert not literals & set(SPACES.values())


def test_no_sheet_asks_whether_there_is_any_element() -> None:
    # With ":has(+ *)" for the header WebKit took minutes to draw a chart: each text that Plotly
    # measures brought a new element, and with it the whole page another layout.
    sheets = {sheet.name: sheet.read_text("utf-8") for sheet in ASSETS.glob("*.css")}
    assert any(":has(" in sheet for sheet in sheets.values())
    universal = re.compile(r":has\([^{}]*?(?<![\w)\].])\*")
    assert [name for name, sheet in sheets.items() if universal.search(sheet)] == []


def test_the_edges_of_bands_stand_in_no_text() -> None:
    literal = re.compile(
        rf"(?<![\d.,])({'|'.join(str(edge.lowest) for edge in BAND_EDGES[:-1])})\s?%"
    )
    texts = [*(ROOT / "components" / "texts").glob("[!q]*.yml")]
    texts += [
        *(ROOT / "components" / "prose").glob("*.md"),
        ROOT / "data" / "exports" / "words.yml",
    ]
    assert len(texts) > 10
    assert [file.name for file in texts if literal.search(file.read_text("utf-8"))] == []


# What each surface is made of, by the code that makes it.
SURFACES = """
import json
from pathlib import Path
from components.embeds.page import _style
from components.factsheet.contents import _state
from components.plotly_template import FIGURE_COLOURS
from components.pictures.style import svg_file
from components.quiz.card import card_svg
from pages.inline_assets import without_comments
from pages.static_files import asset
print(json.dumps({
    "page": without_comments("site.css"),
    "embed": _style("auto"),
    "picture": svg_file('<rect class="b4"/>', "light", ""),
    "card": card_svg("", 7, "", "", "en"),
    "icon": asset("icon.svg"),
    "fact sheet": _state("b4", "")["mark"],
    "figure": json.dumps(FIGURE_COLOURS),
}))
"""


@pytest.mark.slow
def test_a_band_changes_its_colour_everywhere_by_one_file(tmp_path: Path) -> None:
    for folder in ("assets", "components", "data", "pages", "quiz"):
        shutil.copytree(
            ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__", "20*")
        )
    tokens = tmp_path / "components" / "theme.yml"
    band = BANDS[0]
    changed = tokens.read_text("utf-8")
    for old, new in (
        (BAND_COLOURS["light"][band], "#123457"),
        (BAND_COLOURS["dark"][band], "#89abcd"),
        (FIGURE_COLOURS[band], "#123456"),
    ):
        assert changed.count(old) == 1
        changed = changed.replace(old, new)
    tokens.write_text(changed, "utf-8")
    output = subprocess.run(
        [sys.executable, "-c", SURFACES], cwd=tmp_path, capture_output=True, check=True, text=True
    ).stdout
    surfaces = json.loads(output)
    figure = surfaces.pop("figure")
    assert "#123456" in figure
    assert FIGURE_COLOURS[band] not in figure
    for name, surface in surfaces.items():
        assert "#123457" in surface, name
        assert BAND_COLOURS["light"][band] not in surface, name
    for name in ("page", "embed"):
        assert "#89abcd" in surfaces[name]
