"""Home: the wheel, the totals of the dimensions and the ways into the rest."""

from __future__ import annotations

from typing import Any

from dash import html, register_page
from dash.development.base_component import Component

from components import urls
from components.ages import (
    chosen_title,
    city_sentence,
    group_sentence,
    reached_sentence,
)
from components.bands import legend
from components.bars import band_strip, indicator_matrix
from components.document import Page
from components.embeds.form import embed_button
from components.embeds.picture_links import picture_links
from components.markup import Markup, hyphened
from components.selection_form import selection_form
from components.texts import text
from components.wheel import indicators_without_value, wheel_svg
from components.year_changes import changes_part
from data.ages import ages_of, ages_of_city
from data.groups import group_score
from data.models import Language
from data.scores import Fulfilment
from pages.embeds.choice import embed_page
from pages.feed import feed_of
from pages.pictures.charts import card_of
from pages.selection import PARAMETERS, Selection, selection_in
from pages.site import Site, current_site
from pages.structured_data import site_catalogue


def layout(language: Language, **query: Any) -> Page:
    """Return the wheel of a selection; of the newest year and all values where none is given."""
    site, selection = current_site(), selection_in(query)
    fulfilment = selection.fulfilment(site)
    finding = city_sentence(fulfilment, language)
    opening = html.Div(
        [
            html.H1(site.name(language)),
            html.P(text("home_lead", language, **site.city_words(language)), className="lead"),
        ],
        className="opening",
    )
    rated, action = selection.rated(site), urls.home(language)
    choice = selection_form(site.scored_years, fulfilment, rated, action, language)
    wheel = html.Div(wheel_part(site, language, selection), id="home-wheel")
    main = html.Div(
        [
            html.Div([opening, choice, wheel], className="home-top"),
            html.P(html.A(text("factsheet_link", language), href=urls.factsheet(language))),
            _ways(language),
        ],
        className="page home",
    )
    return Page(
        title=site.name(language),
        description=finding,
        path=urls.home(language, **selection.query()).removeprefix(f"/{language}/"),
        main=main,
        section="home",
        picture=card_of("wheel", selection),
        charted=True,
        shared_title=chosen_title(site.name(language), fulfilment, language),
        scripts=("wheel.js", "swap.js"),
        feed=feed_of(site, language),
        structured=(site_catalogue(site, language),),
    )


def wheel_part(site: Site, language: Language, selection: Selection) -> list[Component]:
    """Everything on the page that follows the selection."""
    fulfilment = selection.fulfilment(site)
    links = selection.links(site)
    whole = group_score(fulfilment.indicators)
    finding = city_sentence(fulfilment, language)
    picture = wheel_svg(
        fulfilment,
        language,
        text("wheel_label", language, sentence=finding),
        lambda slug: urls.indicator(language, slug),
        lambda key: urls.dimension(language, key, **links),
    )
    without_value = indicators_without_value(fulfilment.categories())
    before = selection.before(site)
    changes = changes_part(before.fulfilment(site), fulfilment, language) if before else []
    # The order of the page on a phone, so that nothing moves while it arrives part by part.
    return [
        html.Div(
            [html.P(finding, className="finding", role="status"), *changes], className="findings"
        ),
        html.Div([Markup(picture), *_wheel_words(fulfilment, language)], className="wheel-box"),
        html.Div(
            [
                html.H2(text("legend_title", language)),
                legend(whole, without_value, ages_of_city(fulfilment), language),
                html.P(
                    [
                        text("own_targets", language),
                        " ",
                        html.A(text("how_rated", language), href=urls.page(language, "method")),
                    ],
                    className="note",
                ),
                embed_button(embed_page(language, "wheel", **links), language),
                picture_links(language, "wheel", **links),
            ],
            className="wheel-words",
        ),
        _dimension_cards(fulfilment, language, links),
        html.P(
            html.A(
                text("to_list", language),
                href=urls.page(language, "kpi", **links),
                className="button quiet",
            ),
            className="totals",
        ),
    ]


def _wheel_words(fulfilment: Fulfilment, language: Language) -> list[Component]:
    """Return the place for a bar's words on hover, and the meaning of rings and lengths."""
    reached = f"{reached_sentence(fulfilment, language)} "
    return [
        # The link under the focus has the same words as its name.
        html.P(
            text("wheel_hint", language),
            className="wheel-read needs-scripts",
            **hyphened(aria_hidden="true"),
        ),
        html.P(
            [html.Span(reached, className="wheel-told"), text("wheel_key", language)],
            className="note wheel-key",
        ),
    ]


def _dimension_cards(
    fulfilment: Fulfilment, language: Language, links: dict[str, Any]
) -> html.Section:
    cards = []
    for key in fulfilment.dimensions():
        members = fulfilment.of_dimension(key)
        ages = ages_of(members, fulfilment.recent_from)
        cards.append(
            html.Li(
                [
                    html.H3(
                        html.A(
                            text(f"dimension_{key}", language),
                            href=urls.dimension(language, key, **links),
                        )
                    ),
                    band_strip(group_score(members), ages),
                    html.P(group_sentence(members, language)),
                    indicator_matrix(fulfilment, key, language),
                ],
                className="card",
            )
        )
    heading = html.H2(text("dimensions_title", language))
    return html.Section([heading, html.Ul(cards, className="cards")], className="totals")


def _ways(language: Language) -> html.Section:
    cards = [
        html.Li(
            html.H3(html.A(text(f"way_{key}", language), href=urls.page(language, key))),
            className="card",
        )
        for key in ("quiz", "data", "embed")
    ]
    heading = html.H2(text("ways_title", language))
    return html.Section([heading, html.Ul(cards, className="cards")])


register_page(
    __name__,
    name="home",
    path_template="/<language>/",
    layout=layout,
    order=0,
    parameters=PARAMETERS,
    warm=True,
)
