"""The Share panel by its address: what is chosen is in the codes, what means nothing is told."""

from __future__ import annotations

import html
import re
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml.html import HtmlElement, document_fromstring, fragment_fromstring

from components.embeds.codes import covering_height
from components.texts import text
from data.models import LANGUAGES, Language
from data.yardsticks import COMMON, VIEWS
from pages.embeds.choice import PLACES, places_of
from pages.explored_chart import EVERY_VIEW
from pages.site import Site
from tests.builders import nesting_faults, table_rows
from tests.conftest import BASE_URL
from tests.contracts.documents import DIMENSIONS, slug_of

SLUGS = tuple(slug_of(row["code"]) for row in table_rows("indicators"))
CHARTS = ("wheel", *DIMENSIONS, "list", *SLUGS)
COMPARISON = "explore/view-cities/kpi-ec-p-em-1c"
QUESTION = "quiz/online-services"
SIZES = {"narrow": 360, "text": 640, "wide": 960}
ANY_ADDRESS = re.compile(r"https?://[^\s\"\])<]+")
ADDRESS = re.compile(r'(?:src|href|data-u4ssc-embed)="([^"]+)"')


def embed(client: FlaskClient, language: Language, **selection: str) -> tuple[int, HtmlElement]:
    answer = client.get(f"/{language}/embed/", query_string=selection)
    return answer.status_code, document_fromstring(answer.text)


def code(client: FlaskClient, language: Language, chart: str, place: str, **selection: str) -> str:
    status, page = embed(client, language, chart=chart, place=place, **selection)
    assert status == 200
    return str(page.get_element_by_id("share-code").text_content())


def chosen(page: HtmlElement) -> dict[str, str]:
    """What the form offers as chosen, by the names of its fields."""
    choices = {"place": str(page.xpath("//input[@name='place'][@checked]/@value")[0])}
    for field in page.xpath("//form[@id='embed-form']//input[@type='hidden']"):
        choices[str(field.get("name"))] = str(field.get("value"))
    for select in page.xpath("//form[@id='embed-form']//select"):
        options = select.xpath(".//option[@selected]") or select.xpath(".//option")[:1]
        choices[str(select.get("name"))] = str(options[0].get("value"))
    return choices


def addresses(code: str) -> list[str]:
    return [html.unescape(address) for address in ADDRESS.findall(code)]


def test_every_chart_can_be_chosen_and_those_without_a_value_are_marked_and_last(
    client: FlaskClient, site: Site
) -> None:
    empty = {score.indicator.slug for score in site.fulfilment().indicators if not score.has_value}
    for language in LANGUAGES:
        _, page = embed(client, language)
        options = page.xpath("//select[@name='chart']//option")
        slugs = [str(option.get("value")) for option in options]
        charts = [slug for slug in slugs if not slug.startswith("quiz")]
        assert sorted(charts) == sorted((*CHARTS, *EVERY_VIEW))
        assert tuple(charts[:4]) == CHARTS[:4]
        assert {"quiz", QUESTION} < set(slugs)
        assert set(slugs[-len(empty) :]) == empty
        mark = text("share_without_value_name", language, name="")
        marked = {slug for slug, option in zip(slugs, options, strict=True) if mark in option.text}
        assert marked == empty


@pytest.mark.parametrize(
    ("language", "chart"),
    [
        ("ru", "wheel"),
        ("en", "society-culture"),
        ("en", "sc-sh-ho-1c"),
        ("en", "quiz"),
        ("ru", QUESTION),
        ("en", "explore"),
        ("ru", f"{COMPARISON}/city-stavanger"),
    ],
)
def test_every_address_in_a_code_answers(
    client: FlaskClient, language: Language, chart: str
) -> None:
    for place in places_of(chart):
        _, page = embed(client, language, chart=chart, place=place, theme="dark", size="wide")
        if place == "download":
            urls = list(map(str, page.xpath("//*[@class='share-files']//a/@href")))
            assert len(urls) >= 9
        else:
            written = str(page.get_element_by_id("share-code").text_content())
            urls = ANY_ADDRESS.findall(html.unescape(written))
            assert not nesting_faults(written) or "<" not in written
        assert urls
        for address in urls:
            assert address.startswith("/" if place == "download" else f"{BASE_URL}/")
            # A drawing takes less time than its pixels.
            path = address.removeprefix(BASE_URL)
            path = path if "card" in path else path.replace(".png", ".svg")
            assert client.get(path, buffered=True).status_code == 200, address


