"""Cards for networks of pages without a chart, beside each page: ``/en/data/card.png``."""

from collections.abc import Callable
from typing import Any

from flask import Flask, Response, abort, request

from components.pictures.frame import Imprint, picture
from components.pictures.page_card import page_sheet
from pages.chart import edition_words
from pages.documents import Document, respond
from pages.operation.response_cache import cacheable
from pages.pictures.renders import PNG, Renders
from pages.registry import Redirect, RegisteredPage, Rejected, registered_pages
from pages.requests import BadParameter, NoSuchThing, language_of, read_parameters
from pages.serving import answer_bad
from pages.site import Site

# Pages whose charts are their cards, that have one of their own, or that are shared as bare links.
_OTHERS = (
    "home",
    "dimension",
    "list",
    "indicator",
    "quiz",
    "quiz_statistics",
    "embed",
    "press",
    "value",
)


def add_page_cards(server: Flask, site: Site, renders: Renders) -> None:
    """Add the card of every page that has no other."""
    for page in registered_pages():
        if not page.personal and page.name not in _OTHERS:
            server.add_url_rule(
                f"{page.rule}card.png", f"card.{page.name}", _view(site, page, renders)
            )


def _view(site: Site, registered: RegisteredPage, renders: Renders) -> Callable[..., Response]:
    def view(language: str, **variables: Any) -> Response:
        spoken = language_of(language)
        try:
            asked = read_parameters(request, registered.parameters)
            page = registered.layout(spoken, **variables, **asked)
        except BadParameter as bad:
            return answer_bad(site, spoken, bad)
        except (NoSuchThing, Redirect, Rejected):
            abort(404)
        imprint = Imprint(
            site_name=site.name(spoken),
            address=f"{site.around.base_url}/{spoken}/{page.path}".partition("://")[2],
            edition=edition_words(site, spoken),
            sources=(),
            scored=False,
        )
        svg = picture(page_sheet(page), imprint, spoken, form="card")
        cacheable(lambda: svg)
        response = respond(Document(renders.at(svg, lambda: svg), PNG))
        response.headers["Access-Control-Allow-Origin"] = "*"
        return response

    return view
