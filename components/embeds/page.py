"""The document of an embed: one chart as HTML that needs nothing else and sets nothing."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Literal, get_args

from dash import html
from dash.development.base_component import Component

from components.bands import mark_definitions
from components.embeds.size import NARROWEST, PHONE, frame_height
from components.formats import titled
from components.markup import Markup, attribute, content
from components.pictures.style import document_chart_style
from components.takeover.paint import paint
from components.texts import text
from components.theme import custom_properties, with_tokens
from data.models import Language

FrameTheme = Literal["light", "dark", "auto"]
FRAME_THEMES: tuple[FrameTheme, ...] = get_args(FrameTheme)
_SHEET = Path(__file__).with_name("embed.css")
# Each range of widths up to one of these has a rule of its own; the last has no end.
_WIDTHS = (319, 372, 448, PHONE, 640, 720, 960)
_STEP = 32
_LEAST = 110  # Pixels: the words above a table, its head and a row.


@dataclass(frozen=True, slots=True)
class Interactive:
    """An interactive chart: a Plotly figure as JSON, and the addresses of what draws it."""

    figure: str
    script: str
    plotly: str


@dataclass(frozen=True, slots=True)
class Newer:
    """The version shown, the one that superseded it, and the page that shows that."""

    shown: str
    version: str
    address: str


@dataclass(frozen=True, slots=True)
class Surface:
    """Appearance of an embed, and the script inside it that reports its height."""

    theme: FrameTheme = "auto"
    titled: bool = True
    open_table: bool = False
    script: str = ""


@dataclass(frozen=True, slots=True)
class Embed:
    """Contents of an embed. ``address`` is its page on the site, with origin.

    ``choice`` says what the address asked for, where that is not the usual; ``kept`` tells
    whether the page shows it, too.

    ``table`` is None where there is no number. ``sources`` are sentences that name where the
    numbers come from; one that is ``scored`` says who chose the yardsticks. ``oembed``
    are the addresses that describe the embed itself, by media type. ``newer`` is there only
    where the edition shown is no longer in force.
    """

    title: str
    sentence: str
    choice: str
    chart: tuple[Component, ...]
    table: Component | None
    address: str
    credit: str
    edition: str
    kept: bool = True
    sources: tuple[str, ...] = ()
    oembed: Mapping[str, str] = field(default_factory=dict)
    newer: Newer | None = None
    interactive: Interactive | None = None
    scored: bool = True


def embed_document(
    shown: Embed, language: Language, site_name: str, surface: Surface, style: str = ""
) -> str:
    """The whole HTML of an embed. All links leave the frame."""
    head = frame_head(shown.address, shown.oembed)
    body = embed_body(shown, language, site_name, surface)
    if shown.table is not None:
        head += f"<style>{_rules_of_spare_height(body)}</style>"
    title = titled(shown.title, site_name, language)
    return frame_document(title, body, language, surface, head, style=style)


def frame_head(address: str, oembed: Mapping[str, str]) -> str:
    """Return the tags for a frame's page on the site, and for what describes it, by media type."""
    return f'<link rel="canonical" href="{attribute(address)}">' + "".join(
        f'<link rel="alternate" type="{kind}" href="{attribute(description)}">'
        for kind, description in oembed.items()
    )


def embed_body(
    shown: Embed, language: Language, site_name: str, surface: Surface
) -> list[Component]:
    """Return the contents of the frame from top to bottom.

    The site's name tells whose numbers these are, so it stays where the title is left out.
    """
    named = surface.titled and shown.title == site_name
    main = html.Main(
        [
            mark_definitions(),
            *([] if named else [html.P(site_name, className="eyebrow")]),
            html.H1(shown.title, className=None if surface.titled else "unseen"),
            html.P(shown.sentence),
            *([html.H2(shown.choice, className="small")] if shown.choice else []),
            *([] if shown.newer is None else [_superseded(shown.newer, language)]),
            *shown.chart,
            *([] if shown.interactive is None else [_interactive(shown.interactive, shown)]),
            *([] if shown.table is None else [_table(shown.table, language, surface)]),
        ]
    )
    yardsticks = f"{text('own_targets', language)} " if shown.scored else ""
    foot = html.Footer(
        [
            *(html.P(words, className="note") for words in shown.sources),
            html.A(shown.credit, href=shown.address),
            html.P(
                f"{yardsticks}{text('picture_licence', language)} {shown.edition}",
                className="note",
            ),
        ]
    )
    return [main, foot]


