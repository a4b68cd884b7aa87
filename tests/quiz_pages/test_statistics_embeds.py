"""The quiz's statistics on other sites: a frame, pictures, oEmbed and the Share panel."""

from __future__ import annotations

from pathlib import Path

import brotli
import pytest
from flask.testing import FlaskClient
from lxml import etree
from lxml.html import document_fromstring

from components.texts import text
from components.theme import COLOURS
from data.models import Language
from pages.quiz.service import QuizService
from tests.builders import nesting_faults, shared_code
from tests.conftest import BASE_URL
from tests.oembed.asking import described
from tests.quiz_pages.builders import break_store, words_of
from tests.quiz_pages.conftest import fill

LARGEST = 12_000
PAGE = "quiz/statistics"


def finding_of(service: QuizService) -> str:
    right = service.statistics.read().first.right
    assert right
    return f"{int(100 * right.right / right.answers + 0.5)}"


def test_the_frame_shows_the_figures_and_leads_to_the_page(
    client: FlaskClient, answered: QuizService, language: Language
) -> None:
    answer = client.get(f"/embed/{language}/{PAGE}")
    assert answer.status_code == 200
    assert "frame-ancestors *" in answer.headers["Content-Security-Policy"]
    assert answer.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert len(brotli.compress(answer.data)) < LARGEST
    assert not nesting_faults(answer.text)
    root = document_fromstring(answer.text)
    assert finding_of(answered) in words_of(root.xpath("//main/h1/following-sibling::p")[0])
    numbers = [words_of(number) for number in root.xpath("//ul[@class='figures']/li/b")]
    assert numbers[0] == str(answered.statistics.read().participants)
    assert root.xpath("//svg[@class='q-spread']")
    assert root.xpath("//footer/a/@href") == [f"{BASE_URL}/{language}/{PAGE}/"]


def test_before_anybody_answered_frame_and_picture_say_so(
    client: FlaskClient, service: QuizService
) -> None:
    assert service.statistics.read().participants is None
    for address in (f"/embed/en/{PAGE}", f"/en/{PAGE}.svg"):
        assert "Too few people have answered" in " ".join(client.get(address).text.split())


def test_pictures_in_every_form_say_the_finding(
    client: FlaskClient, answered: QuizService, language: Language
) -> None:
    sizes = {"": "960", "/landscape": "1280", "/phone": "400", "/card/dark": "1200"}
    for options, width in sizes.items():
        answer = client.get(f"/{language}/{PAGE}{options}.svg")
        root = etree.fromstring(answer.data)
        assert root.get("width") == width, options
        assert f"{finding_of(answered)}" in root.findtext("{*}desc", ""), options
        assert answer.headers["Link"].startswith(f"<{BASE_URL}/{language}/{PAGE}{options}.svg>")
        words = ["".join(line.itertext()) for line in root.iterfind(".//{*}text")]
        assert text("quiz_spread_axis", language) in words, options
        columns = [column.get("fill") for column in root.iterfind(".//{*}rect")].count(
            COLOURS["dark" if "dark" in options else "light"]["c0"]
        )
        assert columns == len(answered.statistics.read().first.scores), options
    card = client.get(f"/{language}/{PAGE}/card.png")
    assert card.content_type == "image/png"
    assert client.get(f"/{language}/{PAGE}.png?width=300").data[16:20] == (300).to_bytes(4)


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/dark/card.svg", 301),
        ("/width-9.png", 400),
        (".svg?width=9", 400),
        ("/year-2018.png", 404),
        ("/nonsense.png", 404),
        ("/card.gif", 404),
    ],
)
def test_an_address_that_means_nothing_says_so(
    client: FlaskClient, answered: QuizService, path: str, status: int
) -> None:
    assert answered.statistics.read().participants
    assert client.get(f"/en/{PAGE}{path}").status_code == status


@pytest.mark.parametrize("path", [f"/en/{PAGE}/", f"/embed/en/{PAGE}", f"/en/{PAGE}/card.png"])
def test_the_address_can_be_pasted(client: FlaskClient, answered: QuizService, path: str) -> None:
    assert answered.statistics.read().participants
    answer = described(client, BASE_URL + path)
    assert f'src="{BASE_URL}/embed/en/{PAGE}"' in answer["html"]
    assert answer["thumbnail_url"] == f"{BASE_URL}/en/{PAGE}/card.png"
    assert client.get(answer["thumbnail_url"].removeprefix(BASE_URL)).status_code == 200
    head = document_fromstring(client.get(f"/en/{PAGE}/").text).head
    assert head.xpath("link[@type='application/json+oembed']")


def test_the_page_leads_to_the_share_panel_with_a_code_for_every_place(
    client: FlaskClient, answered: QuizService, language: Language
) -> None:
    page = document_fromstring(client.get(f"/{language}/{PAGE}/").text)
    (share,) = page.xpath("//a[contains(@href, '/embed/?')]/@href[contains(., 'statistics')]")
    panel = document_fromstring(client.get(share).text)
    places = panel.xpath("//input[@name='place']/@value")
    assert {"address", "frame", "picture", "newsletter", "download"} <= set(places)
    for place in places:
        answer = client.get(f"{share.partition('#')[0]}&place={place}")
        assert answer.status_code == 200, place
        code = words_of(document_fromstring(answer.text).get_element_by_id("embed-codes"))
        assert place == "message" or f"/{PAGE}" in answer.text, place
        if place == "message":
            assert finding_of(answered) in code


def test_a_frame_copied_before_anybody_answered_has_room_for_every_figure(
    client: FlaskClient, service: QuizService, many_answers: str
) -> None:
    address = "/en/embed/?chart=quiz%2Fstatistics&place=frame"
    before = (
        described(client, f"{BASE_URL}/en/{PAGE}/")["height"],
        shared_code(client.get(address).text),
    )
    fill(service, many_answers)
    after = (
        described(client, f"{BASE_URL}/en/{PAGE}/?x=1")["height"],
        shared_code(client.get(address).text),
    )
    assert before == after
    assert before[0] > 500


def test_without_the_store_frame_and_picture_come_back_in_a_moment(
    client: FlaskClient, service: QuizService, tmp_path: Path
) -> None:
    break_store(service, tmp_path)
    for address in (f"/embed/en/{PAGE}", f"/en/{PAGE}.svg", f"/en/{PAGE}/card.png"):
        answer = client.get(address)
        assert answer.status_code == 503, address
        assert answer.headers["Retry-After"], address
