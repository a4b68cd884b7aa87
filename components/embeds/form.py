"""The Share panel: where a chart is wanted, the one code for that place, and how it looks there."""

from collections.abc import Mapping, Sequence

import dash_bootstrap_components as dbc
from dash import html
from dash.development.base_component import Component
from markdown_it import MarkdownIt

from components.copying import copy_box
from components.embeds.codes import Embedding, figure_code, frame_code, picture_code
from components.embeds.places import markdown_code, message, newsletter_code, wiki_code
from components.markup import Markup, attribute, content, hidden_fields, hyphened
from components.selection_form import REACTING, submit_button
from components.texts import text
from data.models import Language

# Of a phone in pixels, as the chart can be looked at; assets/embed_code.css sets it.
PHONE = 360
LARGEST = 2400  # Pixels across: the most that is drawn.
_CODES = {
    "address": lambda shared: shared.pasted,
    "frame": frame_code,
    "figure": figure_code,
    "picture": picture_code,
    "markdown": markdown_code,
    "wiki": wiki_code,
    "newsletter": newsletter_code,
    "message": message,
}
_PROSE = ("address", "message")
Options = Sequence[tuple[str, str]]


def share_form(action: str, question: Component, code: Component, choices: Component) -> html.Form:
    """Return a plain GET form: the question, what answers it, and what else can be chosen."""
    return html.Form(
        [question, code, choices],
        id="embed-form",
        action=action,
        className="share-form",
        **REACTING,
    )


def question(places: Sequence[str], place: str, language: Language) -> html.Fieldset:
    """Ask where the chart is wanted."""
    options = [
        {"value": name, "label": text(f"share_{name}", language), "input_id": f"place-{name}"}
        for name in places
    ]
    return html.Fieldset(
        [
            html.Legend(text("share_question", language)),
            dbc.RadioItems(name="place", value=place, options=options, class_name="share-places"),
            submit_button("embed_show", language),
        ]
    )


def chart_choices(
    groups: Mapping[str, Options],
    fields: Mapping[str, Options],
    chosen: Mapping[str, str],
    matched: html.P,
    language: Language,
) -> html.Section:
    """Return a search and what it found, the charts, and folded a select per field.

    ``chosen`` has the values of all fields; those that are not offered are carried along.
    """
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
    others = set(chosen) - {"place", "q", "chart", *fields}
    kept = {name: chosen[name] for name in sorted(others) if chosen[name]}
    return html.Section(
        [
            html.H2(text("share_chart", language), className="small"),
            _field("q", search, language),
            matched,
            _field("chart", charts, language),
            html.Details([html.Summary(text("share_look", language)), *selects]),
            hidden_fields(**kept),
            submit_button("embed_show", language),
        ],
        className="share-choices",
    )


def _option(value: str, label: str, chosen: str) -> html.Option:
    return html.Option(label, value=value, selected=value == chosen)


def _field(name: str, control: Component, language: Language) -> html.Div:
    label = html.Label(text(f"embed_field_{name}", language), htmlFor=f"embed-{name}")
    return html.Div([label, control], className="field")


def share_code(
    shared: Embedding, place: str, name: str, language: Language, base_url: str, press: str
) -> html.Section:
    """Return what one place takes, and how: a code to copy, or files.

    ``name`` is the chart's; ``press`` the path of its press kit, empty without one.
    """
    words = text(f"share_{place}_words", language)
    if place == "download":
        answer: Component = _downloads(shared, language, base_url)
    else:
        label, code = text(f"share_{place}_code", language), _CODES[place](shared)
        answer = copy_box("share-code", label, code, language, prose=place in _PROSE)
    return html.Section(
        [
            html.P(
                text("embed_ready", language, place=text(f"share_{place}", language), name=name),
                id="embed-told",
                role="status",
            ),
            html.P(words, className="note"),
            answer,
            html.P(html.A(text("share_press", language), href=press)) if press else None,
        ],
        id="embed-codes",
    )


def _downloads(shared: Embedding, language: Language, base_url: str) -> Component:
    """Return a row per form of the picture: PNG of its own width and of twice that, and SVG.

    They come from this very site, since browsers save no files of others at once.
    """
    rows = []
    for form, drawing in shared.drawings.items():
        name, width = text(f"share_form_{form}", language), drawing.size[0]
        twice = min(2 * width, LARGEST)
        files = {
            f"PNG {width} × {drawing.size[1]}": drawing.file("png"),
            f"PNG {twice} × {drawing.height(twice)}": drawing.address(twice),
            "SVG": drawing.file("svg"),
        }
        links = [
            html.A(
                words,
                href=address.removeprefix(base_url),
                download="",
                **hyphened(aria_label=f"{name}, {words}"),
            )
            for words, address in files.items()
        ]
        rows.append(html.Li([html.B(name), *links]))
    return html.Ul(rows, className="share-files")


def preview(shared: Embedding, place: str, language: Language, base_url: str) -> html.Section:
    """Return what readers will see, at its own width or at a phone's, chosen without any script.

    Its files come from this very site. It takes no part in the order of Tab, since a wheel has
    a link per indicator.
    """
    shown = _shown(shared, place).replace(f'src="{base_url}/', 'src="/')
    switch = "".join(
        f'<input type="radio" name="width" id="embed-{kind}" class="embed-{kind}"{checked}>'
        f'<label for="embed-{kind}" id="embed-label-{kind}">'
        f"{content(text(f'embed_preview_{kind}', language, px=px))}</label>"
        for kind, px, checked in (("desk", shared.widest, " checked"), ("phone", PHONE, ""))
    )
    name = attribute(text("embed_preview_width", language))
    return html.Section(
        [
            html.H2(text("embed_preview", language), className="small"),
            Markup(
                f'<div class="embed-switch" role="group" aria-label="{name}">{switch}</div>'
                f'<div class="embed-stage" id="embed-stage" inert>{shown}</div>',
                className="embed-preview",
            ),
            html.P(html.A(text("share_alone", language), href=shared.frame)),
        ]
    )


def _shown(shared: Embedding, place: str) -> str:
    """Return the markup that a place makes of its code."""
    if place in ("markdown", "wiki"):
        return f"<div>{MarkdownIt('commonmark').render(markdown_code(shared))}</div>"
    if place == "newsletter":
        return newsletter_code(shared)
    if place == "message":
        return f"<p>{content(shared.finding)}</p><p><a>{content(shared.page)}</a></p>"
    if place not in ("picture", "download"):
        return frame_code(shared)
    # The stage has a width of its own, which media queries of the code's sources do not know.
    return "".join(
        f'<img class="for-{kind}" src="{attribute(drawing.file("svg"))}" alt="" loading="lazy" '
        f'width="{width}" height="{drawing.height(width)}">'
        for kind, drawing, width in (
            ("desk", shared.picture, shared.widest),
            ("phone", shared.phone, shared.phone.size[0]),
        )
    )
