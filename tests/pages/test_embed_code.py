"""The embed page by its address: what is chosen is in the codes, what means nothing is told."""

from __future__ import annotations

import html
import re
from itertools import product
from urllib.parse import parse_qs, urlsplit

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml.html import HtmlElement, document_fromstring, fragment_fromstring

from components.embeds.codes import covering_height
from components.texts import text
from data.models import LANGUAGES, Language
from data.yardsticks import COMMON, VIEWS
from pages.site import Site
from tests.builders import nesting_faults, table_rows
from tests.conftest import BASE_URL
from tests.contracts.documents import DIMENSIONS, slug_of

SLUGS = tuple(slug_of(row["code"]) for row in table_rows("indicators"))
CHARTS = ("wheel", *DIMENSIONS, *SLUGS)
QUESTION = "quiz/online-services"
SIZES = {"narrow": 360, "text": 640, "wide": 960}
ADDRESS = re.compile(r'(?:src|href|data-u4ssc-embed)="([^"]+)"')


def embed(client: FlaskClient, language: Language, **asked: str) -> tuple[int, HtmlElement]:
    answer = client.get(f"/{language}/embed/", query_string=asked)
    return answer.status_code, document_fromstring(answer.text)


def codes(page: HtmlElement) -> dict[str, str]:
    boxes = page.xpath("//pre[starts-with(@id, 'code-')]")
    return {str(box.get("id"))[5:]: str(box.text_content()) for box in boxes}


def chosen(page: HtmlElement) -> dict[str, str]:
    """What the form offers as chosen, by the names of its fields."""
    found = {}
    for select in page.xpath("//form[@id='embed-form']//select"):
        options = select.xpath(".//option[@selected]") or select.xpath(".//option")[:1]
        found[str(select.get("name"))] = str(options[0].get("value"))
    return found


def addresses(code: str) -> list[str]:
    return [html.unescape(one) for one in ADDRESS.findall(code)]


def test_every_chart_of_the_site_can_be_chosen(client: FlaskClient) -> None:
    for language in LANGUAGES:
        _, page = embed(client, language)
        options = page.xpath("//select[@name='chart']//option/@value")
        assert tuple(map(str, options[: len(CHARTS)])) == CHARTS
        questions = list(map(str, options[len(CHARTS) :]))
        assert questions[0] == "quiz"
        assert QUESTION in questions
        assert all(question.startswith("quiz/") for question in questions[1:])


@pytest.mark.parametrize(
    "chart", ["wheel", "society-culture", "ec-p-em-1c", "sc-sh-ho-1c", "quiz", QUESTION]
)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_address_in_a_code_answers(
    client: FlaskClient, language: Language, chart: str
) -> None:
    _, page = embed(client, language, chart=chart, theme="dark", size="wide")
    for code in codes(page).values():
        for address in addresses(code) or [code]:
            assert address.startswith(f"{BASE_URL}/")
            answer = client.get(address.removeprefix(BASE_URL), buffered=True)
            assert answer.status_code == 200, address
        assert not nesting_faults(code)


