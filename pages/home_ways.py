"""Ways on from the home page: topics of life, a question to answer, and what professionals need."""

from collections.abc import Mapping
from typing import Any

from dash import html

from components import urls
from components.markup import headed
from components.quiz.sample import sample_form
from components.texts import text
from data.models import Language
from pages.embeds.choice import share_page
from pages.quiz.service import current_quiz_service
from pages.site import Site


def topic_ways(site: Site, language: Language, links: dict[str, Any]) -> html.Section:
    """Return topics of life as searches of the list, and the three dimensions."""
    topics = {
        topic.name[language]: urls.page(language, "kpi", topic=topic.topic, **links)
        for topic in site.edition.topics
    }
    whole = {
        text(f"dimension_{key}", language): urls.dimension(language, key, **links)
        for key in urls.DIMENSION_SLUGS
    } | {text("list_title", language): urls.page(language, "kpi", **links)}
    return headed(
        text("topics_title", language),
        *([_links(topics), html.P(text("topics_whole", language))] if topics else []),
        _links(whole),
    )


def _links(addresses: Mapping[str, str]) -> html.Ul:
    items = [html.Li(html.A(words, href=address)) for words, address in addresses.items()]
    return html.Ul(items, className="topics")


def sample_question(site: Site, language: Language) -> list[html.Section]:
    """Return one question that can be answered right here; nothing for a city without one."""
    question = current_quiz_service().sample(site.city)
    if question is None:
        return []
    more = html.A(text("sample_start", language), href=urls.page(language, "quiz"))
    return [
        headed(
            text("sample_title", language),
            html.Div(
                [html.H3(question.text[language]), sample_form(question, language)],
                className="ask",
            ),
            html.P(more),
        )
    ]


def professional_ways(language: Language, links: dict[str, Any]) -> html.Section:
    """Return what is there for analysts and newsrooms, and the fact sheet."""
    lines = [
        html.Li([html.A(text(f"pros_{page}", language), href=address), " ", words])
        for page, address in (
            ("data", urls.data(language)),
            ("share", share_page(language, "wheel", **links)),
            ("press", urls.page(language, "press", "wheel", **links)),
            ("method", urls.page(language, "method")),
        )
        for words in [text(f"pros_{page}_words", language)]
    ]
    return headed(
        text("pros_title", language),
        html.Ul(lines, className="pros"),
        html.P(html.A(text("factsheet_link", language), href=urls.factsheet(language))),
    )
