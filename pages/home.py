"""Home: the wheel, the totals of the dimensions and the ways into the rest."""

from __future__ import annotations

from typing import Any

from dash import Input, Output, State, callback, html, register_page
from dash.development.base_component import Component

from components import urls
from components.bands import legend
from components.bars import band_strip, indicator_matrix
from components.document import Page
from components.embeds.form import embed_button
from components.embeds.picture_links import picture_links
from components.markup import Markup, hyphened
from components.sentences import city_sentence, group_sentence, top_band_count
from components.takeover.explored import ADDRESS, LANGUAGE
from components.texts import text
from components.wheel import indicators_without_value, wheel_svg
from components.year_choice import year_form
from data.groups import group_score
from data.models import Language
from data.scores import Fulfilment
from pages.embeds.choice import embed_page
from pages.feed import feed_of
from pages.pictures.charts import card_of
from pages.requests import Parameter, chosen_year, language_of, year
from pages.site import Site, current_site
from pages.structured_data import site_catalogue

WHEEL, YEAR = "home-wheel", "home-year"


def layout(language: Language, as_of: int | None = None) -> Page:
    """Return the wheel as of a year with data; the newest one where none is asked for."""
    site = current_site()
    fulfilment = site.fulfilment(as_of)
    finding = city_sentence(fulfilment, language)
    opening = html.Div(
        [
            html.H1(site.name(language)),
            html.P(text("home_lead", language, **site.city_words(language)), className="lead"),
        ],
        className="opening",
    )
    choice = year_form(YEAR, site.years, fulfilment.as_of, urls.home(language), language)
    wheel = html.Div(wheel_part(site, language, fulfilment.as_of), id=WHEEL)
    main = html.Div(
        [
            html.Div(
                html.Div([opening, choice, wheel], className="home-top"),
                id="explore",
                className="explore",
            ),
            html.P(
                html.A(
                    text("to_list", language),
                    href=urls.page(language, "kpi"),
                    className="button quiet",
                )
            ),
            html.P(html.A(text("factsheet_link", language), href=urls.factsheet(language))),
            _pilot(site, language),
            _ways(language),
        ],
        className="page home",
    )
    return Page(
        title=site.name(language),
        description=finding,
        path=f"?as_of={as_of}" if as_of else "",
        main=main,
        section="home",
        picture=card_of("wheel", as_of),
        charted=True,
        shared_title=text("bars_title", language, year=as_of) if as_of else "",
        scripts=("wheel.js", "dash_takeover.js"),
        feed=feed_of(site, language),
        structured=(site_catalogue(site, language),),
    )


def wheel_part(site: Site, language: Language, as_of: int) -> list[Component]:
    """Everything on the page that follows the chosen year."""
    fulfilment = site.fulfilment(as_of)
    whole = group_score(fulfilment.indicators)
    finding = city_sentence(fulfilment, language)
    picture = wheel_svg(
        fulfilment,
        language,
        text("wheel_label", language, sentence=finding),
        lambda slug: urls.indicator(language, slug),
        lambda key: urls.dimension(language, key),
    )
    without_value = indicators_without_value(fulfilment.categories())
    past = as_of if as_of != site.edition.year else None
    # The order of the page on a phone, so that nothing moves while it arrives part by part.
    return [
        html.P(finding, className="finding", role="status"),
        html.Div([Markup(picture), *_wheel_words(fulfilment, language)], className="wheel-box"),
        html.Div(
            [
                html.H2(text("legend_title", language)),
                legend(whole, without_value, language),
                html.P(
                    [
                        text("own_targets", language),
                        " ",
                        html.A(text("how_rated", language), href=urls.page(language, "method")),
                    ],
                    className="note",
                ),
                embed_button(embed_page(language, "wheel", past), language),
                picture_links(language, "wheel", past),
            ],
            className="wheel-words",
        ),
        _dimension_cards(fulfilment, language, past),
    ]


def _wheel_words(fulfilment: Fulfilment, language: Language) -> list[Component]:
    """Return the place for a bar's words on hover, and the meaning of rings and lengths."""
    reached, scored = top_band_count(fulfilment)
    figure = text("wheel_hub_figure", language, reached=reached, scored=scored)
    told = f"{figure} {text('wheel_hub', language, n=scored)}. ".replace("\n", " ")
    return [
        # The link under the focus has the same words as its name.
        html.P(
            text("wheel_hint", language),
            className="wheel-read needs-scripts",
            **hyphened(aria_hidden="true"),
        ),
        html.P(
            [html.Span(told, className="wheel-told"), text("wheel_key", language)],
            className="note wheel-key",
        ),
    ]


def _dimension_cards(fulfilment: Fulfilment, language: Language, as_of: int | None) -> html.Section:
    cards = []
    for key in fulfilment.dimensions():
        group = group_score(fulfilment.of_dimension(key))
        cards.append(
            html.Li(
                [
                    html.H3(
                        html.A(
                            text(f"dimension_{key}", language),
                            href=urls.dimension(language, key, as_of),
                        )
                    ),
                    band_strip(group),
                    html.P(group_sentence(group, language)),
                    indicator_matrix(fulfilment, key, language),
                ],
                className="card",
            )
        )
    heading = html.H2(text("dimensions_title", language))
    return html.Section([heading, html.Ul(cards, className="cards")], className="totals")


def _pilot(site: Site, language: Language) -> Component | None:
    pilot = site.profile.find("pilot")
    if pilot is None:
        return None
    figures = [_figure(figure, language) for figure in pilot["figures"]]
    return html.Section(
        [
            html.H2(text("pilot_title", language, year=pilot["year"])),
            html.P(pilot["sentence"][language]),
            html.Ul(figures, className="figures"),
            html.P(
                html.A(text("to_about", language), href=urls.page(language, "about")),
            ),
        ],
        className="pilot",
    )


def _figure(figure: dict[str, Any], language: Language) -> html.Li:
    return html.Li([html.B(figure["value"][language]), html.Span(figure["label"][language])])


def _ways(language: Language) -> html.Section:
    cards = [
        html.Li(
            [
                html.H3(html.A(text(f"way_{key}", language), href=urls.page(language, key))),
                html.P(text(f"way_{key}_words", language)),
            ],
            className="card",
        )
        for key in ("quiz", "data", "embed")
    ]
    heading = html.H2(text("ways_title", language))
    return html.Section([heading, html.Ul(cards, className="cards")])


@callback(
    Output(WHEEL, "children"),
    Output(ADDRESS, "data"),
    Input(YEAR, "value"),
    State(LANGUAGE, "data"),
    prevent_initial_call=True,
)
def recolour_for_year(chosen: str, spoken: str) -> tuple[list[Component], str]:
    """Colour the wheel anew when the reader chooses another year."""
    language, site = language_of(spoken), current_site()
    as_of = chosen_year(site, chosen)
    return wheel_part(site, language, as_of), urls.home(language, as_of)


register_page(
    __name__,
    name="home",
    path_template="/<language>/",
    layout=layout,
    order=0,
    parameters=(Parameter("as_of", year),),
    explores=True,
    warm=True,
)
