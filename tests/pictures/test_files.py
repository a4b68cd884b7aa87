"""Every picture has its address in both forms and both languages, and refuses nonsense."""

from __future__ import annotations

import io

import pytest
from flask.testing import FlaskClient
from lxml import etree
from lxml.html import document_fromstring
from PIL import Image

from components.pictures.png import png
from data.models import LANGUAGES, Language
from pages.chart import Chart
from pages.site import Site
from tests.conftest import BASE_URL
from tests.pictures.places import NAMES, TELLING, address

TYPES = {"svg": "image/svg+xml; charset=utf-8", "png": "image/png"}


def test_pictures_of_each_form_can_be_drawn_in_pixels(client: FlaskClient) -> None:
    # The site starts a process for each; that all of these do the same is the next test.
    for number, name in enumerate(dict.fromkeys((*TELLING, *NAMES[::12]))):
        language = LANGUAGES[number % 2]
        drawn = Image.open(io.BytesIO(png(client.get(address(language, name, "svg")).text)))
        assert drawn.width > 300, name
        assert len(drawn.getcolors(1 << 24) or ()) > 2, name


@pytest.mark.parametrize("name", NAMES[::12])
def test_a_picture_answers_as_png(client: FlaskClient, name: str) -> None:
    answer = client.get(f"{address('ru', name, 'png')}?width=200")
    assert answer.status_code == 200
    assert answer.content_type == TYPES["png"]
    assert Image.open(io.BytesIO(answer.data)).width == 200


def test_the_title_of_a_file_says_the_finding(
    client: FlaskClient, site: Site, language: Language
) -> None:
    for name in ("wheel", "economy", "ec-p-em-1c"):
        sheet = Chart(site, language, name).sheet
        svg = etree.fromstring(client.get(address(language, name, "svg")).data)
        title = f"{sheet.title}. {sheet.sentence}"
        assert svg.findtext("{*}title") == title
        file = client.get(f"{address(language, name, 'png')}?width=200").data
        assert Image.open(io.BytesIO(file)).text["Title"] == title


@pytest.mark.parametrize("name", TELLING[::4])
def test_a_card_has_the_form_that_networks_show(
    client: FlaskClient, language: Language, name: str
) -> None:
    answer = client.get(f"{address(language, name, 'png')}?size=card")
    assert Image.open(io.BytesIO(answer.data)).size == (1200, 630)


@pytest.mark.parametrize("form", ["svg", "png"])
@pytest.mark.parametrize("name", TELLING[::4])
def test_a_picture_that_has_not_changed_is_not_sent_again(
    client: FlaskClient, name: str, form: str
) -> None:
    where = address("ru", name, form)
    answer, head = client.get(where), client.head(where)
    assert head.status_code == 200
    assert head.data == b""
    assert head.headers["Content-Length"] == str(len(answer.data))
    assert head.content_type == answer.content_type == TYPES[form]
    again = client.get(where, headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304
    assert again.data == b""
    other = client.get(f"{where}?theme=dark", headers={"If-None-Match": answer.headers["ETag"]})
    assert other.status_code == 200


@pytest.mark.parametrize("form", ["svg", "png"])
def test_a_picture_may_be_used_on_any_page_and_is_named_when_saved(
    client: FlaskClient, form: str
) -> None:
    answer = client.get(f"/en/kpi/sc-eh-h-3c.{form}?as_of=2019")
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert answer.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    named = answer.headers["Content-Disposition"]
    assert named.startswith('inline; filename="u4ssc-moscow-sc-eh-h-3c-2019-')
    assert named.endswith(f'-en.{form}"')
    assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    "query",
    [
        "width=0",
        "width=199",
        "width=2401",
        "width=99999999",
        "width=-5",
        "width=1e3",
        "width=٤٠٠",
        "width=400&width=500",
        "as_of=1066",
        "as_of=abcd",
        "theme=auto",
        "theme=%3Cscript%3E",
        "size=poster",
        "size=%22onload=alert(1)",
    ],
)
@pytest.mark.parametrize("form", ["svg", "png"])
def test_a_parameter_that_means_nothing_is_refused(
    client: FlaskClient, query: str, form: str
) -> None:
    for name in ("wheel", "ec-ict-ws-1c"):
        answer = client.get(f"{address('en', name, form)}?{query}")
        assert answer.status_code == 400
        assert document_fromstring(answer.text).findtext(".//main//h1")
        assert "alert(1)" not in answer.text
        assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    "where",
    [
        "/ru/nothing.svg",
        "/ru/kpi/nothing.svg",
        "/ru/kpi/nothing.png?width=1",
        "/ru/kpi/wheel.svg",
        "/ru/kpi/economy.png",
        "/ru/sc-eh-h-3c.svg",
        "/de/wheel.svg",
        "/ru/wheel.gif",
        "/ru/wheel/year-2018.gif",
        "/ru/wheel/poster.svg",
        "/ru/wheel/card",
        "/ru/wheel/card/phone.svg",
        "/ru/wheel/edition-2099.1.svg",
        "/ru/kpi/wheel/card.svg",
        "/ru/kpi/nothing/card.svg",
        "/ru/kpi/SC-EH-H-3C.svg",
        "/ru/kpi/%3Cscript%3Ealert(1)%3C/script%3E.svg",
    ],
)
def test_an_unknown_picture_is_not_found(client: FlaskClient, where: str) -> None:
    answer = client.get(where)
    assert answer.status_code in (400, 404) if "width=1" in where else answer.status_code == 404
    assert "<script>alert" not in answer.text


