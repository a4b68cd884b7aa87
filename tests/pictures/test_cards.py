"""What networks show of a page is the picture of what its address shows."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient
from lxml.html import HtmlElement, document_fromstring

from data.models import LANGUAGES, Language
from pages.site import Site
from tests.conftest import BASE_URL
from tests.contracts.documents import Document, paths
from tests.pictures.places import GROUPS


def root_of(client: FlaskClient, address: str) -> HtmlElement:
    answer = client.get(address)
    assert answer.status_code == 200
    return document_fromstring(answer.text)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("path", "picture"),
    [
        ("", "wheel/card.png"),
        ("?as_of=2019", "wheel/year-2019/card.png"),
        ("economy/", "economy/card.png"),
        ("society-culture/?as_of=2016", "society-culture/year-2016/card.png"),
        ("?since=2021&yardstick=goals", "wheel/since-2021/yardstick-goals/card.png"),
        ("kpi/sc-eh-h-3c/", "kpi/sc-eh-h-3c/card.png"),
        ("kpi/sc-eh-h-3c/?as_of=2015", "kpi/sc-eh-h-3c/year-2015/card.png"),
    ],
)
def test_networks_show_the_picture_of_what_the_address_shows(
    client: FlaskClient, language: Language, path: str, picture: str
) -> None:
    root = root_of(client, f"/{language}/{path}")
    cards = {one.get("property"): one.get("content") for one in root.xpath("//meta[@property]")}
    assert cards["og:image"] == f"{BASE_URL}/{language}/{picture}"
    assert (cards["og:image:width"], cards["og:image:height"]) == ("1200", "630")
    assert cards["og:image:type"] == "image/png"
    assert cards["og:image:alt"] == root.xpath("string(//meta[@name='description']/@content)")
    assert root.xpath("string(//meta[@name='twitter:card']/@content)") == "summary_large_image"
    answer = client.get(cards["og:image"].removeprefix(BASE_URL))
    assert answer.status_code == 200
    assert answer.content_type == "image/png"


# What each kind of page is shared with: a card of its own, or that of the whole city.
WHEEL = "wheel/card.png"
SHARED: dict[str, str] = {
    "quiz/": "quiz/card.png",
    "quiz/?score=7": "quiz/card.png?score=7",
    "embed/": "wheel/card.png",
    "embed/?chart=economy&as_of=2019": "economy/year-2019/card.png",
    "kpi/": WHEEL,
    "kpi/?page=2": WHEEL,
    "kpi/?q=no-such-indicator": WHEEL,
    "quiz/statistics/": WHEEL,
    "data/": WHEEL,
    "method/": WHEEL,
    "about/": WHEEL,
    "accessibility/": WHEEL,
    "privacy/": WHEEL,
}


def card_of(path: str) -> str:
    """What a page of this path is to be shared with."""
    page, _, query = path.partition("?")
    name = page.rstrip("/") or "wheel"
    if name in GROUPS or (page.startswith("kpi/") and page.count("/") == 2):
        # The rows of a page have an order, its picture has one of its own.
        shown = [part for part in query.split("&") if part and not part.startswith("sort=")]
        options = (part.replace("as_of", "year").replace("=", "-") for part in shown)
        return "/".join((name, *options, "card.png"))
    return SHARED.get(path, WHEEL)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_is_shared_as_what_its_address_shows(
    client: FlaskClient, pages: dict[str, Document], language: Language
) -> None:
    for path in (*paths(), *SHARED, "economy/?as_of=2012", "kpi/sc-eh-h-3c/?as_of=2015"):
        address = f"/{language}/{path}"
        root = pages[address].root if address in pages else root_of(client, address)
        told = {one.get("property"): one.get("content") for one in root.xpath("//meta[@property]")}
        if path.startswith("value/"):  # Not to be listed, so shared as a bare link.
            assert not told, path
            continue
        picture = card_of(path)
        assert told["og:image"] == f"{BASE_URL}/{language}/{picture}", path
        card = root.xpath("string(//meta[@name='twitter:card']/@content)")
        assert card == "summary_large_image", path
        description = root.xpath("string(//meta[@name='description']/@content)")
        assert told["og:description"] == description
        assert len(description) > 20
        assert told["og:locale"] == {"ru": "ru_RU", "en": "en_GB"}[language]
        assert told["og:url"] == root.xpath("string(//link[@rel='canonical']/@href)")
        assert told["og:title"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", ["?as_of=2012", "economy/?as_of=2012", "environment/?as_of=2016"])
def test_a_filtered_year_is_shared_with_its_words(
    client: FlaskClient, language: Language, path: str
) -> None:
    root = root_of(client, f"/{language}/{path}")
    newest = root_of(client, f"/{language}/{path.partition('?')[0]}")
    year = path.rpartition("=")[2]
    for name in ("og:title", "og:description", "og:image", "og:image:alt", "og:url"):
        shown, other = (
            str(one.xpath(f"string(//meta[@property='{name}']/@content)")) for one in (root, newest)
        )
        assert year in shown, name
        assert shown != other, name
        assert year not in other, name


def test_a_page_without_a_chart_is_shared_with_the_whole_city(
    client: FlaskClient, site: Site
) -> None:
    root = root_of(client, "/en/method/")
    told = {one.get("property"): one.get("content") for one in root.xpath("//meta[@property]")}
    assert told["og:image"] == f"{BASE_URL}/en/{WHEEL}"
    # What is said of the picture is said of the wheel, not of the page.
    assert told["og:image:alt"] == site.name("en")
