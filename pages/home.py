"""Home: the finding, every indicator as square and bar, what stands out, and the ways on."""

from collections.abc import Callable
from functools import partial
from typing import Any

from dash import html, register_page
from dash.development.base_component import Component

from components import urls
from components.ages import (
    choice_words,
    chosen_title,
    city_sentence,
    rated_sentence,
    top_band_count,
)
from components.document import Page
from components.findings import finding_cards
from components.markup import Markup, headed, hyphened
from components.selection_form import edition_notice, selection_form
from components.texts import text
from components.waffle import waffle, waffle_key
from components.wheel import wheel_svg
from components.year_changes import changes_part
from data.findings import findings
from data.models import Language
from data.scores import Fulfilment
from pages.feed import feed_of
from pages.home_ways import professional_ways, sample_question, topic_ways
from pages.pictures.charts import card_of
from pages.selection import PARAMETERS, Selection, selection_in, site_of
from pages.site import Site, current_site
from pages.structured_data import site_catalogue


def layout(language: Language, **query: Any) -> Page:
    """Return the finding of a selection; of the newest year and all values where none is given."""
    selection = selection_in(query)
    site = site_of(selection.edition)
    fulfilment = selection.fulfilment(site)
    rated, action = selection.rated(site), urls.home(language)
    main = html.Div(
        html.Div(
            [
                finding_part(site, language, selection),
                selection_form(
                    site.scored_years,
                    fulfilment,
                    rated,
                    action,
                    language,
                    edition=selection.edition,
                ),
                *wheel_part(site, language, selection),
            ],
            className="home-top",
        ),
        className="page home",
    )
    return Page(
        title=chosen_title(site.name(language), fulfilment, language, selection.edition),
        description=city_sentence(fulfilment, language),
        path=urls.home(language, **selection.query()).removeprefix(f"/{language}/"),
        main=main,
        section="home",
        picture=card_of("wheel", selection),
        charted=True,
        patterned=True,
        scripts=("wheel.js", "swap.js"),
        feed=feed_of(site, language),
        structured=(site_catalogue(site, language),),
    )


def headline(site: Site, fulfilment: Fulfilment, language: Language) -> str:
    """Say how many of the rated indicators are level with their yardstick or better."""
    reached, scored = top_band_count(fulfilment)
    words = site.city_words(language)
    if not scored:
        return text("home_finding_none", language, **words)
    return text("home_finding", language, n=scored, reached=reached, **words)


def finding_part(site: Site, language: Language, selection: Selection) -> html.Div:
    """Return the headline, how much is known and how old it is, and what a chosen year changed."""
    fulfilment, before = selection.fulfilment(site), selection.before(site)
    scores = fulfilment.indicators
    question = text("home_question", language, **site.city_words(language))
    choice = choice_words(fulfilment, language)
    without_verdict = sum(score.share is None and score.has_value for score in scores)
    missing = sum(not score.has_value for score in scores)
    unknown = text("home_unknown", language, n=without_verdict, missing=missing)
    links = partial(urls.indicator, language, **selection.links(site))
    changes = changes_part(before.fulfilment(site), fulfilment, language, links) if before else []
    newest = current_site().edition.version
    return html.Div(
        [
            html.P(f"{question} {choice}".rstrip(), className="eyebrow"),
            html.Div(
                [
                    html.H1(headline(site, fulfilment, language)),
                    html.P(
                        f"{rated_sentence(fulfilment, language)} {unknown}", className="finding"
                    ),
                ],
                role="status",
            ),
            *edition_notice(site.edition.version, newest, urls.home(language), language),
            *changes,
        ],
        className="opening",
    )


def wheel_part(site: Site, language: Language, selection: Selection) -> list[Component]:
    """Return the wheel, the squares and what stands out of a selection, and the ways on."""
    fulfilment, links = selection.fulfilment(site), selection.links(site)
    address = partial(urls.indicator, language, **links)
    dimension = partial(urls.dimension, language, **links)
    # In the order of the page on a phone, so that nothing moves while it arrives part by part.
    return [
        _wheel_box(fulfilment, address, dimension, language),
        waffle(fulfilment, address, language),
        html.Div([*waffle_key(fulfilment, language), _key_words(language)], className="home-key"),
        html.Div(
            [
                _findings(site, fulfilment, language, links),
                html.Div(
                    [
                        topic_ways(site, language, links),
                        *sample_question(site, language),
                        professional_ways(language, links),
                    ],
                    className="home-two",
                ),
            ],
            className="home-rest",
        ),
    ]


def _wheel_box(
    fulfilment: Fulfilment,
    indicator: Callable[[str], str],
    dimension: Callable[[str], str],
    language: Language,
) -> html.Div:
    picture = wheel_svg(fulfilment, language, "", indicator, dimension, listed=True)
    reached, scored = top_band_count(fulfilment)
    hub = html.Div(
        [
            html.Big(text("wheel_hub_figure", language, reached=reached, scored=scored)),
            text("home_hub", language),
        ],
        className="hub",
        **hyphened(aria_hidden="true"),
    )
    return html.Div([Markup(picture), hub], className="wheel-box")


def _key_words(language: Language) -> html.P:
    return html.P(
        [
            html.Span(f"{text('wheel_key', language)} ", className="wheel-words"),
            text("own_targets", language),
            " ",
            html.A(text("how_rated", language), href=urls.page(language, "method")),
        ]
    )


def _findings(
    site: Site, fulfilment: Fulfilment, language: Language, links: dict[str, Any]
) -> html.Section | None:
    city_findings = findings(site.edition, fulfilment)
    if not city_findings:
        return None
    cities = {city.id: city.name for city in site.edition.cities.values()}
    address = partial(urls.indicator, language, **links)
    return headed(
        text("findings_title", language),
        finding_cards(city_findings, fulfilment, cities, address, language),
        html.P(
            [
                text("findings_rule", language),
                " ",
                html.A(text("findings_rule_link", language), href=urls.page(language, "method")),
            ],
            className="note",
        ),
    )


register_page(
    __name__,
    name="home",
    path_template="/<language>/",
    layout=layout,
    order=0,
    parameters=PARAMETERS,
    warm=True,
)