@settings(
    max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_every_choice_comes_back_and_stands_in_the_codes(
    client: FlaskClient, site: Site, data: st.DataObject
) -> None:
    language: Language = data.draw(st.sampled_from(LANGUAGES))
    years = ("", *map(str, site.years))
    selection = {
        "chart": data.draw(st.sampled_from(CHARTS)),
        "place": data.draw(st.sampled_from(PLACES)),
        "as_of": data.draw(st.sampled_from(years)),
        "since": data.draw(st.sampled_from(("", str(site.years[0]), str(site.edition.year)))),
        "yardstick": data.draw(st.sampled_from(VIEWS)),
        "lang": data.draw(st.sampled_from(LANGUAGES)),
        "theme": data.draw(st.sampled_from(("auto", "light", "dark"))),
        "size": data.draw(st.sampled_from(tuple(SIZES))),
        "edition": data.draw(st.sampled_from(("", site.edition.version))),
        "title": data.draw(st.sampled_from(("", "0"))),
    }
    status, page = embed(client, language, **selection)
    assert status == 200
    plain = {
        "as_of": "",
        "since": "",
        "yardstick": COMMON,
        "theme": "auto",
        "size": "text",
        "edition": "",
        "title": "",
    }
    named = chosen(page)
    assert {name: named.get(name, plain.get(name)) for name in selection} == selection
    # The address that the page calls its own gives the same page.
    own = str(page.xpath("//link[@rel='canonical']/@href")[0]).removeprefix(BASE_URL)
    again = document_fromstring(client.get(own).text)
    answers = [
        document.get_element_by_id("embed-codes").text_content() for document in (page, again)
    ]
    assert answers[0] == answers[1]
    selection.pop("place")
    written = code(client, language, place="frame", **selection)
    frame = next(address for address in addresses(written) if "/embed/" in address)
    assert frame in addresses(code(client, language, place="figure", **selection))
    assert urlsplit(frame).path == f"/embed/{selection['lang']}/{selection['chart']}"
    query = {name: values[0] for name, values in parse_qs(urlsplit(frame).query).items()}
    differing = {name: selection[name] for name in plain if selection[name] != plain[name]}
    assert query == {name: value for name, value in differing.items() if name != "size"}
    assert f"max-width:{SIZES[selection['size']]}px" in written


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("chart", "no-such-chart"),
        ("chart", "<script>alert(1)</script>"),
        ("chart", "explore/view-pie"),
        ("chart", "explore/nothing-1"),
        ("chart", "list/band-pink"),
        ("as_of", "1066"),
        ("as_of", "abcd"),
        ("lang", "de"),
        ("theme", "pink"),
        ("size", "99999"),
        ("edition", "1999.1"),
        ("title", "2"),
        ("place", "fax"),
    ],
)
def test_what_means_nothing_is_told_and_the_rest_is_kept(
    client: FlaskClient, language: Language, name: str, value: str
) -> None:
    kept = {"chart": "ec-p-em-1c", "place": "picture", "theme": "dark", "size": "narrow"}
    selection = {**kept, name: value}
    status, page = embed(client, language, **selection)
    assert status == 400
    (alert,) = page.xpath("//*[@role='alert']")
    labels = [str(item.text_content()) for item in alert.iter("li")]
    assert len(labels) == 1
    assert labels[0].startswith(text(f"embed_field_{name}", language))
    assert chosen(page).items() >= (kept.items() - {(name, kept.get(name))})
    assert page.get_element_by_id("share-code").text_content()
    assert "alert(1)" not in "".join(map(str, page.itertext()))
    assert page.xpath("//meta[@name='robots']/@content") == ["noindex"]
    headers = client.get(f"/{language}/embed/", query_string=selection).headers
    assert headers["Cache-Control"] == "no-store"


def test_a_question_of_the_quiz_goes_nowhere_as_a_picture(client: FlaskClient) -> None:
    for language in LANGUAGES:
        status, page = embed(client, language, chart=QUESTION, place="wiki")
        assert status == 400
        label = text("embed_field_place", language)
        assert label in page.xpath("//*[@role='alert']")[0].text_content()


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
    values = list(map(str, page.xpath("//select[@name='chart']//option/@value")))
    assert expected in values
    assert len(values) < 20
    assert chosen(page)["chart"] == values[0]
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
    shared = f"{COMPARISON}/city-stavanger"
    pages = {
        "": "",
        "?as_of=2015": "?as_of=2015",
        "economy/?as_of=2015": "?chart=economy&as_of=2015",
        "?since=2021&yardstick=goals": "?since=2021&yardstick=goals",
        "kpi/ec-p-em-1c/": "?chart=ec-p-em-1c",
        "kpi/ec-p-em-1c/?as_of=2015": "?chart=ec-p-em-1c&as_of=2015",
        "compare/?kpi=ec-p-em-1c&city=stavanger": f"?chart={quote(shared, safe='')}",
        "explore/?view=cities&kpi=ec-p-em-1c&city=stavanger": f"?chart={quote(shared, safe='')}",
    }
    for path, query in pages.items():
        page = document_fromstring(client.get(f"/en/{path}").text)
        words = text("explore_share" if path.startswith("explore") else "share", "en")
        assert page.xpath(f"//main//a[text()='{words}']/@href") == [f"/en/embed/{query}#share"], (
            path
        )


