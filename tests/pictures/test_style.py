"""Themes and sizes of pictures, shut off from the page around them."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient

from components.theme import COLOURS, THEMES, Theme
from tests.pictures.places import SVG, TELLING, drawn


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("name", TELLING)
def test_a_theme_has_its_own_paper(client: FlaskClient, theme: Theme, name: str) -> None:
    root = drawn(client, "ru", name, f"?theme={theme}")
    sheet = root.findtext(f"{SVG}style") or ""
    assert root.get("class") == f"city-picture-{theme}"
    assert f".city-picture-{theme} .paper{{fill:{COLOURS[theme]['paper']}}}" in sheet
    assert "var(" not in sheet
    assert "<" not in sheet


def test_the_rules_of_a_picture_reach_nothing_of_the_page_it_is_pasted_into(
    client: FlaskClient,
) -> None:
    sheet = drawn(client, "en", "wheel").findtext(f"{SVG}style") or ""
    selectors = re.findall(r"([^{}]+)\{", sheet)
    assert len(selectors) > 20
    assert all(one.startswith(".city-picture-light ") for one in selectors)


@pytest.mark.parametrize("width", [200, 333, 2400])
def test_a_width_scales_the_whole(client: FlaskClient, width: int) -> None:
    natural, scaled = drawn(client, "en", "wheel"), drawn(client, "en", "wheel", f"?width={width}")
    assert scaled.get("width") == str(width)
    assert scaled.get("viewBox") == natural.get("viewBox")
    high = float(natural.get("height") or 0) * width / float(natural.get("width") or 1)
    assert abs(float(scaled.get("height") or 0) - high) <= 1
