"""What networks show of a page is the picture of what its address shows."""

from __future__ import annotations

import io
from urllib.parse import parse_qsl, urlsplit

import pytest
from flask.testing import FlaskClient
from PIL import Image

from components.pictures.page_card import page_sheet
from data.models import Language
from pages.registry import find_page
from pages.requests import match_path
from tests.builders import root_of
from tests.conftest import BASE_URL
from tests.contracts.documents import Document, paths
from tests.pictures.places import GROUPS


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
    cards = {meta.get("property"): meta.get("content") for meta in root.xpath("//meta[@property]")}
    assert cards["og:image"] == f"{BASE_URL}/{language}/{picture}"
    assert (cards["og:image:width"], cards["og:image:height"]) == ("1200", "630")
    assert cards["og:image:type"] == "image/png"
    assert cards["og:image:alt"] == root.xpath("string(//meta[@name='description']/@content)")
    assert root.xpath("string(//meta[@name='twitter:card']/@content)") == "summary_large_image"
    answer = client.get(cards["og:image"].removeprefix(BASE_URL))
    assert answer.status_code == 200
    assert answer.content_type == "image/png"


# What pages are shared with that have another picture than a card beside them.
SHARED: dict[str, str] = {
    "quiz/": "quiz/card.png",
    "quiz/?score=7": "quiz/card.png?score=7",
    "embed/": "wheel/card.png",
    "embed/?chart=economy&as_of=2019": "economy/year-2019/card.png",
    "kpi/": "list/card.png",
    "kpi/?page=2": "list/card.png",
    "kpi/?q=no-such-indicator": "list/q-no-such-indicator/card.png",
    "kpi/?evidence=statistics&since=2021": "list/evidence-statistics/since-2021/card.png",
    "kpi/?topic=air&band=0-33&as_of=2018": "list/band-0-33/topic-air/year-2018/card.png",
}


def card_of(path: str) -> str:
    """What a page of this path is to be shared with."""
    page, mark, query = path.partition("?")
    name = page.rstrip("/") or "wheel"
    if name in GROUPS or (page.startswith("kpi/") and page.count("/") == 2):
        # The rows of a page have an order, its picture has one of its own.
        choices = [part for part in query.split("&") if part and not part.startswith("sort=")]
        options = (part.replace("as_of", "year").replace("=", "-") for part in choices)
        return "/".join((name, *options, "card.png"))
    if page == "explore/":
        return f"explore.png?{query}{'&' if query else ''}size=card"
    return SHARED.get(path) or f"{page}card.png{mark}{query}"


def test_every_page_is_shared_as_what_its_address_shows(
    client: FlaskClient, pages: dict[str, Document], language: Language
) -> None:
    further_paths = ("quiz/statistics/", "economy/?as_of=2012", "kpi/sc-eh-h-3c/?as_of=2015")
    for path in (*paths(), *SHARED, *further_paths):
        address = f"/{language}/{path}"
        root = pages[address].root if address in pages else root_of(client, address)
        properties = {
            meta.get("property"): meta.get("content") for meta in root.xpath("//meta[@property]")
        }
        if path.startswith(("press/", "value/")):  # Not to be listed, so shared as a bare link.
            assert not properties, path
            continue
        picture = card_of(path)
        assert properties["og:image"] == f"{BASE_URL}/{language}/{picture}", path
        card = root.xpath("string(//meta[@name='twitter:card']/@content)")
        assert card == "summary_large_image", path
        description = root.xpath("string(//meta[@name='description']/@content)")
        assert properties["og:description"] == description
        assert len(description) > 20
        assert properties["og:locale"] == {"ru": "ru_RU", "en": "en_GB"}[language]
        assert properties["og:url"] == root.xpath("string(//link[@rel='canonical']/@href)")
        assert properties["og:title"]


@pytest.mark.parametrize("path", ["?as_of=2012", "economy/?as_of=2012", "environment/?as_of=2016"])
def test_a_filtered_year_is_shared_with_its_words(
    client: FlaskClient, language: Language, path: str
) -> None:
    root = root_of(client, f"/{language}/{path}")
    newest = root_of(client, f"/{language}/{path.partition('?')[0]}")
    year = path.rpartition("=")[2]
    for name in ("og:title", "og:description", "og:image", "og:image:alt", "og:url"):
        words, other = (
            str(page.xpath(f"string(//meta[@property='{name}']/@content)"))
            for page in (root, newest)
        )
        assert year in words, name
        assert words != other, name
        assert year not in other, name


# Pages without a chart, and words that their cards must show.
COUNTED = {
    "compare/?kpi=ec-ict-ict-1c": ("Internet at home", "94.4%", "Moscow, 2021", "Karmøy, 2020"),
    "data/": ("396", "Observations"),
    "data/gaps/": ("86", "data_point"),
    "data/2026.1/": ("What edition 2026.1 changed",),
    "quiz/statistics/": ("participants",),
    "own-goals/": ("Missed: 1",),
}


@pytest.mark.parametrize("path", COUNTED)
def test_a_page_without_a_chart_is_shared_with_what_it_shows(
    client: FlaskClient, path: str
) -> None:
    pictures = root_of(client, f"/en/{path}").xpath("//meta[@property='og:image']/@content")
    answer = client.get(str(pictures[0]).removeprefix(BASE_URL))
    assert answer.content_type == "image/png"
    assert Image.open(io.BytesIO(answer.data)).size == (1200, 630)
    url = urlsplit(path)
    with client.application.test_request_context(f"/en/{path}"):
        endpoint, variables = match_path(f"/en/{url.path}")
        registered = find_page(endpoint)
        assert registered is not None
        page = registered.layout(**variables, **dict(parse_qsl(url.query)))
        drawn = page_sheet(page).card((600, 486)).markup
    for words in COUNTED[path]:
        assert words in page.title or words in drawn, words


@pytest.mark.parametrize(
    ("path", "status"),
    [("data/nothing/", 404), ("compare/?kpi=nothing", 404), ("compare/?kpi=%00", 400)],
)
def test_a_card_of_no_page_is_refused(client: FlaskClient, path: str, status: int) -> None:
    page, mark, query = path.partition("?")
    assert client.get(f"/en/{page}card.png{mark}{query}").status_code == status


def test_a_shared_score_is_said_in_words(client: FlaskClient, language: Language) -> None:
    root = root_of(client, f"/{language}/quiz/?score=7")
    (description,) = root.xpath("//meta[@property='og:image:alt']/@content")
    assert "7" in description
    assert "10" in description
