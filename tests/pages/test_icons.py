"""Icons and manifest: real files of the sizes that they claim."""

from __future__ import annotations

from struct import unpack

import pytest
from flask.testing import FlaskClient
from lxml.html import document_fromstring

from data.models import Language

PNG = b"\x89PNG\r\n\x1a\n"


def side(image: bytes) -> int:
    assert image.startswith(PNG)
    width, height = unpack(">II", image[16:24])
    assert width == height
    return int(width)


def test_the_favicon_is_an_ico_with_three_sizes(client: FlaskClient) -> None:
    response = client.get("/favicon.ico")
    assert response.content_type == "image/x-icon"
    reserved, kind, count = unpack("<HHH", response.data[:6])
    assert (reserved, kind, count) == (0, 1, 3)
    sides = []
    for number in range(count):
        entry = unpack("<BBBBHHII", response.data[6 + 16 * number : 22 + 16 * number])
        length, offset = entry[6:]
        sides.append(side(response.data[offset : offset + length]))
        assert sides[-1] == entry[0]
    assert sides == [16, 32, 48]


def test_the_home_page_names_icons_and_a_manifest_that_exist(
    client: FlaskClient, language: Language
) -> None:
    root = document_fromstring(client.get(f"/{language}/").text)
    (touch,) = root.xpath("//link[@rel='apple-touch-icon']/@href")
    assert side(client.get(touch).data) == 180
    (url,) = root.xpath("//link[@rel='manifest']/@href")
    manifest = client.get(url).get_json(force=True)
    assert (manifest["lang"], manifest["start_url"]) == (language, f"/{language}/")
    for icon in manifest["icons"]:
        assert icon["sizes"] == "{0}x{0}".format(side(client.get(icon["src"]).data))
    assert {icon["sizes"] for icon in manifest["icons"]} == {"192x192", "512x512"}


@pytest.mark.parametrize("path", ["economy/", "kpi/", "kpi/ec-p-em-1c/", "quiz/", "nowhere/"])
def test_no_other_page_asks_for_the_manifest(client: FlaskClient, path: str) -> None:
    root = document_fromstring(client.get(f"/en/{path}").text)
    assert len(root.xpath("//link[@rel='apple-touch-icon']")) == 1
    assert not root.xpath("//link[@rel='manifest']")
