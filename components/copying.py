"""A box with text to copy: selectable as it stands, and by a button where there are scripts."""

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from components.markup import hyphened
from components.texts import text
from data.models import Language

# "No linguistic content": screen readers and translators shall leave code alone.
CODE_LANGUAGE = "zxx"


def copy_box(
    id: str, name: str, words: str, language: Language, *, prose: bool = False
) -> html.Div:
    """``words`` under their ``name``, which must be the only one of its kind on the page.

    Code keeps its lines and may be scrolled to by keyboard; ``prose`` is in the page's language.
    """
    plain = words.replace("\r\n", "\n").strip("\n")
    label = hyphened(aria_label=name)
    box: Component
    if prose:
        box = html.P(plain, id=id, className="code-box prose-box")
    else:
        code = html.Code(plain, lang=CODE_LANGUAGE)
        box = html.Pre(code, id=id, tabIndex="0", role="region", className="code-box", **label)
    return html.Div(
        [
            html.Div(
                [html.B(name), *_copying(id, name, text("copy", language))], className="copy-bar"
            ),
            box,
        ],
        className="copy-box",
    )


def copy_heading(ids: Sequence[str], name: str, what: str, language: Language) -> html.Div:
    """A heading with a button that copies the text of several boxes, a line between them.

    ``what`` names for the button what it copies.
    """
    copying = _copying(" ".join(ids), what, text("copy_all", language))
    return html.Div([html.H2(name), *copying], className="copy-bar copy-all")


def _copying(ids: str, name: str, label: str) -> list[Component]:
    button = html.Button(
        label,
        type="button",
        className="button quiet copy needs-scripts",
        **hyphened(aria_label=f"{label}: {name}", data_wake="", data_copy=ids),
    )
    return [html.Span(role="status", className="copied"), button]
