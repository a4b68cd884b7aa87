"""Facts that the codes of a chosen chart need, gathered from its picture and its embed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import urlencode

from components.embeds.codes import Drawing, Embedding, covering_height
from components.embeds.page import Surface, embed_body
from components.embeds.size import NARROWEST, PHONE, frame_height
from components.formats import titled
from components.pictures.frame import Form, picture
from data.models import Language
from pages.chart import Chart, file_of
from pages.embeds.choice import SIZES, UNTITLED, EmbedChoice
from pages.embeds.content import embed_of
from pages.embeds.frames import SCRIPT
from pages.site import Site

_SIZE = re.compile(r' width="(\d+)" height="(\d+)"')


def embedding(
    site: Site, newest: Site, language: Language, choice: EmbedChoice, base_url: str
) -> Embedding:
    """One chart of ``site``'s edition, for codes whose addresses begin with ``base_url``."""
    spoken, name = choice.language_in(language), choice.chart
    chart = Chart(site, spoken, name, choice.selection)
    site_name = site.name(spoken)
    asked = {**choice.selection.query(), "edition": choice.edition}
    shown = embed_of(chart, newest, asked)
    asked |= {"theme": "" if choice.theme == "auto" else choice.theme}
    widest = SIZES[choice.size]
    blocks = embed_body(shown, spoken, site_name, Surface(titled=choice.title != UNTITLED))

    def drawing(form: Form) -> Drawing:
        more = {} if form == "whole" else {"size": form}

        def png(width: int) -> str:
            query = {**asked, **more, "width": width}
            return base_url + _asking(f"/{spoken}/{file_of(name)}.png", query)

        return Drawing(_size(chart, form), png)

    return Embedding(
        language=spoken,
        name=titled(chart.sheet.title, site_name, spoken),
        sentence=chart.sentence,
        description=chart.description,
        credit=shown.credit,
        page=shown.address,
        frame=base_url + _asking(f"/embed/{spoken}/{name}", {**asked, "title": choice.title}),
        picture=drawing("whole"),
        phone=drawing("phone"),
        script=base_url + SCRIPT,
        widest=widest,
        height=covering_height(lambda width: frame_height(blocks, width), NARROWEST, PHONE, widest),
    )


def _size(chart: Chart, form: Form) -> tuple[int, int]:
    """Width and height of the picture as it is drawn."""
    drawn = _SIZE.search(picture(chart.sheet, chart.imprint, chart.language, form=form))
    return (int(drawn[1]), int(drawn[2])) if drawn else (1, 1)


def _asking(path: str, query: Mapping[str, object]) -> str:
    given = {name: value for name, value in query.items() if value}
    return f"{path}?{urlencode(given)}" if given else path
