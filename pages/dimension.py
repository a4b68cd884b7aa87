"""One dimension: its score, its indicators as bars and as tables, and the case study's words."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from dash import Input, Output, State, callback, html, register_page
from dash.development.base_component import Component
from flask import abort

from components import urls
from components.bands import legend
from components.bars import band_strip, fulfilment_bars
from components.chart_button import Shown, chart_outputs, chart_place, toggled
from components.document import Page
from components.embeds.form import embed_button
from components.embeds.picture_links import picture_links
from components.figures import fulfilment_figure
from components.indicator_table import category_table
from components.sentences import group_sentence
from components.takeover.explored import ADDRESS, LANGUAGE, VARIABLES
from components.texts import text
from components.wheel import indicators_without_value
from components.year_choice import year_form
from data.groups import group_score
from data.models import Language
from pages.embeds.choice import embed_page
from pages.pictures.charts import card_of
from pages.registry import HEADER
from pages.requests import Parameter, chosen_year, language_of, year
from pages.site import Site, current_site
from pages.structured_data import breadcrumbs

PART, BARS, TABLES, YEAR, CHART, CHART_BUTTON = (
    "dimension-part",
    "dimension-bars",
    "dimension-tables",
    "dimension-year",
    "dimension-chart",
    "dimension-chart-button",
)

# Quoted, since werkzeug reads a bare hyphen as an operator.
_SLUGS = ",".join(f'"{slug}"' for slug in urls.DIMENSION_SLUGS.values())


def layout(language: Language, dimension: str, as_of: int | None = None) -> Page:
    """Return the dimension of a slug as of a year; the newest one where none is asked for."""
    site = current_site()
    key = dimension_of({"dimension": dimension})
    fulfilment = site.fulfilment(as_of)
    name = text(f"dimension_{key}", language)
    group = group_score(fulfilment.of_dimension(key))
    action = urls.dimension(language, key)
    main = html.Div(
        [
            html.Div(
                [
                    html.H1(name),
                    html.P(
                        text(
                            "dimension_lead",
                            language,
                            n=group.indicators,
                            **site.city_words(language),
                        ),
                        className="lead",
                    ),
                ],
                className="opening",
            ),
            html.Div(
                [
                    year_form(YEAR, site.years, fulfilment.as_of, action, language),
                    html.Div(dimension_part(site, language, key, fulfilment.as_of), id=PART),
                    chart_place(CHART_BUTTON, CHART, language),
                    html.Div(_bars(site, language, key, fulfilment.as_of), id=BARS),
                    html.Div(dimension_tables(site, language, key, fulfilment.as_of), id=TABLES),
                ],
                id="explore",
                className="explore",
            ),
            _case_study(site, key, language),
        ],
        className="page",
    )
    slug = urls.DIMENSION_SLUGS[key]
    return Page(
        title=name,
        description=f"{name}{_dated(as_of, language)}. {group_sentence(group, language)}",
        path=f"{slug}/?as_of={as_of}" if as_of else f"{slug}/",
        main=main,
        section=key,
        picture=card_of(slug, as_of),
        charted=True,
        shared_title=f"{name}: {as_of}" if as_of else "",
        scripts=("dash_takeover.js",),
        structured=(breadcrumbs(site, language, ((name, f"{slug}/"),)),),
    )


def _dated(as_of: int | None, language: Language) -> str:
    """The year that was asked for, as an addition to a name."""
    return f" ({text('picture_as_of', language, year=as_of)})" if as_of else ""


def dimension_part(site: Site, language: Language, key: str, as_of: int) -> list[Component]:
    """Return what depends on the chosen year above the bars, down to their heading."""
    fulfilment = site.fulfilment(as_of)
    group = group_score(fulfilment.of_dimension(key))
    groups = fulfilment.categories(key)
    return [
        html.Div(
            [
                html.P(group_sentence(group, language), className="finding", role="status"),
                band_strip(group),
                html.H2(text("legend_title", language), className="small"),
                legend(group, indicators_without_value(groups), language),
                html.P(
                    [
                        text("own_targets", language),
                        " ",
                        html.A(text("how_rated", language), href=urls.page(language, "method")),
                    ],
                    className="note",
                ),
                embed_button(
                    embed_page(
                        language,
                        urls.DIMENSION_SLUGS[key],
                        as_of if as_of != site.edition.year else None,
                    ),
                    language,
                ),
                picture_links(
                    language,
                    urls.DIMENSION_SLUGS[key],
                    as_of if as_of != site.edition.year else None,
                ),
            ],
            className="dimension-words",
        ),
        html.H2(text("bars_title", language, year=as_of)),
    ]


def _bars(site: Site, language: Language, key: str, as_of: int) -> html.Div:
    return fulfilment_bars(site.fulfilment(as_of).categories(key), language)


def dimension_tables(site: Site, language: Language, key: str, as_of: int) -> list[Component]:
    """A table per category, under its sub-dimension with the group's own score."""
    fulfilment = site.fulfilment(as_of)
    parts: list[Component] = [html.H2(text("tables_title", language, year=fulfilment.as_of))]
    groups = fulfilment.categories(key)
    for sub_dimension, members in groupby(groups, key=lambda group: group.sub_dimension):
        categories = tuple(members)
        scored = group_score(score for group in categories for score in group.indicators)
        parts.append(html.H3(sub_dimension[language]))
        parts.append(html.P(group_sentence(scored, language), className="note"))
        parts.append(category_table(categories, language, sub_dimension[language]))
    return parts


