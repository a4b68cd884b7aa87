"""Answers have the fields and types of oEmbed 1.0, and obey the sizes they are given."""

from __future__ import annotations

import io
import re

import pytest
from flask.testing import FlaskClient
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml.html import HtmlElement, fragment_fromstring
from PIL import Image

from components.embeds.size import WIDTH
from components.formats import period
from components.verdicts import value_words
from data.models import Language
from pages.embeds.oembed import LARGEST, SMALLEST
from pages.site import Site
from tests.conftest import BASE_URL, client_with
from tests.oembed.asking import NUMBERS, REQUIRED, TEXTS, ask, described, described_in_xml
from tests.pictures.places import GROUPS, TELLING, charts


def page(language: Language, name: str, query: str = "") -> str:
    if name == "wheel":
        return f"{BASE_URL}/{language}/{query}"
    if name in GROUPS:
        return f"{BASE_URL}/{language}/{name}/{query}"
    return f"{BASE_URL}/{language}/kpi/{name}/{query}"


def frame(html: str) -> HtmlElement:
    (element,) = fragment_fromstring(html, create_parent=True).iter("iframe")
    return element


@charts
def test_every_page_with_a_chart_is_described(
    client: FlaskClient, language: Language, names: tuple[str, ...]
) -> None:
    for name in names:
        fields = described(client, page(language, name))
        assert fields.keys() >= REQUIRED
        assert fields.keys() <= TEXTS | NUMBERS
        assert all(isinstance(fields[key], str) for key in fields.keys() & TEXTS)
        assert all(type(fields[key]) is int for key in fields.keys() & NUMBERS)
        assert (fields["type"], fields["version"]) == ("rich", "1.0")
        assert 200 < fields["height"] < 2500
        assert fields["width"] == WIDTH
        assert frame(fields["html"]).get("src") == f"{BASE_URL}/embed/{language}/{name}"


@pytest.mark.parametrize("name", TELLING)
def test_the_frame_is_titled_lazy_and_as_large_as_said(
    client: FlaskClient, site: Site, language: Language, name: str
) -> None:
    fields = described(client, page(language, name))
    iframe = frame(fields["html"])
    assert iframe.get("title") == fields["title"]
    assert iframe.get("loading") == "lazy"
    assert (int(iframe.get("width")), int(iframe.get("height"))) == (
        fields["width"],
        fields["height"],
    )
    assert f"max-width:{fields['width']}px" in fields["html"]
    assert client.get(str(iframe.get("src")).removeprefix(BASE_URL)).status_code == 200
    assert fields["provider_url"] == f"{BASE_URL}/{language}/"
    assert fields["provider_name"] == site.name(language)


@pytest.mark.parametrize("name", TELLING)
def test_both_formats_say_the_same(client: FlaskClient, name: str) -> None:
    for more in ({}, {"maxwidth": 333, "maxheight": 222}):
        fields = described(client, page("ru", name), **more)
        assert described_in_xml(client, page("ru", name), **more) == {
            key: str(value) for key, value in fields.items()
        }


def test_an_xml_answer_has_the_form_of_the_example(client: FlaskClient) -> None:
    answer = ask(client, page("ru", "wheel"), format="xml")
    assert answer.mimetype == "text/xml"
    head, _, body = answer.text.partition("\n")
    assert head == '<?xml version="1.0" encoding="utf-8" standalone="yes"?>'
    assert body.startswith("<oembed><")
    assert "<html>&lt;blockquote class=" in body
    assert "Москвы" in body


def test_a_json_answer_is_json_by_its_type(client: FlaskClient) -> None:
    assert ask(client, page("ru", "wheel")).mimetype == "application/json"
    assert ask(client, page("ru", "wheel"), format="json").mimetype == "application/json"


sizes = st.none() | st.integers(SMALLEST, LARGEST)


@settings(deadline=None)
@given(name=st.sampled_from(TELLING), maxwidth=sizes, maxheight=sizes)
def test_nothing_is_larger_than_the_consumer_has_room_for(
    client: FlaskClient, name: str, maxwidth: int | None, maxheight: int | None
) -> None:
    room = {"maxwidth": maxwidth, "maxheight": maxheight}
    given_room = {key: value for key, value in room.items() if value is not None}
    fields = described(client, page("en", name), **given_room)
    for part in ("", "thumbnail_"):
        assert fields.get(f"{part}width", 0) <= (maxwidth or LARGEST)
        assert fields.get(f"{part}height", 0) <= (maxheight or LARGEST)
    assert {"thumbnail_url", "thumbnail_width", "thumbnail_height"} & fields.keys() in (
        set(),
        {"thumbnail_url", "thumbnail_width", "thumbnail_height"},
    )
    assert fields["width"] == min(WIDTH, maxwidth or WIDTH)


def test_a_narrow_frame_is_higher_unless_that_is_forbidden(client: FlaskClient) -> None:
    wide, narrow, low = (
        described(client, page("ru", "ec-i-up-2a"), **more)
        for more in ({}, {"maxwidth": 300}, {"maxwidth": 300, "maxheight": 400})
    )
    assert narrow["height"] > wide["height"] > 400
    assert (low["width"], low["height"]) == (300, 400)


