"""Consumers that nobody here wrote get from an address to its chart."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

import extruct
import httpx
import micawber
import pytest
from linkpreview import link_preview
from lxml.html import document_fromstring
from oembedpy import consumer, discovery
from oembedpy.types import Rich

from data.models import Language

PAGES = ("ru/", "en/?as_of=2019", "ru/economy/?as_of=2016", "en/kpi/sc-eh-h-3c/")
PATIENCE = 60  # Seconds; to draw a picture takes long on a machine that does other work.


def chart_at(html: str) -> str:
    """The heading of the document that a frame would show."""
    source = str(document_fromstring(html).xpath("string(//iframe/@src)"))
    answer = httpx.get(source, timeout=PATIENCE)
    assert answer.status_code == 200
    assert "frame-ancestors *" in answer.headers["Content-Security-Policy"]
    return str(document_fromstring(answer.text).findtext(".//h1"))


@pytest.mark.parametrize("path", PAGES)
def test_oembedpy_discovers_and_fetches_a_chart(own_url: str, path: str) -> None:
    endpoint, parameters = discovery.find_from_content(f"{own_url}/{path}")
    parameters.max_width = 500
    for parameters.format in ("json", "xml"):
        embed = consumer.fetch_content(endpoint, parameters)
        assert isinstance(embed, Rich)
        assert int(embed.width) == 500
        assert embed.title.startswith(chart_at(embed.html))
        assert path.partition("?")[2] in embed.html
        thumbnail = httpx.get(embed.thumbnail_url, timeout=PATIENCE)
        assert thumbnail.headers["Content-Type"] == "image/png"
        assert int(embed.cache_age or 0) > 0


def test_oembedpy_discovers_a_chart_from_its_frame(own_url: str) -> None:
    endpoint, parameters = discovery.find_from_content(f"{own_url}/embed/en/wheel?theme=dark")
    embed = consumer.fetch_content(endpoint, parameters)
    assert isinstance(embed, Rich)
    assert "theme=dark" in embed.html


def test_oembedpy_is_told_what_is_not_there(own_url: str) -> None:
    parameters = consumer.RequestParameters(url=f"{own_url}/ru/quiz/1/1/")
    with pytest.raises(httpx.HTTPStatusError, match="401"):
        consumer.fetch_content(f"{own_url}/oembed", parameters)
    with pytest.raises(ValueError, match="does not have oEmbed"):
        discovery.find_from_content(f"{own_url}/ru/method/")


@pytest.fixture
def listed(own_url: str) -> micawber.ProviderRegistry:
    """A consumer that has this site in its list of providers."""
    registry = micawber.ProviderRegistry()
    registry.register(
        rf"{re.escape(own_url)}/(ru|en|embed)/\S*", micawber.Provider(f"{own_url}/oembed")
    )
    return registry


@pytest.mark.parametrize("path", PAGES)
def test_micawber_fetches_a_chart_in_the_room_there_is(
    own_url: str, listed: micawber.ProviderRegistry, path: str
) -> None:
    embed = listed.request(f"{own_url}/{path}", maxwidth=480, maxheight=360)
    assert (embed["type"], embed["version"]) == ("rich", "1.0")
    assert (embed["width"], embed["height"]) == (480, 360)
    assert embed["title"].startswith(chart_at(embed["html"]))


def test_micawber_puts_the_chart_into_an_article(
    own_url: str, listed: micawber.ProviderRegistry
) -> None:
    article = f"<p>Before</p><p>{own_url}/ru/economy/</p><p>After</p>"
    written = micawber.parse_html(article, listed, maxwidth=600)
    root = document_fromstring(written)
    (frame,) = root.findall(".//iframe")
    assert frame.get("src") == f"{own_url}/embed/ru/economy?compact=1", "it allows some height"
    assert frame.get("title")
    assert chart_at(ET.tostring(ET.Element("iframe", dict(frame.attrib)), "unicode"))


UNFURLED = ("", "economy/", "kpi/ec-p-em-1c/?as_of=2015")


@pytest.mark.parametrize("path", UNFURLED)
def test_two_unfurlers_find_title_words_and_card(
    own_url: str, language: Language, path: str
) -> None:
    address = f"{own_url}/{language}/{path}"
    preview = link_preview(address)
    read = extruct.extract(
        httpx.get(address, timeout=PATIENCE).text, base_url=address, syntaxes=["opengraph"]
    )
    (graph,) = read["opengraph"]
    properties = dict(graph["properties"])
    image = str(preview.absolute_image)
    assert properties["og:image"] == image
    assert properties["og:title"] == preview.title
    assert properties["og:description"] == preview.description
    assert preview.site_name
    assert len(str(preview.title)) > 5
    assert len(str(preview.description)) > 20
    if "as_of" in path:
        assert "2015" in str(preview.title)
        assert "/year-2015/" in image
    # The drawing takes less time than its pixels, and has the same size.
    card = httpx.get(image.replace(".png", ".svg"), timeout=PATIENCE)
    assert card.status_code == 200
    assert 'width="1200" height="630"' in card.text
