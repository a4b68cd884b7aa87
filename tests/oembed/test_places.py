"""Which addresses have a chart, which are private, and which are none of ours."""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml.html import document_fromstring, fragment_fromstring

from data.models import Language
from pages.application import create_app
from tests.conftest import BASE_URL, altered, settings_of
from tests.contracts.documents import Document, paths
from tests.oembed.asking import ask, described
from tests.pictures.places import NAMES, TELLING, address


def source(client: FlaskClient, url: str) -> str:
    html = described(client, url)["html"]
    return str(fragment_fromstring(html, create_parent=True).xpath(".//iframe/@src")[0])


@pytest.mark.parametrize(
    ("path", "embed"),
    [
        ("/ru/", "/embed/ru/wheel"),
        ("/en/", "/embed/en/wheel"),
        ("/ru", "/embed/ru/wheel"),
        ("/", "/embed/ru/wheel"),
        ("", "/embed/ru/wheel"),
        ("/ru/?as_of=2019", "/embed/ru/wheel?as_of=2019"),
        ("/ru?as_of=2019", "/embed/ru/wheel?as_of=2019"),
        ("/ru/?as_of=2019&utm_source=x#top", "/embed/ru/wheel?as_of=2019"),
        ("/en/economy/", "/embed/en/economy"),
        ("/en/economy", "/embed/en/economy"),
        ("/en/society-culture/?as_of=2016", "/embed/en/society-culture?as_of=2016"),
        ("/ru/kpi/sc-eh-h-3c/", "/embed/ru/sc-eh-h-3c"),
        ("/ru/kpi/sc-eh-h-3c/?as_of=2015", "/embed/ru/sc-eh-h-3c?as_of=2015"),
        ("/ru/?since=2021&yardstick=goals", "/embed/ru/wheel?since=2021&yardstick=goals"),
        ("/ru/kpi/sc-eh-h-3c#colour", "/embed/ru/sc-eh-h-3c"),
        ("/embed/en/wheel", "/embed/en/wheel"),
        ("/embed/en/wheel?theme=dark&title=0", "/embed/en/wheel?theme=dark&title=0"),
        ("/embed/ru/economy?as_of=2019&table=1", "/embed/ru/economy?as_of=2019&table=1"),
        ("/en/quiz/", "/embed/en/quiz"),
        ("/ru/quiz?score=7", "/embed/ru/quiz"),
        ("/ru/quiz/statistics/", "/embed/ru/quiz/statistics"),
        ("/embed/ru/quiz?theme=dark", "/embed/ru/quiz?theme=dark"),
        ("/embed/en/quiz/online-services", "/embed/en/quiz/online-services"),
        ("/embed/ru/economy?interactive=1", "/embed/ru/economy?interactive=1"),
        ("/en/kpi/", "/embed/en/list"),
        ("/en/kpi/?topic=air&band=0-33&page=1", "/embed/en/list/band-0-33/topic-air"),
        ("/embed/en/list/topic-air?theme=dark", "/embed/en/list/topic-air?theme=dark"),
        ("/en/list/topic-air/year-2018/card.png", "/embed/en/list/topic-air?as_of=2018"),
        ("/en/explore/", "/embed/en/explore"),
        ("/ru/explore?level=core&view=trends&x=1", "/embed/ru/explore?view=trends&level=core"),
        ("/embed/en/explore?band=0-33&theme=dark", "/embed/en/explore?band=0-33&theme=dark"),
        ("/ru/explore.png?as_of=2018&size=card", "/embed/ru/explore?as_of=2018"),
        ("/ru/explore/level-core/as_of-2018/card.png", "/embed/ru/explore?level=core&as_of=2018"),
        ("/ru/wheel.svg", "/embed/ru/wheel"),
        ("/ru/economy.png?width=400&theme=dark", "/embed/ru/economy?theme=dark"),
        ("/ru/wheel/year-2019/card/width-400.png", "/embed/ru/wheel?as_of=2019"),
        ("/en/kpi/sc-eh-h-3c.svg?as_of=2015", "/embed/en/sc-eh-h-3c?as_of=2015"),
    ],
)
def test_a_chart_is_found_with_its_language_and_state(
    client: FlaskClient, path: str, embed: str
) -> None:
    for base in (BASE_URL, BASE_URL.replace("https", "http"), BASE_URL.upper(), f"{BASE_URL}:443"):
        assert source(client, base + path) == BASE_URL + embed