@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_every_choice_comes_back_and_stands_in_the_codes(
    client: FlaskClient, site: Site, data: st.DataObject
) -> None:
    language: Language = data.draw(st.sampled_from(LANGUAGES))
    years = ("", *map(str, site.years))
    asked = {
        "chart": data.draw(st.sampled_from(CHARTS)),
        "as_of": data.draw(st.sampled_from(years)),
        "since": data.draw(st.sampled_from(("", str(site.years[0]), str(site.edition.year)))),
        "yardstick": data.draw(st.sampled_from(VIEWS)),
        "lang": data.draw(st.sampled_from(LANGUAGES)),
        "theme": data.draw(st.sampled_from(("auto", "light", "dark"))),
        "size": data.draw(st.sampled_from(tuple(SIZES))),
        "edition": data.draw(st.sampled_from(("", site.edition.version))),
        "title": data.draw(st.sampled_from(("", "0"))),
    }
    status, page = embed(client, language, **asked)
    assert status == 200
    # Indicators are offered no other yardsticks and ages than those asked for.
    unasked = {"since": "", "yardstick": COMMON} if asked["chart"] in SLUGS else {}
    assert chosen(page) == dict(asked.items() - unasked.items())
    # The address that the page calls its own gives the same page.
    own = str(page.xpath("//link[@rel='canonical']/@href")[0]).removeprefix(BASE_URL)
    assert codes(document_fromstring(client.get(own).text)) == codes(page)
    frame = next(one for one in addresses(codes(page)["frame"]) if "/embed/" in one)
    assert frame in addresses(codes(page)["figure"])
    assert urlsplit(frame).path == f"/embed/{asked['lang']}/{asked['chart']}"
    query = {name: values[0] for name, values in parse_qs(urlsplit(frame).query).items()}
    plain = {
        "as_of": "",
        "since": "",
        "yardstick": COMMON,
        "theme": "auto",
        "edition": "",
        "title": "",
    }
    assert query == {name: asked[name] for name in plain if asked[name] != plain[name]}
    assert f"max-width:{SIZES[asked['size']]}px" in codes(page)["frame"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("chart", "no-such-chart"),
        ("chart", "<script>alert(1)</script>"),
        ("as_of", "1066"),
        ("as_of", "abcd"),
        ("lang", "de"),
        ("theme", "pink"),
        ("size", "99999"),
        ("edition", "1999.1"),
        ("title", "2"),
    ],
)
def test_what_means_nothing_is_told_and_the_rest_is_kept(
    client: FlaskClient, language: Language, name: str, value: str
) -> None:
    asked = {"chart": "ec-p-em-1c", "theme": "dark", "size": "narrow", name: value}
    status, page = embed(client, language, **asked)
    assert status == 400
    (told,) = page.xpath("//*[@role='alert']")
    labels = [str(item.text_content()) for item in told.iter("li")]
    assert len(labels) == 1
    assert labels[0].startswith(text(f"embed_field_{name}", language))
    kept = chosen(page)
    for one in {"chart", "theme", "size"} - {name}:
        assert kept[one] == asked[one]
    assert set(codes(page)) == {"frame", "figure", "picture"}
    assert "alert(1)" not in "".join(map(str, page.itertext()))
    assert page.xpath("//meta[@name='robots']/@content") == ["noindex"]
    headers = client.get(f"/{language}/embed/", query_string=asked).headers
    assert headers["Cache-Control"] == "no-store"


def test_a_repeated_parameter_is_refused(client: FlaskClient) -> None:
    assert client.get("/en/embed/?chart=wheel&chart=economy").status_code == 400


@pytest.mark.parametrize(
    ("language", "q", "expected"),
    [
        ("ru", "безработица", "ec-p-em-1c"),
        ("en", "unemployed", "ec-p-em-1c"),
        ("en", "wheel", "wheel"),
    ],
)
def test_a_search_narrows_the_list_and_shows_what_it_finds(
    client: FlaskClient, language: Language, q: str, expected: str
) -> None:
    status, page = embed(client, language, q=q)
    assert status == 200
    found = list(map(str, page.xpath("//select[@name='chart']//option/@value")))
    assert expected in found
    assert len(found) < 20
    assert chosen(page)["chart"] == found[0]
    assert page.xpath("//input[@name='q']/@value") == [q]
    assert q in str(page.xpath("//*[@id='embed-found']")[0].text_content())


def test_a_search_that_finds_nothing_leaves_the_whole_list(client: FlaskClient) -> None:
    status, page = embed(client, "en", q="xyzzy", chart="economy")
    assert status == 200
    assert len(page.xpath("//select[@name='chart']//option")) > len(CHARTS)
    assert chosen(page)["chart"] == "economy"


def test_only_years_with_data_are_offered(client: FlaskClient, site: Site) -> None:
    _, page = embed(client, "en")
    offered = list(map(str, page.xpath("//select[@name='as_of']//option/@value")))
    assert offered == ["", *(str(year) for year in reversed(site.years))]
    _, page = embed(client, "en", chart="ec-p-em-1c")
    offered = list(map(str, page.xpath("//select[@name='as_of']//option/@value")))[1:]
    valued = {
        row["period"][:4]
        for row in table_rows("observations")
        if row["code"] == "EC: P: EM: 1C" and row["city"] == "moscow"
    }
    assert set(offered) == valued