def test_a_year_without_data_is_answered_with_the_years_that_have_some(
    client: FlaskClient,
) -> None:
    words = client.get("/ru/kpi/sc-eh-h-3c.svg?as_of=1066").text
    assert "2010" in words
    assert "2019" in words


def test_a_campaign_tag_changes_nothing(client: FlaskClient) -> None:
    plain, tagged = client.get("/ru/wheel.svg"), client.get("/ru/wheel.svg?utm_source=x")
    assert plain.headers["ETag"] == tagged.headers["ETag"]


# A path as somebody writes it, the address it leads to, and the query that asks for the same.
PATHS = [
    ("wheel/card", "wheel/card", "wheel.svg?size=card"),
    (
        "wheel/width-400/landscape/year-2018",
        "wheel/year-2018/landscape/width-400",
        "wheel.svg?size=landscape&as_of=2018&width=400",
    ),
    ("economy/light/width-0800", "economy/width-800", "economy.svg?theme=light&width=800"),
    (
        "kpi/sc-eh-h-3c/yardstick-goals/edition-2026.1/dark",
        "kpi/sc-eh-h-3c/edition-2026.1/yardstick-goals/dark",
        "kpi/sc-eh-h-3c.svg?theme=dark&edition=2026.1&yardstick=goals",
    ),
]


@pytest.mark.parametrize(("path", "address", "query"), PATHS)
def test_a_picture_has_one_path_of_its_own(
    client: FlaskClient, path: str, address: str, query: str
) -> None:
    answer = client.get(f"/en/{path}.svg")
    if path != address:
        assert (answer.status_code, answer.location) == (301, f"/en/{address}.svg")
        answer = client.get(answer.location)
    assert answer.status_code == 200
    assert answer.headers["Link"] == f'<{BASE_URL}/en/{address}.svg>; rel="canonical"'
    same = client.get(f"/en/{query}")
    assert same.data == answer.data
    assert same.headers["Link"] == answer.headers["Link"]
    mixed = client.get(f"/en/{path}.svg?width=300")
    assert mixed.status_code == 301
    assert mixed.location.endswith("/width-300.svg")


@pytest.mark.parametrize(
    ("path", "status", "words"),
    [
        ("kpi/sc-eh-h-3c/year-1066.png", 400, "2019"),
        ("wheel/width-99999.png", 400, "2400"),
        ("wheel/card.gif", 404, "svg"),
    ],
)
def test_a_path_that_means_nothing_says_what_may_stand_there(
    client: FlaskClient, path: str, status: int, words: str
) -> None:
    answer = client.get(f"/ru/{path}")
    assert answer.status_code == status
    assert words in document_fromstring(answer.text).findtext(".//main//p")
