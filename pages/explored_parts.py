"""Parts of the page of Explore: what is said, the picture or chart, the rows and their reuse."""

from collections.abc import Mapping
from typing import Any

from dash import dcc, html
from dash.development.base_component import Component

from components import urls
from components.chart_button import chart_config
from components.explore.form import Explored
from components.explore.rows import FEW, rows_table
from components.explore.tools import tools
from components.explore.views import VIEWS
from components.takeover.paint import paint
from components.texts import text
from data.exploration.export import selection_code
from pages.embeds.choice import share_page
from pages.exploration import cited_view, context_of_view
from pages.explored_chart import name_of
from pages.site import current_site

FIGURE = "explore-figure"


def said(explored: Explored) -> list[Component]:
    """Say what is shown, and how much filters and missing data leave out."""
    language, left_out = explored.language, explored.selected.left_out
    view, context = VIEWS[explored.selection.chart], context_of_view(current_site(), explored)
    finding = view.sentence(explored.selected, context)
    counts = [text("explore_left", language, n=explored.selected.count)]
    counts += [
        text(f"explore_left_{name}", language, n=left_out[name])
        for name in ("filters", "no_value")
        if left_out[name]
    ]
    parts: list[Component] = [
        html.P(finding, className="finding", role="status"),
        html.P(" ".join(counts), className="note"),
    ]
    if ignored := explored.selection.ignored:
        words = ", ".join(ignored[:5])
        parts.append(html.P(text("explore_ignored", language, words=words), className="notice"))
    return parts


def picture(explored: Explored) -> str:
    """Return the picture as HTML: Dash would take longer to draw it than the server to paint it."""
    view, context = VIEWS[explored.selection.chart], context_of_view(current_site(), explored)
    if view.reason_empty(explored.selected, context):
        return ""
    picture = view.paint(explored.selected, context)
    return paint([_heading(explored), picture, *_document_form(explored)])


def chart(explored: Explored, *, narrow: bool) -> list[Component]:
    """Return the interactive chart in place of the picture."""
    view = VIEWS[explored.selection.chart]
    context = context_of_view(current_site(), explored, narrow=narrow)
    if view.reason_empty(explored.selected, context):
        return []
    figure = view.figure(explored.selected, context)
    graph = dcc.Graph(
        id=FIGURE,
        figure=figure,
        style={"height": f"{figure['layout']['height']}px"},
        config=chart_config(explored.language) | {"displayModeBar": False},
    )
    return [_heading(explored), graph]


def _heading(explored: Explored) -> html.H2:
    key = f"explore_view_{explored.selection.chart.replace('-', '_')}"
    return html.H2(text(key, explored.language), className="small")


def _document_form(explored: Explored) -> list[Component]:
    """Lead from one indicator of several cities to the page that compares them in words."""
    selection = explored.selection
    if selection.chart != "cities" or len(selection.indicators) != 1:
        return []
    slug = explored.slugs[selection.indicators[0]]
    href = urls.page(explored.language, "compare", kpi=slug, city=selection.cities[1:] or "")
    return [html.P(html.A(text("explore_compare", explored.language), href=href))]


def rows(explored: Explored, query: Mapping[str, Any]) -> str:
    """Return the table of rows as HTML."""
    if not explored.selected.rows:
        return ""
    return paint(rows_table(explored, None if "all" in query.get("rows", ()) else FEW))


def reuse(explored: Explored) -> str:
    """Return the link, the files, the code and the citation of a selection as HTML."""
    site = current_site()
    code = selection_code(site.edition, explored.selection, site.around.base_url)
    share = share_page(explored.language, name_of(explored))
    return paint(tools(explored, cited_view(site, explored), code, share))
