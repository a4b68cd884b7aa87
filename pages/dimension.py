"""One dimension: its finding, a row per indicator, and the case study's words."""

from functools import partial
from typing import Any

from dash import Input, State, callback, html, register_page
from dash.development.base_component import Component
from flask import abort

from components import urls
from components.ages import chosen_title
from components.chart_button import Shown, chart_outputs, chart_place, toggled
from components.dimension_overview import dimension_tabs, finding, of_dimension, sentence_name
from components.document import Page
from components.figures import fulfilment_figure
from components.indicator_rows import ORDERS, Links, Order
from components.markup import folded
from components.selection_form import edition_notice, selection_form
from components.takeover.explored import LANGUAGE, QUERY, VARIABLES
from components.texts import text
from components.year_changes import changes_part
from data.models import Language
from data.scores import IndicatorScore
from pages.dimension_rows import ROWS, dimension_rows, order_query
from pages.pictures.charts import card_of
from pages.registry import HEADER
from pages.requests import Parameter, language_of, one_of
from pages.selection import PARAMETERS, Selection, selection_at, selection_in, site_of
from pages.site import Site, current_site
from pages.structured_data import breadcrumbs

CHART, CHART_BUTTON = "dimension-chart", "dimension-chart-button"
# Quoted, since werkzeug reads a bare hyphen as an operator.
_SLUGS = ",".join(f'"{slug}"' for slug in urls.DIMENSION_SLUGS.values())


def layout(language: Language, dimension: str, sort: Order = ORDERS[0], **query: Any) -> Page:
    """Return the dimension of a slug for a selection of years and yardsticks."""
    selection = selection_in(query)
    site = site_of(selection.edition)
    key = dimension_of({"dimension": dimension})
    fulfilment = selection.fulfilment(site)
    name = text(f"dimension_{key}", language)
    rated, action = selection.rated(site, key), urls.dimension(language, key)
    main = html.Div(
        [
            *dimension_part(site, language, key, selection),
            selection_form(
                site.scored_years,
                fulfilment,
                rated,
                action,
                language,
                edition=selection.edition,
                **order_query(sort),
            ),
            html.Div(dimension_rows(site, language, key, selection, sort), id=ROWS),
            _chart_fold(language),
            *_case_study(site, key, language),
        ],
        className="page dimension",
    )
    slug = urls.DIMENSION_SLUGS[key]
    words = "".join(finding(of_dimension(fulfilment, key), language))
    query = selection.query() | order_query(sort)
    return Page(
        title=chosen_title(name, fulfilment, language, selection.edition),
        description=f"{name}. {words}",
        path=urls.dimension(language, key, **query).removeprefix(f"/{language}/"),
        main=main,
        section=key,
        picture=card_of(slug, selection),
        charted=True,
        patterned=True,
        scripts=("swap.js", "dash_takeover.js"),
        structured=(breadcrumbs(site, language, ((name, f"{slug}/"),)),),
    )


def dimension_part(
    site: Site, language: Language, key: str, selection: Selection
) -> list[Component]:
    """Return what depends on the selection above the form: neighbours, finding, changes."""
    fulfilment = selection.fulfilment(site)
    members = of_dimension(fulfilment, key)
    before, links = selection.before(site), selection.links(site)
    address = partial(urls.indicator, language, **links)
    newest = current_site().edition.version
    changes = (
        changes_part(of_dimension(before.fulfilment(site), key), members, language, address)
        if before
        else []
    )
    first, *sentences = finding(
        members, language, partial(_named_link, language=language, links=address)
    )
    return [
        dimension_tabs(fulfilment, key, language, **links),
        html.H1(text(f"dimension_{key}", language)),
        html.P([html.B(first), *sentences], className="finding", role="status"),
        *edition_notice(site.edition.version, newest, urls.dimension(language, key), language),
        *changes,
    ]


def _named_link(score: IndicatorScore, language: Language, links: Links) -> html.A:
    return html.A(sentence_name(score, language), href=links(score.indicator.slug))


def _chart_fold(language: Language) -> html.Details:
    place = chart_place(CHART_BUTTON, CHART, language)
    return folded(
        text("chart_fold", language),
        html.Div(place, id="explore", className="explore"),
        className="chart-fold",
    )


def _case_study(site: Site, key: str, language: Language) -> list[Component]:
    study = site.profile.find("case_study")
    if study is None:
        return []
    blocks: list[Component] = []
    for kind in ("findings", "suggestions"):
        statements = (site.profile.find(kind) or {}).get(key, ())
        if statements:
            blocks.append(html.H2(text(f"case_{kind}", language), className="small"))
            blocks.append(html.Ul([html.Li(words[language]) for words in statements]))
    source = site.edition.sources[study["source_id"]]
    return [
        folded(
            text("case_title", language, year=source.year),
            html.P(study["statement"][language]),
            *blocks,
            html.P(
                html.A(source.title, href=source.url, lang=source.title_language),
                className="note",
            ),
            className="case-study",
        )
    ]


@callback(
    *chart_outputs(CHART_BUTTON, CHART),
    Input(CHART_BUTTON, "n_clicks"),
    Input(QUERY, "data"),
    State(LANGUAGE, "data"),
    State(VARIABLES, "data"),
    prevent_initial_call=True,
)
def draw_chart(clicks: int, query: Any, spoken: str, place: Any) -> Shown:
    """Open or close the interactive chart of the selection in the address."""
    language, key = language_of(spoken), dimension_of(place)
    selection = selection_at(query)
    scored = selection.fulfilment(site_of(selection.edition))
    return toggled(clicks, lambda: fulfilment_figure(scored, key, language), language)


def dimension_of(place: Any) -> str:
    """Read a dimension that a browser sent back; an unknown one is refused with 400."""
    dimension_slug = place.get("dimension") if isinstance(place, dict) else None
    dimension = next(
        (key for key, slug in urls.DIMENSION_SLUGS.items() if slug == dimension_slug), None
    )
    return dimension or abort(400)


register_page(
    __name__,
    name="dimension",
    path_template="/<language>/<dimension>/",
    converters={"dimension": f"any({_SLUGS})"},
    layout=layout,
    order=1,
    navigation=(HEADER,),
    variants=lambda _site: [{"dimension": slug} for slug in urls.DIMENSION_SLUGS.values()],
    parameters=(*PARAMETERS, Parameter("sort", one_of(ORDERS))),
    explores=True,
    warm=True,
)