def test_files_of_every_form_keep_year_and_colours(client: FlaskClient) -> None:
    selection = {"chart": "economy", "as_of": "2015", "theme": "dark", "place": "download"}
    _, page = embed(client, "en", **selection)
    rows = page.xpath("//*[@class='share-files']/li")
    assert len(rows) >= 3
    for row in rows:
        once, twice, vector = row.xpath("./a")
        widths = []
        for link in (once, twice):
            path = link.get("href")
            assert path.startswith("/en/economy/year-2015/")
            assert "/dark" in path
            drawn = document_fromstring(client.get(path.replace(".png", ".svg")).data)
            size = [int(drawn.xpath("//svg")[0].get(name)) for name in ("width", "height")]
            assert link.text == "PNG {} × {}".format(*size)
            widths.append(size[0])
        assert widths[1] == min(2 * widths[0], 2400)
        assert ".svg" in vector.get("href")


def test_an_address_to_paste_shows_what_was_chosen(client: FlaskClient) -> None:
    """The page's own where that shows the same, else that of the frame."""
    page, frame = f"{BASE_URL}/en/kpi/ec-p-em-1c/", f"{BASE_URL}/embed/en/ec-p-em-1c"
    expected = {"": page, "as_of": f"{page}?as_of=2015", "theme": f"{frame}?theme=dark"}
    values = {"as_of": "2015", "theme": "dark"}
    for name, address in expected.items():
        selection = {name: values[name]} if name else {}
        assert code(client, "en", "ec-p-em-1c", "address", **selection) == address


def test_a_code_says_what_it_shows(client: FlaskClient) -> None:
    written = {
        place: code(client, "ru", "ec-p-em-1c", place, lang="en", as_of="2015")
        for place in ("frame", "figure", "picture", "message")
    }
    frame = fragment_fromstring(written["frame"]).find("iframe")
    assert frame is not None
    assert str(frame.get("title")).startswith("Unemployment – ")
    assert (frame.get("loading"), frame.get("lang")) == ("lazy", "en")
    assert "aspect-ratio" in str(frame.get("style"))
    assert "<script" not in written["frame"] + written["picture"]
    figure = fragment_fromstring(written["figure"].partition("<script")[0])
    caption = str(figure.findtext("figcaption/span")).strip()
    assert "2015" in caption
    choice, _, sentence = caption.partition(": ")
    picture = fragment_fromstring(written["picture"]).find(".//img")
    assert picture is not None
    assert sentence in str(picture.get("alt"))
    assert choice in str(picture.get("alt"))
    assert written["message"].splitlines() == [
        f"Unemployment, Moscow: {caption[0].lower()}{caption[1:]}",
        f"{BASE_URL}/en/kpi/ec-p-em-1c/?as_of=2015",
    ]
    drawn = figure.find(".//source"), figure.find(".//img")
    for element, width, form in zip(drawn, (640, 400), ("", "/phone"), strict=True):
        assert element is not None
        address = f"/en/kpi/ec-p-em-1c/year-2015{form}.svg"
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

    height = covering_height(reckoned, 280, 544, widest)
    first = 280
    for last, _, _ in height.lines:
        for width in (*range(first, last, 16), last):
            assert reckoned(width) <= height.at(width) <= height.most + 1
        first = last + 1
    assert first == widest + 1


@pytest.mark.parametrize("chart", ["wheel", "sc-eh-h-3c"])
def test_the_panel_has_14_kilobytes_at_most(client: FlaskClient, chart: str) -> None:
    for place in PLACES:
        address = f"/ru/embed/?chart={chart}&place={place}"
        answer = client.get(address, headers={"Accept-Encoding": "br"})
        assert len(answer.data) <= 14 * 1024, address


def test_a_view_of_many_indicators_is_shared_whole(client: FlaskClient, site: Site) -> None:
    slugs = ",".join(indicator.slug for indicator in site.edition.indicators[:80])
    status, root = embed(client, "en", chart=f"explore/kpi-{slugs}", place="frame")
    assert status == 200
    assert f"kpi={slugs}" in root.text_content().replace("%2C", ",")
