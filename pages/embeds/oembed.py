"""oEmbed 1.0: tells other sites how to show the chart that one of our addresses shows."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from http import HTTPStatus
from typing import Any
from xml.etree import ElementTree as ET

from dash.development.base_component import Component
from flask import Flask, Response, request

from components import urls
from components.embeds.codes import covering_height, held_frame
from components.embeds.page import Surface, embed_body
from components.embeds.size import NARROWEST, PHONE, WIDTH, frame_height
from components.explore.tools import frame_url
from components.markup import attribute, content
from components.pictures.frame import CARD_HEIGHT, CARD_WIDTH
from pages.chart import Chart
from pages.documents import Document, Documents, respond
from pages.editions import Editions
from pages.embeds.content import embed_address, embed_of
from pages.embeds.explored import explored_embed
from pages.embeds.oembed_places import Place, PrivatePlace, place_of
from pages.embeds.quiz_statistics import statistics_state
from pages.embeds.quiz_subject import frame_path, subject_of
from pages.exploration import explored_at
from pages.explored_chart import ExploredChart, name_of
from pages.pictures.charts import card_of
from pages.requests import BadParameter, NoSuchThing, Parameter, read_parameters, whole_number
from pages.selection import selection_in
from pages.site import Site

Fields = dict[str, str | int]
FORMATS = {"json": "application/json; charset=utf-8", "xml": "text/xml; charset=utf-8"}
SMALLEST, LARGEST = 100, 10_000  # Of what a consumer may set as the most, in pixels.
# Few sizes, so that few pictures are drawn: each is the largest that fits.
_THUMBNAILS = (1200, 800, 600, 400, 200)
_A_DAY = 86_400
_A_PHONE = 360  # Pixels; what a host has no room for there is folded at any width.
# By a quotation of this class WordPress knows that it shall load its script, which sizes the frame
# and follows its links. It takes the style away: until the frame has answered, and where frames or
# scripts are not allowed, its readers have the link.
_WORDPRESS_LINK = (
    '<blockquote class="wp-embedded-content" style="display:none"><a href="{}">{}</a></blockquote>'
)
_AN_HOUR = "public, max-age=3600"
_PROBLEM = "application/problem+json"


class _Refusal(Exception):
    """An answer that oEmbed gives by its status; carries words for whoever reads it."""

    def __init__(self, status: HTTPStatus, words: str) -> None:
        super().__init__(words)
        self.status = status


PARAMETERS = (
    Parameter("url", str),
    Parameter("maxwidth", whole_number(SMALLEST, LARGEST)),
    Parameter("maxheight", whole_number(SMALLEST, LARGEST)),
    Parameter("format", str),
)


class Provider:
    """Answers what consumers ask."""

    def __init__(self, editions: Editions, documents: Documents) -> None:
        self._editions = editions
        self._documents = documents

    def view(self) -> Response:
        """The description of one address, or why there is none."""
        try:
            response = self._described()
        except _Refusal as refused:
            response = _problem(refused.status, str(refused))
        response.headers["Access-Control-Allow-Origin"] = "*"
        return response

    def _described(self) -> Response:
        asked = _asked()
        form = asked.get("format", "json")
        if form not in FORMATS:
            raise _Refusal(HTTPStatus.NOT_IMPLEMENTED, "Formats are json and xml.")
        if "url" not in asked:
            raise _Refusal(HTTPStatus.BAD_REQUEST, "The parameter url is missing.")
        place = self._found(asked["url"])
        room = (asked.get("maxwidth"), asked.get("maxheight"))
        write = _json if form == "json" else _xml
        kept = self._documents.at(
            f"oembed:{place}:{room}:{form}",
            lambda: write(self._fields(place, room)),
            FORMATS[form],
            variant=True,
            state=statistics_state if place.name == urls.QUIZ_STATISTICS else None,
        )
        return respond(kept, cache_control=_AN_HOUR)

    def _found(self, url: str) -> Place:
        try:
            return place_of(self._editions, url)
        except PrivatePlace:
            raise _Refusal(
                HTTPStatus.UNAUTHORIZED, "This address is one reader's alone; link to it."
            ) from None
        except NoSuchThing:
            raise _Refusal(
                HTTPStatus.NOT_FOUND, "No chart or question of this site stands at that address."
            ) from None

    def _fields(self, place: Place, room: tuple[int | None, int | None]) -> Fields:
        """Return the oEmbed answer for one chart in at most ``room`` (width, height)."""
        site, language = self._editions.at(place.asked.get("edition")), place.language
        width = min(WIDTH, room[0] or WIDTH)
        address, page, title, blocks = self._shown(site, place)
        highest = max(frame_height(blocks, width), frame_height(blocks, _A_PHONE))
        if room[1] and room[1] < highest and place.name != urls.EXPLORED:
            compact = replace(place, asked={**place.asked, "compact": "1"})
            address, page, title, blocks = self._shown(site, compact)
        height = frame_height(blocks, width)
        height = min(height, room[1] or height)
        cut = room[1] is not None and room[1] <= height
        frame = _frame(address, title, (width, height), () if cut else blocks)
        return {
            "version": "1.0",
            "type": "rich",
            "title": title,
            "provider_name": site.name(language),
            "provider_url": site.around.base_url + urls.home(language),
            "cache_age": _A_DAY,
            **_thumbnail(site, place, room),
            "html": _WORDPRESS_LINK.format(attribute(page), content(title)) + frame,
            "width": width,
            "height": height,
        }

    def _shown(self, site: Site, place: Place) -> tuple[str, str, str, Sequence[Component]]:
        """Return the URLs of the frame and of its page, its title and its contents."""
        language, asked, base_url = place.language, place.asked, site.around.base_url
        if place.name == urls.EXPLORED:
            explored = explored_at(site, language, asked)
            view = explored_embed(ExploredChart(site, explored))
            frame = frame_url(explored, base_url, asked.get("theme", "auto"))
            blocks = embed_body(view, language, site.name(language), Surface())
            return frame, view.address, view.title, blocks
        if urls.is_of_quiz(place.name):
            subject = subject_of(site, language, place.name)
            path = frame_path(language, place.name, asked.get("theme", "auto"))
            return base_url + path, subject.page, subject.title, subject.body
        chart = Chart(site, language, place.name, selection_in(asked))
        surface = Surface(titled=asked.get("title") != "0")
        shown = embed_of(chart, self._editions.newest, asked)
        blocks = embed_body(shown, language, site.name(language), surface)
        address = embed_address(site, language, place.name, asked)
        return address, shown.address, chart.shared_title, blocks


def _frame(address: str, title: str, size: tuple[int, int], blocks: Sequence[Component]) -> str:
    """The frame of ``size`` (width, height), which grows where its column is narrower.

    Without ``blocks`` it is as high as it may be, and scrolls.
    """
    width, height = size
    given = f'width="{width}" height="{height}"'
    if blocks:
        narrowest = min(NARROWEST, width)
        heights = covering_height(lambda one: frame_height(blocks, one), narrowest, PHONE, width)
        return held_frame(address, title, given, width, heights)
    return (
        f'<iframe src="{attribute(address)}" title="{attribute(title)}" {given} loading="lazy" '
        f'style="border:0;width:100%;max-width:{width}px"></iframe>'
    )


def add_oembed(server: Flask, editions: Editions, documents: Documents) -> None:
    """Add the address that consumers ask; how often they may is set where doors are guarded."""
    server.add_url_rule("/oembed", "oembed", Provider(editions, documents).view)


def _asked() -> Mapping[str, Any]:
    try:
        return read_parameters(request, PARAMETERS)
    except BadParameter as bad:
        if bad.name in ("maxwidth", "maxheight"):
            words = f"{bad.name} must be a number of pixels from {SMALLEST} to {LARGEST}."
        elif bad.name == "?":
            words = "The part after the question mark is too long or is not text."
        else:
            words = f"The parameter {bad.name} must stand there once, and be text."
        raise _Refusal(HTTPStatus.BAD_REQUEST, words) from bad


def _thumbnail(site: Site, place: Place, room: tuple[int | None, int | None]) -> Fields:
    """The card of the same chart, as large as there is room; nothing where that is too small."""
    widest = min(
        room[0] or CARD_WIDTH, (room[1] or CARD_HEIGHT) * CARD_WIDTH // CARD_HEIGHT, CARD_WIDTH
    )
    width = next((width for width in _THUMBNAILS if width <= widest), None)
    of_quiz = urls.is_of_quiz(place.name) and place.name != urls.QUIZ_STATISTICS
    # The card of the quiz is drawn in one size.
    if width is None or (of_quiz and width < CARD_WIDTH):
        return {}
    path = urls.QUIZ_CARD if of_quiz else _card(site, place, width)
    return {
        "thumbnail_url": f"{site.around.base_url}/{place.language}/{path}",
        "thumbnail_width": width,
        "thumbnail_height": round(CARD_HEIGHT * width / CARD_WIDTH),
    }


def _card(site: Site, place: Place, width: int) -> str:
    look: dict[str, Any] = {"theme": "dark"} if place.asked.get("theme") == "dark" else {}
    if width != CARD_WIDTH:
        look["width"] = width
    if place.name == urls.EXPLORED:
        explored = explored_at(site, place.language, place.asked)
        path = urls.picture(place.language, name_of(explored), "png", size="card", **look)
        return path.removeprefix(f"/{place.language}/")
    return card_of(place.name, selection_in(place.asked), **look)


def _json(fields: Mapping[str, str | int]) -> str:
    return json.dumps(fields, ensure_ascii=False)


def _xml(fields: Fields) -> str:
    root = ET.Element("oembed")
    for name, value in fields.items():
        ET.SubElement(root, name).text = str(value)
    declaration = '<?xml version="1.0" encoding="utf-8" standalone="yes"?>\n'
    return declaration + ET.tostring(root, encoding="unicode")


def _problem(status: HTTPStatus, words: str) -> Response:
    """Say what is wrong as problem details (RFC 9457), for programs and people alike."""
    told: Fields = {"title": status.phrase, "status": int(status), "detail": words}
    return respond(Document.of(_json(told), _PROBLEM), status, "no-store")
