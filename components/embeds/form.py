"""The embed page's form, the boxes with its codes, and the chart as readers will see it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import dash_bootstrap_components as dbc
from dash import html
from dash.development.base_component import Component

from components.copying import copy_box
from components.markup import Markup, attribute, content
from components.selection_form import REACTING, submit_button
from components.texts import text
from data.models import Language

# Of a phone in pixels, as the chart can be looked at; assets/embed_code.css sets it.
PHONE = 360
Options = Sequence[tuple[str, str]]


def embed_form(
    action: str,
    groups: Mapping[str, Options],
    fields: Mapping[str, Options],
    chosen: Mapping[str, str],
    matched: html.P,
    language: Language,
) -> html.Form:
    """A plain GET form: a search and what it found, the charts, and a select per field."""
    search = dbc.Input(
        id="embed-q",
        name="q",
        type="search",
        value=chosen["q"] or None,
        autocomplete="off",
        maxlength=100,
    )
    charts = html.Select(
        [
            html.Optgroup(
                [_option(value, label, chosen["chart"]) for value, label in options], label=group
            )
            for group, options in groups.items()
        ],
        id="embed-chart",
        name="chart",
        className="form-select",
    )
    selects = [
        _field(
            name,
            dbc.Select(
                id=f"embed-{name}",
                name=name,
                options=[{"value": value, "label": label} for value, label in options],
                value=chosen[name],
            ),
            language,
        )
        for name, options in fields.items()
    ]
    return html.Form(
        [
            _field("q", search, language),
            matched,
            _field("chart", charts, language),
            *selects,
            submit_button("embed_show", language),
        ],
        id="embed-form",
        action=action,
        className="embed-form",
        **REACTING,
    )


def _option(value: str, label: str, chosen: str) -> html.Option:
    return html.Option(label, value=value, selected=value == chosen)


def _field(name: str, control: Component, language: Language) -> html.Div:
    label = html.Label(text(f"embed_field_{name}", language), htmlFor=f"embed-{name}")
    wide = " wide" if name in ("q", "chart") else ""
    return html.Div([label, control], className=f"field{wide}")


def code_boxes(codes: Mapping[str, str], language: Language) -> html.Div:
    """Each code under its name, with when to take it and a button to copy it."""
    sections = [
        html.Section(
            [
                html.H2(text(f"embed_{kind}", language), className="small"),
                html.P(text(f"embed_{kind}_words", language), className="note"),
                copy_box(f"code-{kind}", text(f"embed_{kind}_code", language), code, language),
            ]
        )
        for kind, code in codes.items()
    ]
    return html.Div(sections, id="embed-codes")


def preview(code: str, widest: int, language: Language) -> html.Section:
    """The frame at its own width or at a phone's, chosen without any script."""
    switch = "".join(
        f'<input type="radio" name="width" id="embed-{kind}" class="embed-{kind}"{checked}>'
        f'<label for="embed-{kind}" id="embed-label-{kind}">'
        f"{content(text(f'embed_preview_{kind}', language, px=px))}</label>"
        for kind, px, checked in (("desk", widest, " checked"), ("phone", PHONE, ""))
    )
    name = attribute(text("embed_preview_width", language))
    return html.Section(
        [
            html.H2(text("embed_preview", language), className="small"),
            Markup(
                f'<div class="embed-switch" role="group" aria-label="{name}">{switch}</div>'
                f'<div class="embed-stage" id="embed-stage">{code}</div>',
                className="embed-preview",
            ),
        ]
    )