def test_every_embed_and_every_picture_is_described(
    client: FlaskClient, language: Language
) -> None:
    for name in NAMES[::7]:
        wanted = f"{BASE_URL}/embed/{language}/{name}"
        assert source(client, wanted) == wanted
        for form in ("svg", "png"):
            assert source(client, BASE_URL + address(language, name, form)) == wanted


@pytest.mark.parametrize("run", ["1", "AAAA", "x" * 60])
@pytest.mark.parametrize("step", ["1/", "result/", "1", "result", "10/?x=1"])
def test_what_is_one_readers_alone_is_private(client: FlaskClient, run: str, step: str) -> None:
    assert ask(client, f"{BASE_URL}/ru/quiz/{run}/{step}").status_code == 401


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org/ru/",
        f"{BASE_URL}.evil.org/ru/",
        "https://evil.org/?https://indicators.example.org/ru/",
        "https://indicators.example.org@evil.org/ru/",
        "https://evil@indicators.example.org/ru/",
        "https://indicators.example.org:8080/ru/",
        "https://indicators.example.org:99999/ru/",
        "https://indicators.example.org:x/ru/",
        "ftp://indicators.example.org/ru/",
        "javascript:alert(1)//indicators.example.org/ru/",
        "//indicators.example.org/ru/",
        "/ru/",
        "indicators.example.org/ru/",
        "https://[indicators.example.org/ru/",
        "https://",
        "no address",
        f"{BASE_URL}/de/",
        f"{BASE_URL}/ru/method/",
        f"{BASE_URL}/ru/quiz/?score=11",
        f"{BASE_URL}/embed/ru/quiz/nothing",
        f"{BASE_URL}/embed/ru/quiz/initiative-name",
        f"{BASE_URL}/ru/data/",
        f"{BASE_URL}/ru/kpi/nothing/",
        f"{BASE_URL}/ru/kpi/wheel.png",
        f"{BASE_URL}/ru/sc-eh-h-3c.png",
        f"{BASE_URL}/ru/?as_of=1066",
        f"{BASE_URL}/ru/?as_of=2019&as_of=2018",
        f"{BASE_URL}/embed/ru/nothing",
        f"{BASE_URL}/embed/ru/wheel?edition=1999.1",
        f"{BASE_URL}/embed/ru/wheel?theme=pink",
        f"{BASE_URL}/embed/ru/explore?theme=pink",
        f"{BASE_URL}/ru/explore.csv",
        f"{BASE_URL}/ru/explore/no-choice.png",
        f"{BASE_URL}/oembed?url=x",
        f"{BASE_URL}/%00",
        f"{BASE_URL}/ru/%ff",
        f"{BASE_URL}/ru/../en/",
        f"{BASE_URL}/_dash/_dash-layout",
    ],
)
def test_any_other_address_is_not_found(client: FlaskClient, url: str) -> None:
    answer = ask(client, url)
    assert answer.status_code == 404
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert answer.get_json()["detail"]


def test_only_one_address_can_be_asked_about(client: FlaskClient) -> None:
    where = quote(f"{BASE_URL}/ru/", safe="")
    assert client.get("/oembed").status_code == 400
    assert client.get("/oembed?url=").status_code == 400
    assert client.get(f"/oembed?url={where}&url={where}").status_code == 400
    assert client.get(f"/oembed?url={where}{'x' * 3000}").status_code == 400


@pytest.mark.parametrize(
    "size", ["0", "-1", "99", "10001", "1e3", "abc", "100.5", "٤٠٠", "9" * 50, "%00", "100px"]
)
@pytest.mark.parametrize("name", ["maxwidth", "maxheight"])
def test_an_absurd_size_is_refused_readably(client: FlaskClient, name: str, size: str) -> None:
    where = quote(f"{BASE_URL}/ru/", safe="")
    answer = client.get(f"/oembed?url={where}&{name}={size}")
    assert answer.status_code == 400
    problem = answer.get_json()
    assert problem["status"] == 400
    assert problem["detail"].startswith(f"{name} must be a number of pixels from ")
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("form", ["yaml", "JSON", "html", "<script>"])
def test_another_format_is_not_implemented(client: FlaskClient, form: str) -> None:
    answer = ask(client, f"{BASE_URL}/ru/", format=form)
    assert answer.status_code == 501
    assert "script" not in answer.text


