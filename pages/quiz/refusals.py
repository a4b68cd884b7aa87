"""Pages for when the quiz cannot go on as asked, each with a way on."""

from dash import html
from dash.development.base_component import Component

from components.document import Page
from components.markup import page_opening
from components.texts import text
from data.models import Language
from pages.faults import request_line
from pages.site import current_site


def order_page(language: Language, path: str, position: int, address: str) -> Page:
    """An answer came for a question whose turn it is not; leads to the one that is open."""
    way = html.P(
        html.A(text("quiz_order_way", language, n=position), href=address, className="button")
    )
    words = text("quiz_order_words", language)
    return refusal(text("quiz_order_title", language), path, words, way, language)


def store_page(language: Language, path: str, words: str) -> Page:
    """Stored answers cannot be read now; the same address may work in a minute."""
    way = html.P(html.A(text("quiz_again", language), href="", className="button"))
    return refusal(text("quiz_store_title", language), path, words, way, language)


def refusal(title: str, path: str, words: str, way: Component | None, language: Language) -> Page:
    """Return a page that says why something cannot be done, with a way on where there is one."""
    opening = page_opening(title, words)
    main = html.Div([opening, way, request_line(current_site(), language)], className="page words")
    return Page(
        title=title, description=words, path=path, main=main, section="quiz", indexable=False
    )
