"""What the PNG really shows: the asked size, every Cyrillic letter, patterns, both themes."""

from __future__ import annotations

import io
import re

import pytest
from flask.testing import FlaskClient
from lxml import etree
from PIL import Image, ImageChops

from components.pictures import lettering
from components.pictures.png import png
from components.theme import BAND_COLOURS
from tests.pictures.places import SVG, address

PAPER = {"light": (255, 255, 255), "dark": (18, 23, 29)}
# A letter that no font has, so that a box or nothing is drawn.
NOBODYS_LETTER = "\ue000"


def pixels(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content)).convert("RGB")


def ink(image: Image.Image, other: Image.Image) -> int:
    """How many pixels differ."""
    return sum(ImageChops.difference(image, other).convert("L").point(bool).get_flattened_data())


def line(words: str, *, bold: bool = False) -> Image.Image:
    """One line of text as the pictures set it."""
    weight = 700 if bold else 400
    return pixels(
        png(
            '<svg xmlns="http://www.w3.org/2000/svg" width="900" height="60">'
            f'<rect width="900" height="60" fill="#fff"/><text x="10" y="40" font-size="30" '
            f'font-family="{lettering.FAMILY}" font-weight="{weight}">{words}</text></svg>'
        )
    )


@pytest.mark.parametrize("width", [480, 960, 1920])
def test_a_png_has_the_asked_width_and_keeps_its_form(client: FlaskClient, width: int) -> None:
    svg = etree.fromstring(client.get(f"/ru/environment.svg?width={width}").data)
    high = int(svg.get("height") or 0)
    image = pixels(client.get(f"/ru/environment.png?width={width}").data)
    assert image.size == (width, high)


def test_a_card_can_be_asked_for_at_twice_its_size(client: FlaskClient) -> None:
    image = pixels(client.get("/ru/kpi/sc-eh-h-3c.png?size=card&width=2400").data)
    assert image.size == (2400, 1260)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_paper_is_that_of_the_theme(client: FlaskClient, theme: str) -> None:
    image = pixels(client.get(f"/en/wheel.png?width=480&theme={theme}").data)
    assert {image.getpixel(corner) for corner in ((0, 0), (479, 0), (0, image.height - 1))} == {
        PAPER[theme]
    }


@pytest.mark.parametrize("bold", [False, True])
def test_every_letter_of_both_alphabets_is_a_letter_and_not_a_box(bold: bool) -> None:
    box, nothing = line(NOBODYS_LETTER, bold=bold), line("", bold=bold)
    for letter in "АБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯабвгдеёжзийклмнопрстуфхцчшщъыьэюя≥№«»–²³₂":
        drawn = line(letter, bold=bold)
        assert ink(drawn, nothing) > 8, letter
        assert ink(drawn, box) > 8, letter


@pytest.mark.parametrize("words", ["Охват медицинским страхованием", "Household Internet Access"])
@pytest.mark.parametrize("bold", [False, True])
def test_words_are_as_wide_as_they_were_measured(words: str, bold: bool) -> None:
    left, _, right, _ = (
        ImageChops.difference(line(words, bold=bold), line("")).getbbox() or (0,) * 4
    )
    assert abs((right - left) - lettering.width(words, 30, bold=bold)) < 6


@pytest.mark.parametrize("query", ["", "?size=card", "?size=phone"])
def test_the_title_is_really_drawn(client: FlaskClient, language: str, query: str) -> None:
    written = client.get(address(language, "sc-eh-h-3c", "svg") + query).text
    root = etree.fromstring(written.encode())
    title = next(
        element for element in root.iter(f"{SVG}text") if float(element.get("font-size") or 0) >= 24
    )
    words = "".join(title.itertext())
    whole = pixels(png(written))
    for part in title:
        part.text = NOBODYS_LETTER * len(part.text or "")
    boxed = pixels(png(etree.tostring(root, encoding="unicode")))
    title.getparent().remove(title)
    without = pixels(png(etree.tostring(root, encoding="unicode")))
    drawn = ink(whole, without)
    assert drawn > 40 * len(words)
    assert ink(whole, boxed) > drawn / 4


def test_a_state_has_a_pattern_and_not_only_a_colour(client: FlaskClient) -> None:
    """Within one bar of the middle bands light and dark pixels alternate, without any colour."""
    # As of the year of the value: a value of long ago is an outline, whose fill is fainter.
    written = client.get("/en/kpi/ec-ict-ict-2c.svg?as_of=2018").text
    grey = pixels(png(written)).convert("L")
    colour = BAND_COLOURS["light"]["66-95"]
    bar = re.search(rf'<rect fill="{colour}" width="[^"]+" height="17"/>(<path[^>]+>)', written)
    assert bar
    plain = pixels(png(written.replace(bar[1], ""))).convert("L")
    assert ink(grey, plain) > 1000


def test_no_font_of_the_machine_is_needed(client: FlaskClient) -> None:
    """The family of the picture is the bundled one; without it nothing at all is written."""
    written = client.get("/ru/kpi/ec-ict-ws-1c.svg").text
    foreign = written.replace(f'font-family="Arial,{lettering.FAMILY},', 'font-family="Nobody,')
    assert foreign != written
    # Another first family falls back to the bundled font, the only one there is.
    assert ink(pixels(png(written)), pixels(png(foreign))) == 0