def _table(table: Component, language: Language, surface: Surface) -> html.Details:
    words = html.Summary(text("embed_table", language))
    return html.Details([words, table], id="numbers", open=surface.open_table)


def _superseded(newer: Newer, language: Language) -> html.P:
    words = text("embed_superseded", language, version=newer.shown)
    link = html.A(text("embed_newer", language, version=newer.version), href=newer.address)
    return html.P([words, " ", link], className="superseded")


def _interactive(chart: Interactive, shown: Embed) -> Markup:
    """The place of the chart, its figure as data, and the script that asks for Plotly."""
    # "<" is escaped so that no text of a table can close the element.
    figure = chart.figure.replace("<", "\\u003c")
    return Markup(
        f'<div id="interactive" role="group" aria-label="{attribute(shown.title)}" hidden></div>'
        f'<script type="application/json" id="figure">{figure}</script>'
        f'<script src="{attribute(chart.script)}" data-plotly="{attribute(chart.plotly)}" defer>'
        "</script>"
    )


def embed_fault(title: str, words: str, language: Language, home: html.A, surface: Surface) -> str:
    """The small page that stands in the frame where there is no chart to show."""
    main = html.Main([html.H1(title), html.P(words), html.P(home)])
    return frame_document(title, [main], language, surface, charted=False)


def frame_document(
    title: str,
    body: list[Component],
    language: Language,
    surface: Surface,
    head: str = "",
    *,
    charted: bool = True,
    style: str = "",
) -> str:
    """Return the whole HTML of what stands in a frame.

    ``charted`` brings the looks of charts; ``style`` is added to the style sheet.
    """
    theme = surface.theme
    scheme = "light dark" if theme == "auto" else theme
    script = f"<script>{surface.script}</script>" if surface.script else ""
    return (
        f'<!DOCTYPE html><html lang="{language}"><head><meta charset="utf-8">'
        f"<title>{content(title)}</title>"
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<meta name="robots" content="noindex"><meta name="color-scheme" content="{scheme}">'
        f'<base target="_top">{head}<style>{_style(theme, charted=charted)}{style}</style></head>'
        f"<body>{paint(body)}{script}</body></html>"
    )


@cache
def _style(theme: FrameTheme, *, charted: bool = True) -> str:
    source = _SHEET.read_text("utf-8")
    if not charted:
        source = source.replace("$bands", "")
    sheet = re.sub(r"/\*.*?\*/", "", with_tokens(source), flags=re.DOTALL)
    first = "light" if theme == "auto" else theme
    colours = f":root{{color-scheme:{first};{custom_properties(first)}}}"
    if theme == "auto":
        colours += (
            "@media (prefers-color-scheme:dark){:root{color-scheme:dark;"
            f"{custom_properties('dark')}}}}}"
        )
    charts = document_chart_style() if charted else ""
    return colours + charts + re.sub(r"\s*\n\s*", "", sheet)


def _rules_of_spare_height(body: Sequence[Component]) -> str:
    """CSS that shows the closed table of an embed where its chart leaves room, and no higher.

    Pages that allow no styles give a frame one height, the largest at any width; this leaves
    hundreds of pixels below most charts. embed.css reads the two properties; the heights are those
    that the chart needs by itself.
    """
    return "".join(
        f"@media (min-width:{first}px){end} and (min-height:{needed + _LEAST}px)"
        f"{{:root{{--table:visible;--chart:{needed}px}}}}"
        for first, end, needed in _ranges(body)
    )


def _ranges(body: Sequence[Component]) -> Iterator[tuple[int, str, int]]:
    """First width, condition on the last one, and the greatest height between, all in pixels."""
    first = NARROWEST
    for last in _WIDTHS:
        widths = (*range(first, last, _STEP), last)
        end = "" if last == _WIDTHS[-1] else f" and (max-width:{last}px)"
        yield first, end, max(frame_height(body, width) for width in widths)
        first = last + 1