def _case_study(site: Site, key: str, language: Language) -> Component | None:
    study = site.profile.find("case_study")
    if study is None:
        return None
    blocks: list[Component] = []
    for kind in ("findings", "suggestions"):
        told = (site.profile.find(kind) or {}).get(key, ())
        if told:
            blocks.append(html.H3(text(f"case_{kind}", language)))
            blocks.append(html.Ul([html.Li(words[language]) for words in told]))
    source = site.edition.sources[study["source_id"]]
    return html.Section(
        [
            html.H2(text("case_title", language, year=source.year)),
            html.P(study["statement"][language]),
            *blocks,
            html.P(
                html.A(source.title, href=source.url, lang=source.title_language),
                className="note",
            ),
        ],
        className="case-study",
    )


@callback(
    Output(PART, "children"),
    Output(BARS, "children"),
    Output(TABLES, "children"),
    Output(ADDRESS, "data"),
    Input(YEAR, "value"),
    State(LANGUAGE, "data"),
    State(VARIABLES, "data"),
    prevent_initial_call=True,
)
def show_year(
    chosen: str, spoken: str, place: Any
) -> tuple[list[Component], Component, list[Component], str]:
    """Show another year."""
    language, site = language_of(spoken), current_site()
    key, as_of = dimension_of(place), chosen_year(site, chosen)
    return (
        dimension_part(site, language, key, as_of),
        _bars(site, language, key, as_of),
        dimension_tables(site, language, key, as_of),
        urls.dimension(language, key, as_of),
    )


@callback(
    *chart_outputs(CHART_BUTTON, CHART),
    Input(CHART_BUTTON, "n_clicks"),
    Input(YEAR, "value"),
    State(LANGUAGE, "data"),
    State(VARIABLES, "data"),
    prevent_initial_call=True,
)
def draw_chart(clicks: int, chosen: str, spoken: str, place: Any) -> Shown:
    """Open or close the interactive chart."""
    language, site = language_of(spoken), current_site()
    key, as_of = dimension_of(place), chosen_year(site, chosen)
    scored = site.fulfilment(as_of)
    return toggled(clicks, lambda: fulfilment_figure(scored, key, language), language)


def dimension_of(place: Any) -> str:
    """Read a dimension that a browser sent back; an unknown one is refused with 400."""
    asked = place.get("dimension") if isinstance(place, dict) else None
    found = next((key for key, slug in urls.DIMENSION_SLUGS.items() if slug == asked), None)
    return found or abort(400)


register_page(
    __name__,
    name="dimension",
    path_template="/<language>/<dimension>/",
    converters={"dimension": f"any({_SLUGS})"},
    layout=layout,
    order=1,
    navigation=(HEADER,),
    variants=lambda _site: [{"dimension": slug} for slug in urls.DIMENSION_SLUGS.values()],
    parameters=(Parameter("as_of", year),),
    explores=True,
    warm=True,
)
