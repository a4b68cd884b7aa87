"""A plain Dash application with several pages, as its documentation builds one.

BENCH_CONTENTS names the file with what the pages say.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import dash
import plotly.express as px
from dash import Dash, dcc, html
from dash.development.base_component import Component

CONTENTS: dict[str, dict[str, Any]] = json.loads(
    Path(os.environ["BENCH_CONTENTS"]).read_text("utf-8")
)
_TAGS = {"h1": html.H1, "h2": html.H2, "h3": html.H3, "p": html.P}


def table(rows: list[list[str]]) -> html.Table:
    """A table with its first row as the head."""
    head, *body = rows
    return html.Table(
        [
            html.Thead(html.Tr([html.Th(cell) for cell in head])),
            html.Tbody([html.Tr([html.Td(cell) for cell in row]) for row in body]),
        ]
    )


def figure(rows: list[dict[str, str]]) -> Component:
    """Shares of target: the wheel of all, or bars of some."""
    names = [row["code"] for row in rows]
    shares = [float(row["share"] or 0) for row in rows]
    if len({row["dimension"] for row in rows}) > 1:
        parents = [row["dimension"] for row in rows]
        return dcc.Graph(
            figure=px.sunburst(
                {"name": names, "parent": parents, "share": shares},
                path=["parent", "name"],
                color="share",
            )
        )
    return dcc.Graph(figure=px.bar(x=shares, y=names, orientation="h"))


def page(path: str) -> Component:
    """Everything that stands on a page."""
    content = CONTENTS.get(path)
    if content is None:
        return html.H1("404")
    blocks = [
        table(block["rows"]) if block["kind"] == "table" else _TAGS[block["kind"]](block["text"])
        for block in content["blocks"]
    ]
    return html.Div(
        [*blocks[:1], *([figure(content["figure"])] if content["figure"] else []), *blocks[1:]]
    )


# Otherwise Dash sends the layouts of all pages along with each first answer.
app = Dash(__name__, use_pages=True, pages_folder="", suppress_callback_exceptions=True)
dash.register_page("home", path="/", layout=lambda **_: page("/"))
dash.register_page("list", path="/kpi/", layout=lambda **_: page("/kpi/"))
dash.register_page(
    "indicator", path_template="/kpi/<slug>/", layout=lambda slug="", **_: page(f"/kpi/{slug}/")
)
for _name in ("economy", "environment", "society-culture"):
    dash.register_page(_name, path=f"/{_name}/", layout=lambda path=f"/{_name}/", **_: page(path))
app.layout = html.Div(
    [html.Nav([dcc.Link("Home", href="/"), dcc.Link("List", href="/kpi/")]), dash.page_container]
)
server = app.server