def test_charts_lead_to_their_codes_with_their_year(client: FlaskClient) -> None:
    pages = {
        "": "/en/embed/",
        "?as_of=2015": "/en/embed/?as_of=2015",
        "economy/?as_of=2015": "/en/embed/?chart=economy&as_of=2015",
        "?since=2021&yardstick=goals": "/en/embed/?since=2021&yardstick=goals",
        "kpi/ec-p-em-1c/": "/en/embed/?chart=ec-p-em-1c",
        "kpi/ec-p-em-1c/?as_of=2015": "/en/embed/?chart=ec-p-em-1c&as_of=2015",
    }
    for path, expected in pages.items():
        page = document_fromstring(client.get(f"/en/{path}").text)
        words = text("embed_short" if path.startswith(("kpi/", "economy/")) else "pros_embed", "en")
        assert page.xpath(f"//a[text()='{words}']/@href") == [expected], path


def test_charts_name_their_pictures_with_their_year(client: FlaskClient) -> None:
    pages = {
        "": ("/en/wheel", ""),
        "?as_of=2015": ("/en/wheel", "as_of=2015"),
        "economy/?as_of=2015": ("/en/economy", "as_of=2015"),
        "kpi/ec-p-em-1c/": ("/en/kpi/ec-p-em-1c", ""),
        "embed/?chart=economy&as_of=2015&theme=dark": ("/en/economy", "as_of=2015&theme=dark"),
    }
    for path, (picture, query) in pages.items():
        page = document_fromstring(client.get(f"/en/{path}").text)
        found = list(map(str, page.xpath("//*[contains(@class, 'picture-files')]//a/@href")))
        asked = ["", "", "width=2400", "size=card"]
        if path.startswith("embed/"):
            asked.append("size=phone&width=800")
        endings = ("svg", *["png"] * (len(asked) - 1))
        wanted = [
            f"{picture}.{ending}?{'&'.join(filter(None, (query, more)))}".rstrip("?")
            for ending, more in zip(endings, asked, strict=True)
        ]
        assert found == wanted, path
        assert {client.get(found[0]).status_code, client.get(found[-1]).status_code} == {200}


def test_a_code_says_what_it_shows(client: FlaskClient) -> None:
    _, page = embed(client, "ru", chart="ec-p-em-1c", lang="en", as_of="2015")
    written = codes(page)
    frame = fragment_fromstring(written["frame"]).find("iframe")
    assert frame is not None
    assert str(frame.get("title")).startswith("Unemployment – ")
    assert (frame.get("loading"), frame.get("lang")) == ("lazy", "en")
    assert "aspect-ratio" in str(frame.get("style"))
    assert "<script" not in written["frame"] + written["picture"]
    figure = fragment_fromstring(written["figure"].partition("<script")[0])
    caption = str(figure.findtext("figcaption/span"))
    assert "2015" in caption
    choice, _, sentence = caption.partition(": ")
    picture = fragment_fromstring(written["picture"]).find(".//img")
    assert picture is not None
    assert sentence in str(picture.get("alt"))
    assert choice in str(picture.get("alt"))
    drawn = figure.find(".//img"), figure.find(".//source")
    for element, width, form in zip(drawn, (640, 480), ("", "&size=phone"), strict=True):
        assert element is not None
        address = f"/en/kpi/ec-p-em-1c.svg?as_of=2015{form}"
        natural = document_fromstring(client.get(address).data).xpath("//svg")[0]
        assert element.get("width") == str(width)
        height = width * int(natural.get("height")) / int(natural.get("width"))
        assert element.get("height") == str(round(height))


HEIGHTS = st.lists(st.integers(200, 5000), min_size=70, max_size=70)


@settings(max_examples=60, deadline=None)
@given(heights=HEIGHTS, widest=st.sampled_from([360, 544, 640, 960]))
def test_a_frame_is_never_lower_than_what_was_reckoned(heights: list[int], widest: int) -> None:
    def reckoned(width: int) -> int:
        return heights[(width - 280) // 10]

    found = covering_height(reckoned, 280, 544, widest)
    for width in range(280, widest + 1, 16):
        if width <= 544:
            assert found.base + found.slope * width >= reckoned(width)
            assert found.base + found.slope * width <= found.most + 1
    for width in range(545, widest + 1, 16):
        assert found.desk >= reckoned(width)
    assert (found.desk == 0) == (widest <= 544)


def test_the_parts_of_a_choice_do_not_lean_on_each_other(client: FlaskClient) -> None:
    seen = set()
    for theme, size, title in product(("auto", "dark"), SIZES, ("", "0")):
        _, page = embed(client, "en", theme=theme, size=size, title=title)
        seen.add(codes(page)["frame"])
    assert len(seen) == 12
