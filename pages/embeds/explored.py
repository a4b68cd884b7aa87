"""The view of a selection of scores as a frame for other sites."""

from flask import Blueprint, Response, request

from components.document import oembed_addresses
from components.embeds.page import (
    FRAME_THEMES,
    Embed,
    Surface,
    embed_body,
    frame_document,
    frame_head,
)
from components.explore.rows import plain_table
from components.explore.tools import frame_url
from components.formats import titled
from components.texts import text
from data.models import Language
from pages.chart import edition_words
from pages.documents import Documents, respond
from pages.embeds.framing import Framing
from pages.exploration import PARAMETERS, explored_at
from pages.explored_chart import ExploredChart
from pages.inline_assets import without_comments
from pages.requests import IN_LANGUAGE, BadParameter, Parameter, one_of, read_parameters
from pages.site import Site

ENDPOINT = "embed.explored"
FRAME_PARAMETERS = (*PARAMETERS, Parameter("theme", one_of(FRAME_THEMES)))


def explored_embed(chart: ExploredChart) -> Embed:
    """Return the contents of the frame of a view."""
    view, selected, context = chart.view, chart.explored.selected, chart.context
    empty, language = view.reason_empty(selected, context), chart.language
    return Embed(
        title=chart.title,
        sentence=chart.sheet.sentence,
        choice=chart.choice,
        chart=() if empty else (view.paint(selected, context),),
        table=None if empty else plain_table(*view.table(selected, context), chart.title),
        address=chart.cited.address,
        credit=text("embed_back", language, site=chart.site.name(language)),
        edition=edition_words(chart.site, language),
        sources=chart.sources,
    )


def add_explored_frames(
    embeds: Blueprint, site: Site, framing: Framing, documents: Documents
) -> None:
    """Add the address of frames with a view: that of its page below ``/embed``."""

    def build(language: Language, query: dict[str, tuple[str, ...]], surface: Surface) -> str:
        chart = ExploredChart(site, explored_at(site, language, query))
        shown, name = explored_embed(chart), site.name(language)
        body = embed_body(shown, language, name, surface)
        own = frame_url(chart.explored, site.around.base_url, surface.theme)
        head = frame_head(shown.address, oembed_addresses(site.around.base_url, own))
        style = without_comments("explore_views.css")
        return frame_document(
            titled(shown.title, name, language), body, language, surface, head, style=style
        )

    def view(language: Language) -> Response:
        try:
            query = read_parameters(request, FRAME_PARAMETERS)
        except BadParameter as bad:
            return framing.bad(language, bad)
        surface = Surface(theme=query.pop("theme", "auto"), script=framing.script)
        key = f"embed-explored:{language}:{surface.theme}:{sorted(query.items())}"
        document = documents.at(key, lambda: build(language, query, surface), variant=True)
        return framing.framed(respond(document))

    embeds.add_url_rule(f"{IN_LANGUAGE}/explore", "explored", view)
