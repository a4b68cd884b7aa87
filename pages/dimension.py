"""One dimension: its score, its indicators as bars and as tables, and the case study's words."""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby
from typing import Any

from dash import Input, Output, State, callback, html, register_page
from dash.development.base_component import Component
from flask import abort

from components import urls
from components.ages import chosen_title, dimension_sentence, group_sentence
from components.bands import legend
from components.bars import band_strip, fulfilment_bars
from components.chart_button import Shown, chart_outputs, chart_place, toggled
from components.document import Page
from components.embeds.form import embed_button
from components.embeds.picture_links import picture_links
from components.figures import fulfilment_figure
from components.indicator_table import category_table
from components.selection_form import (
    SelectionIds,
    selection_form,
    selection_inputs,
    selection_outputs,
)
from components.takeover.explored import ADDRESS, LANGUAGE, VARIABLES
from components.texts import text
from components.wheel import indicators_without_value
from components.year_changes import changes_part
from data.ages import ages_of
from data.groups import group_score
from data.models import Language
from data.scores import Fulfilment
from pages.embeds.choice import embed_page
from pages.pictures.charts import card_of
from pages.registry import HEADER
from pages.requests import language_of
from pages.selection import PARAMETERS, Selection, selection_of, updated_fields
from pages.site import Site, current_site
from pages.structured_data import breadcrumbs

IDS = SelectionIds.of("dimension")
PART, BARS, TABLES, CHART, CHART_BUTTON = (
    "dimension-part",
    "dimension-bars",
    "dimension-tables",
    "dimension-chart",
    "dimension-chart-button",
)

# Quoted, since werkzeug reads a bare hyphen as an operator.
_SLUGS = ",".join(f'"{slug}"' for slug in urls.DIMENSION_SLUGS.values())


def layout(language: Language, dimension: str, **query: Any) -> Page:
    """Return the dimension of a slug for a selection of years and yardsticks."""
    site, selection = current_site(), Selection(**query)
    key = dimension_of({"dimension": dimension})
    fulfilment = selection.fulfilment(site)
    name = text(f"dimension_{key}", language)
    group = group_score(fulfilment.of_dimension(key))
    rated, action = selection.rated(site, key), urls.dimension(language, key)
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
                    selection_form(IDS, site.scored_years, fulfilment, rated, action, language),
                    html.Div(dimension_part(site, language, key, selection), id=PART),
                    chart_place(CHART_BUTTON, CHART, language),
                    html.Div(_bars(fulfilment, language, key), id=BARS),
                    html.Div(dimension_tables(fulfilment, language, key), id=TABLES),
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
        description=f"{name}. {dimension_sentence(fulfilment, key, language)}",
        path=urls.dimension(language, key, **selection.query()).removeprefix(f"/{language}/"),
        main=main,
        section=key,
        picture=card_of(slug, selection),
        charted=True,
        shared_title=chosen_title(name, fulfilment, language),
        scripts=("dash_takeover.js",),
        structured=(breadcrumbs(site, language, ((name, f"{slug}/"),)),),
    )


def dimension_part(
    site: Site, language: Language, key: str, selection: Selection
) -> list[Component]:
    """Return what depends on the selection above the bars, down to their heading."""
    fulfilment = selection.fulfilment(site)
    members = fulfilment.of_dimension(key)
    group, ages = group_score(members), ages_of(members, fulfilment.recent_from)
    groups = fulfilment.categories(key)
    before, links = selection.before(site), selection.links(site)
    changes = (
        changes_part(_of(before.fulfilment(site), key), _of(fulfilment, key), language)
        if before
        else []
    )
    return [
        html.Div(
            [
                html.P(
                    dimension_sentence(fulfilment, key, language),
                    className="finding",
                    role="status",
                ),
                *changes,
                band_strip(group, ages),
                html.H2(text("legend_title", language), className="small"),
                legend(group, indicators_without_value(groups), ages, language),
                html.P(
                    [
                        text("own_targets", language),
                        " ",
                        html.A(text("how_rated", language), href=urls.page(language, "method")),
                    ],
                    className="note",
                ),
                embed_button(embed_page(language, urls.DIMENSION_SLUGS[key], **links), language),
                picture_links(language, urls.DIMENSION_SLUGS[key], **links),
            ],
            className="dimension-words",
        ),
        html.H2(chosen_title(text("overview_bars", language), fulfilment, language)),
    ]


def _of(fulfilment: Fulfilment, key: str) -> Fulfilment:
    return replace(fulfilment, indicators=fulfilment.of_dimension(key))


def _bars(fulfilment: Fulfilment, language: Language, key: str) -> html.Div:
    return fulfilment_bars(fulfilment.categories(key), language, fulfilment.recent_from)


def dimension_tables(fulfilment: Fulfilment, language: Language, key: str) -> list[Component]:
    """A table per category, under its sub-dimension with the group's own score."""
    title = chosen_title(text("overview_table", language), fulfilment, language)
    parts: list[Component] = [html.H2(title)]
    groups = fulfilment.categories(key)
    for sub_dimension, members in groupby(groups, key=lambda group: group.sub_dimension):
        categories = tuple(members)
        scores = (score for group in categories for score in group.indicators)
        name = sub_dimension[language]
        parts.append(html.H3(name))
        parts.append(html.P(group_sentence(scores, language), className="note"))
        parts.append(category_table(categories, language, name, fulfilment.recent_from))
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
    *selection_outputs(IDS),
    Output(ADDRESS, "data"),
    *selection_inputs(IDS),
    State(LANGUAGE, "data"),
    State(VARIABLES, "data"),
    prevent_initial_call=True,
)
def show_selection(
    as_of: Any, yardstick: Any, since: Any, spoken: str, place: Any
) -> tuple[Any, ...]:
    """Show another year, other yardsticks or recent values only."""
    language, site = language_of(spoken), current_site()
    key, selection = dimension_of(place), selection_of(site, IDS, as_of, yardstick, since)
    fulfilment = selection.fulfilment(site)
    return (
        dimension_part(site, language, key, selection),
        _bars(fulfilment, language, key),
        dimension_tables(fulfilment, language, key),
        *updated_fields(IDS, site, selection, language, key),
        urls.dimension(language, key, **selection.query()),
    )


@callback(
    *chart_outputs(CHART_BUTTON, CHART),
    Input(CHART_BUTTON, "n_clicks"),
    *selection_inputs(IDS),
    State(LANGUAGE, "data"),
    State(VARIABLES, "data"),
    prevent_initial_call=True,
)
def draw_chart(
    clicks: int, as_of: Any, yardstick: Any, since: Any, spoken: str, place: Any
) -> Shown:
    """Open or close the interactive chart."""
    language, site = language_of(spoken), current_site()
    key, selection = dimension_of(place), selection_of(site, IDS, as_of, yardstick, since)
    scored = selection.fulfilment(site)
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
    parameters=PARAMETERS,
    explores=True,
    warm=True,
)