anything = st.text(max_size=80)


@settings(deadline=None)
@given(url=anything | anything.map(lambda path: f"{BASE_URL}/{path}"), form=anything)
def test_nothing_that_was_asked_is_repeated(client: FlaskClient, url: str, form: str) -> None:
    mark = "<b>zq'\"&"
    clean = (
        "".join(character for character in url if character != "\x00")
        .encode("utf-8", "replace")
        .decode()
    )
    answers = [
        ask(client, clean + mark),
        ask(client, mark + clean),
        ask(client, f"{BASE_URL}/ru/?x={mark}"),
        ask(client, f"{BASE_URL}/ru/", format=form.encode("utf-8", "replace").decode() + mark),
        ask(client, f"{BASE_URL}/ru/", maxwidth=mark),
    ]
    for answer in answers:
        assert answer.status_code in (200, 400, 404, 501)
        assert "zq" not in answer.text
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.mimetype in ("application/json", "application/problem+json")


def test_a_site_below_a_folder_knows_its_charts() -> None:
    below = altered(settings_of(), base_url="https://example.org/city")
    client = create_app(below).server.test_client()
    for path in ("/ru/", "/ru", "/embed/ru/wheel"):
        assert source(client, f"https://example.org/city{path}").startswith(
            "https://example.org/city/embed/ru/wheel"
        )
    assert ask(client, "https://example.org/ru/").status_code == 404
    assert ask(client, "https://example.org/cityru/").status_code == 404


@pytest.mark.parametrize("step", [9, pytest.param(1, marks=pytest.mark.long)])
def test_pages_with_a_chart_say_where_they_are_described(
    client: FlaskClient, pages: dict[str, Document], language: Language, step: int
) -> None:
    described_pages = 0
    addresses = (*paths()[::step], "society-culture/?as_of=2016", "kpi/sc-eh-h-3c/?as_of=2015")
    for path in addresses:
        page = f"/{language}/{path}"
        root = pages[page].root if page in pages else document_fromstring(client.get(page).text)
        links = {
            str(alternate.get("type")): str(alternate.get("href"))
            for alternate in root.xpath(
                "//head/link[@rel='alternate' and contains(@type, 'oembed')]"
            )
        }
        if not links:
            assert ask(client, BASE_URL + page).status_code == 404, page
            continue
        described_pages += 1
        assert list(links) == ["application/json+oembed", "text/xml+oembed"]
        for kind, link in links.items():
            assert link.startswith(f"{BASE_URL}/oembed?url=")
            answer = client.get(link.removeprefix(BASE_URL))
            assert answer.status_code == 200
            assert answer.mimetype == kind.removesuffix("+oembed")
            assert f"/embed/{language}/" in answer.text
            # A chart has one order, and all rows of a list.
            asked_for = re.findall(r"(?:as_of|since|yardstick)=\w+", page)
            assert "&".join(asked_for) in unescape(unescape(answer.text))  # HTML within XML.
    names = [path.partition("?")[0].strip("/") or "wheel" for path in addresses]
    with_chart = {*NAMES, "quiz", "kpi", "explore"}
    assert described_pages == sum(name.removeprefix("kpi/") in with_chart for name in names)


@pytest.mark.parametrize("name", TELLING)
def test_an_embed_says_where_it_is_described(client: FlaskClient, name: str) -> None:
    root = document_fromstring(client.get(f"/embed/ru/{name}?theme=dark&title=0").text)
    for link in root.xpath("//link[contains(@type, 'oembed')]/@href"):
        answer = client.get(str(link).removeprefix(BASE_URL))
        assert f"/embed/ru/{name}?theme=dark&amp;" in answer.text.replace("&amp;amp;", "&amp;")
