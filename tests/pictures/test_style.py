"""Themes and sizes of pictures, and three of them as another program draws them."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from components.theme import COLOURS, THEMES, Theme
from tests.pictures.places import SVG, TELLING, address, drawn
from tests.pictures.programs import distance, rsvg

# What rsvg makes of a picture whose names on the ring are missing differs by 49.
NEAR = 40


@pytest.mark.parametrize("name", ["wheel", "economy", "sc-eh-h-3c"])
def test_rsvg_draws_what_we_draw(client: FlaskClient, name: str, tmp_path: Path) -> None:
    svg, png = (client.get(address("en", name, form)).data for form in ("svg", "png"))
    assert distance(png, rsvg(svg, tmp_path / "theirs.png")) < NEAR
    # As LibreOffice drew files with a style sheet.
    black = re.sub(rb' fill="[^"]*"', b"", svg)
    assert distance(png, rsvg(black, tmp_path / "black.png")) > 200
    if name == "wheel":
        nameless = re.sub(rb"<text[^>]*transform[^>]*>.</text>", b"", svg)
        assert distance(png, rsvg(nameless, tmp_path / "nameless.png")) > NEAR


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("name", TELLING)
def test_a_theme_has_its_own_paper(client: FlaskClient, theme: Theme, name: str) -> None:
    root: Any = drawn(client, "ru", name, f"?theme={theme}")
    assert root.find(f"{SVG}rect").get("fill") == COLOURS[theme]["paper"]
    assert root.get("fill") == COLOURS[theme]["ink"]


@pytest.mark.parametrize("width", [200, 333, 2400])
def test_a_width_scales_the_whole(client: FlaskClient, width: int) -> None:
    natural, scaled = drawn(client, "en", "wheel"), drawn(client, "en", "wheel", f"?width={width}")
    assert scaled.get("width") == str(width)
    assert scaled.get("viewBox") == natural.get("viewBox")
    high = float(natural.get("height") or 0) * width / float(natural.get("width") or 1)
    assert abs(float(scaled.get("height") or 0) - high) <= 1
