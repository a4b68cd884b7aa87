"""Colours, themes and sizes of pictures: readable, and shut off from the page around them."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient

from components.pictures.style import COLOURS, THEMES, Theme, file_style
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


# How colours look without one kind of cone: Machado, Oliveira and Fernandes, 2009.
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


def luminance(colour: str, vision: Vision = NORMAL) -> float:
    plain = colour.removeprefix("#")
    pairs = [one * 2 for one in plain] if len(plain) == 3 else re.findall("..", plain)
    parts = [int(one, 16) / 255 for one in pairs]
    linear = [one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts]
    red, green, blue = (
        min(1.0, max(0.0, sum(part * one for part, one in zip(row, linear, strict=True))))
        for row in vision
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str, vision: Vision = NORMAL) -> float:
    dark, light = sorted((luminance(one, vision), luminance(other, vision)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", THEMES)
def test_states_stand_out_from_the_paper_and_words_are_readable(theme: Theme) -> None:
    colours = COLOURS[theme]
    for state in ("c4", "c3", "c2", "c1", "c0"):
        assert contrast(colours[state], colours["paper"]) >= 3, state
    for words in ("ink", "soft", "accent"):
        assert contrast(colours[words], colours["paper"]) >= 4.5
    # The two states without a pattern differ in lightness alone.
    assert contrast(colours["c4"], colours["c0"]) >= 1.7


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("vision", VISIONS)
def test_states_are_told_apart_with_any_vision(theme: Theme, vision: str) -> None:
    colours, seen = COLOURS[theme], VISIONS[vision]
    for state in ("c4", "c3", "c2", "c1", "c0"):
        assert contrast(colours[state], colours["paper"], seen) >= 2.4, state
    assert contrast(colours["c4"], colours["c0"], seen) >= 1.5
    # The others have a pattern each, whose strokes are paper on the state's colour.
    rules = file_style(theme)
    patterns = [
        re.findall(rf"\.{state}{{fill:url\(#([^)]+)\)", rules) for state in ("b3", "b2", "b1", "bx")
    ]
    assert all(len(one) == 1 for one in patterns)
    assert len({one[0] for one in patterns}) == len(patterns)
