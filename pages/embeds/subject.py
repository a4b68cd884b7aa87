"""Facts that the codes of a chosen chart need, gathered from its picture and its embed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import urlencode

from components.embeds.codes import Drawing, Embedding, covering_height
from components.embeds.page import Surface, embed_body
from components.embeds.size import NARROWEST, PHONE, frame_height
from components.formats import titled
from components.pictures.frame import Form, Sheet, picture
from components.texts import text
from data.models import Language
from pages.embeds.choice import SIZES, UNTITLED, EmbedChoice
from pages.embeds.content import embed_of
from pages.embeds.frames import SCRIPT
from pages.pictures.charts import DIMENSIONS, WHEEL, imprint_of, page_of, sheet_of
from pages.site import Site

_YEAR = re.compile(r"\d{4}")
_SIZE = re.compile(r' width="(\d+)" height="(\d+)"')


def embedding(
    site: Site, newest: Site, language: Language, choice: EmbedChoice, base_url: str
) -> Embedding:
    """One chart of ``site``'s edition, for codes whose addresses begin with ``base_url``."""
    spoken, name, as_of = choice.spoken(language), choice.chart, choice.year
    sheet = sheet_of(site, spoken, name, as_of)
    site_name = site.name(spoken)
    asked = {"as_of": choice.as_of, "edition": choice.edition}
    asked |= {"theme": "" if choice.theme == "auto" else choice.theme}
    widest = SIZES[choice.size]
    shown = embed_of(site, newest, spoken, name, {"as_of": as_of})
    blocks = embed_body(shown, spoken, site_name, Surface(titled=choice.title != UNTITLED))

    def drawing(form: Form) -> Drawing:
        more = {} if form == "whole" else {"size": form}

        def png(width: int) -> str:
            query = {**asked, **more, "width": width}
            return base_url + _asking(f"/{spoken}/{file_of(name)}.png", query)

        return Drawing(picture_size(site, spoken, choice, form), png)

    return Embedding(
        language=spoken,
        name=titled(sheet.title, site_name, spoken),
        sentence=_dated(sheet),
        credit=text("embed_back", spoken, site=site_name),
        page=base_url + page_of(spoken, name, as_of),
        frame=base_url + _asking(f"/embed/{spoken}/{name}", {**asked, "title": choice.title}),
        picture=drawing("whole"),
        phone=drawing("phone"),
        script=base_url + SCRIPT,
        widest=widest,
        height=covering_height(lambda width: frame_height(blocks, width), NARROWEST, PHONE, widest),
    )


def _dated(sheet: Sheet) -> str:
    """The sentence of a picture with its year, which it may hold already."""
    year = _YEAR.search(sheet.as_of)
    if year and year[0] in sheet.sentence:
        return sheet.sentence
    return f"{sheet.as_of}. {sheet.sentence}"


def file_of(chart: str) -> str:
    """The path of a picture's file below the language, without its ending."""
    return chart if chart == WHEEL or chart in DIMENSIONS else f"kpi/{chart}"


def picture_size(
    site: Site, language: Language, choice: EmbedChoice, form: Form
) -> tuple[int, int]:
    """Width and height of the picture as it is drawn."""
    name, as_of = choice.chart, choice.year
    sheet = sheet_of(site, language, name, as_of)
    imprint = imprint_of(site, language, name, as_of)
    drawn = _SIZE.search(picture(sheet, imprint, language, form=form))
    return (int(drawn[1]), int(drawn[2])) if drawn else (1, 1)


def _asking(path: str, query: Mapping[str, object]) -> str:
    given = {name: value for name, value in query.items() if value}
    return f"{path}?{urlencode(given)}" if given else path
