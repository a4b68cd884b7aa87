"""Component trees as HTML: complete, escaped, well nested, and nothing left out in silence."""

from __future__ import annotations

from typing import Any

import dash_bootstrap_components as dbc
import pytest
from dash import dcc, html
from hypothesis import given
from hypothesis import strategies as st
from lxml.html import fragment_fromstring

from components.markup import Markup
from components.takeover.paint import Unpaintable, paint
from tests.builders import nesting_faults

NASTY = '<script>alert("1")</script> & \'ё\' "'
# What HTML cannot hold at all, and what a parser of HTML rewrites.
words = st.text(st.characters(exclude_categories=("Cs", "Cc"), include_characters="<>&\"'"))


@given(words)
def test_any_text_comes_back_as_it_was(given_words: str) -> None:
    painted = paint(html.P(given_words, title=given_words))
    element = fragment_fromstring(painted)
    assert element.tag == "p"
    assert (element.text or "") == given_words
    assert element.get("title") == given_words
    assert len(element) == 0


def test_a_picture_of_our_own_is_taken_as_it_is() -> None:
    assert paint(Markup("<svg></svg>", className="x")) == '<div class="x"><svg></svg></div>'
    assert paint(Markup("<svg></svg>", inline=True)) == "<span><svg></svg></span>"


@pytest.mark.parametrize(
    ("tree", "painted"),
    [
        (html.Label("x", htmlFor="a"), '<label for="a">x</label>'),
        (html.A("x", hrefLang="en", lang="en"), '<a hreflang="en" lang="en">x</a>'),
        (html.Th("x", colSpan=6, scope="row"), '<th colspan="6" scope="row">x</th>'),
        (html.Div(tabIndex="0", **{"aria-label": "x"}), '<div tabindex="0" aria-label="x"></div>'),
        (
            html.Div(id="d", **{"data-b": "1", "data-a": "2", "aria-label": "x"}),
            '<div id="d" aria-label="x" data-a="2" data-b="1"></div>',
        ),
        (html.Div(hidden=True), "<div hidden></div>"),
        (html.Div(hidden=False), "<div></div>"),
        (html.Button("x", n_clicks=0, id="b"), '<button id="b">x</button>'),
        (html.Img(alt=""), '<img alt="">'),
        ([html.Br(), "a", 1, None, False, ["b"]], "<br>a1b"),
        (html.Div(dcc.Store(id="s", data={"a": 1})), "<div></div>"),
    ],
)
def test_attributes_and_children_become_those_of_html(tree: Any, painted: str) -> None:
    assert paint(tree) == painted


def test_a_select_shows_its_options_and_the_chosen_one() -> None:
    options = [{"label": NASTY, "value": 2018}, {"label": "b", "value": '"'}]
    element = fragment_fromstring(
        paint(dbc.Select(id="s", name="y", options=options, value="2018"))
    )
    assert (element.get("id"), element.get("name")) == ("s", "y")
    assert [option.text for option in element] == [NASTY, "b"]
    assert [option.get("value") for option in element] == ["2018", '"']
    assert [option.get("selected") is not None for option in element] == [True, False]


def test_an_input_shows_what_was_typed() -> None:
    tree = dbc.Input(id="q", name="q", type="search", value=NASTY, maxlength=100)
    element = fragment_fromstring(paint(tree))
    assert {name: element.get(name) for name in ("id", "name", "type", "value", "maxlength")} == {
        "id": "q",
        "name": "q",
        "type": "search",
        "value": NASTY,
        "maxlength": "100",
    }


@pytest.mark.parametrize("unknown", [dcc.Graph(), dbc.Button("x"), {"a": 1}.items, object()])
def test_an_unknown_component_is_refused(unknown: Any) -> None:
    with pytest.raises(Unpaintable):
        paint(html.Div([unknown]))


def element(tag: Any, children: list[Any]) -> Any:
    return tag(title="t") if tag in (html.Br, html.Img) else tag(children, title="t")


tags = st.sampled_from([html.Div, html.P, html.Ul, html.Span, html.Br, html.Img, html.Td, html.A])
leaves = words | st.integers() | st.none()
trees = st.recursive(leaves, lambda inner: st.builds(element, tags, st.lists(inner, max_size=4)))


@given(trees)
def test_any_tree_is_well_nested(tree: Any) -> None:
    assert not nesting_faults(paint(html.Div(tree)))