def test_a_frame_grows_where_its_column_is_narrower_than_was_asked_for(
    client: FlaskClient,
) -> None:
    fields = described(client, page("en", "ec-ict-ict-1c"))
    narrow = described(client, page("en", "ec-ict-ict-1c"), maxwidth=320)
    iframe = frame(fields["html"])
    holder = iframe.getparent()
    assert holder is not None
    assert "container-type:inline-size" in str(holder.get("style"))
    line = re.search(r"min-height:max\(min\((\d+)px ([+-]) ([\d.]+)cqw", str(iframe.get("style")))
    assert line
    slope = float(line[3]) / 100 * (-1 if line[2] == "-" else 1)
    assert int(line[1]) + slope * 320 >= narrow["height"] > fields["height"]
    cut = described(client, page("en", "ec-ict-ict-1c"), maxheight=300)
    assert frame(cut["html"]).getparent().get("style") is None


@charts
def test_a_chart_is_folded_where_the_host_has_no_room(
    client: FlaskClient, language: Language, names: tuple[str, ...]
) -> None:
    """WordPress allows 1000 pixels, on phones as well."""
    for name in names:
        fields = described(client, page(language, name), maxwidth=640, maxheight=1000)
        source = str(frame(fields["html"]).get("src"))
        whole = described(client, page(language, name))
        assert source.removesuffix("?compact=1") == frame(whole["html"]).get("src")
        assert fields["height"] < 1000
        if source.endswith("compact=1"):
            text = client.get(source.removeprefix(BASE_URL)).text
            assert "<details>" in text
            assert len(text) <= len(client.get(source[: -len("?compact=1")]).text) + 500


def test_wordpress_finds_a_quotation_with_the_link(client: FlaskClient) -> None:
    fields = described(client, f"{BASE_URL}/embed/en/ec-p-em-1c?as_of=2015")
    quotation, _ = fragment_fromstring(fields["html"], create_parent=True)
    assert (quotation.tag, quotation.get("class")) == ("blockquote", "wp-embedded-content")
    (link,) = quotation
    assert link.get("href") == f"{BASE_URL}/en/kpi/ec-p-em-1c/?as_of=2015"
    assert link.text == fields["title"]


def test_a_year_stands_in_the_title(client: FlaskClient) -> None:
    for name in ("wheel", "economy"):
        address = f"{BASE_URL}/embed/en/{name}"
        assert "2018" in described(client, f"{address}?as_of=2018")["title"]
        assert "2018" not in described(client, address)["title"]


@pytest.mark.parametrize("as_of", [None, 2018])
def test_the_title_of_an_indicator_has_its_city_and_its_value_with_the_year(
    client: FlaskClient, site: Site, as_of: int | None
) -> None:
    query = f"?as_of={as_of}" if as_of else ""
    for indicator_score in site.fulfilment(as_of).indicators:
        if len(indicator_score.scores) > 1 or indicator_score.scores[0].observation is None:
            continue
        (score,), indicator = indicator_score.scores, indicator_score.indicator
        title = described(client, f"{BASE_URL}/en/kpi/{indicator.slug}/{query}")["title"]
        name = f"{indicator.title['en']}, {site.profile.name['en']}: {value_words(score, 'en')}"
        when = period(score.observation.period, "en") if score.observation.period else ""
        assert title == (f"{name} ({when})" if when else name)


@pytest.mark.parametrize(
    ("url", "room"),
    [
        *(
            (page("en", "sc-eh-h-3c"), room)
            for room in ({}, {"maxwidth": 640}, {"maxheight": 150}, {"maxwidth": 200})
        ),
        (f"{BASE_URL}/en/explore/?view=distance&level=core", {"maxwidth": 640}),
    ],
)
def test_the_thumbnail_is_a_picture_of_the_size_that_is_said(
    client: FlaskClient, url: str, room: dict[str, int]
) -> None:
    fields = described(client, url, **room)
    # A busy machine draws for longer than a reader is kept waiting.
    while (answer := client.get(fields["thumbnail_url"].removeprefix(BASE_URL))).status_code == 503:
        pass
    assert answer.content_type == "image/png"
    size = (fields["thumbnail_width"], fields["thumbnail_height"])
    assert Image.open(io.BytesIO(answer.data)).size == size


def test_there_is_no_thumbnail_where_it_could_not_be_read(client: FlaskClient) -> None:
    assert "thumbnail_url" not in described(client, page("en", "wheel"), maxwidth=150)


def test_an_answer_may_be_read_and_kept_by_anybody(client: FlaskClient) -> None:
    answer = ask(client, page("ru", "wheel"))
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert answer.headers["Cache-Control"].startswith("public")
    assert "Set-Cookie" not in answer.headers
    tag = answer.headers["ETag"]
    again = client.get(answer.request.full_path, headers={"If-None-Match": tag})
    assert (again.status_code, again.data) == (304, b"")
    head = client.head(answer.request.full_path)
    assert (head.status_code, head.data) == (200, b"")


def test_who_asks_too_often_waits() -> None:
    client = client_with(OEMBED_PER_MINUTE="2")
    answers = [ask(client, page("ru", "wheel"), maxwidth=300 + number) for number in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert int(answers[-1].headers["Retry-After"]) > 0
    assert ask(client, page("ru", "wheel"), maxwidth=300).status_code == 200, "it is cached"
