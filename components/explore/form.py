"""Filters of the page that explores scores: a plain GET form, kept up by what a choice changes."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import dash_bootstrap_components as dbc
from dash import html
from dash.development.base_component import Component

from components import urls
from components.markup import Markup, current, folded, hyphened
from components.selection_form import submit_button
from components.takeover.paint import paint
from components.texts import text
from data.exploration.filters import Selected
from data.exploration.selection import FILTERS, Chart, Selection, query_of, vocabulary_of
from data.models import Edition, Language
from data.yardsticks import COMMON, VIEWS

FORM = "explore-form"
# Filters with a box for each choice; indicators are searched for.
BOXES = tuple(name for name in FILTERS if name != "kpi")
SELECTS = ("yardstick", "from", "as_of", "before")
_MOST_CHIPS = 12
Options = list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Explored:
    """Editions, oldest first, the selection from them, and the language of the page."""

    editions: Sequence[Edition]
    selected: Selected
    language: Language

    @property
    def edition(self) -> Edition:
        """The edition in force."""
        return self.editions[-1]

    @property
    def selection(self) -> Selection:
        """The selection that is shown."""
        return self.selected.selection

    @property
    def default(self) -> Selection:
        """The selection without any choice."""
        return vocabulary_of(self.edition, self.selection.cities[0]).default

    @property
    def slugs(self) -> Mapping[str, str]:
        """The slugs of indicators by code."""
        return vocabulary_of(self.edition, self.selection.cities[0]).slugs

    def url(self, selection: Selection | None = None, language: Language | None = None) -> str:
        """Return the address of a selection, or of the one that is shown."""
        query = query_of(selection or self.selection, self.edition)
        path = urls.explore(language or self.language)
        return f"{path}?{query}" if query else path


def control_id(name: str) -> str:
    """Return the id of the control of a parameter."""
    return f"explore-{name}"


def filter_form(explored: Explored) -> html.Details:
    """Return the drawer with all filters; without scripts a button shows the result.

    The form is painted: Dash would look through its some 200 components for every part of an
    answer. assets/explore.js fills in what ``form_state`` says.
    """
    language = explored.language
    groups: list[Component] = [_search(language)]
    groups += [_boxes(name, explored) for name in BOXES]
    groups.append(
        _fold(
            text("explore_yardstick_years", language),
            [_select(name, explored) for name in SELECTS],
            opened=False,
        )
    )
    groups.append(_boxes("city", explored))
    form = html.Form(
        [*groups, submit_button("explore_show", language), *_hidden(explored)],
        id=FORM,
        action=urls.explore(language),
        className="explore-form",
        **{"method": "get", "autoComplete": "off", **hyphened(data_wake="")},
    )
    return folded(text("explore_filters", language), Markup(paint(form)), className="drawer")


def kept_values(explored: Explored) -> dict[str, str]:
    """Return what a choice keeps although no control shows it, by the name of its parameter."""
    selection, slugs = explored.selection, explored.slugs
    return {
        "view": "" if selection.chart == explored.default.chart else selection.chart,
        "kpi": ",".join(slugs[code] for code in selection.indicators),
        "pick": slugs.get(selection.highlighted, ""),
    }


def _hidden(explored: Explored) -> list[dbc.Input]:
    return [
        dbc.Input(id=control_id(name), name=name, type="hidden", value=value)
        for name, value in kept_values(explored).items()
    ]


def form_state(explored: Explored) -> dict[str, Any]:
    """Return what a choice changes in the form, by the ids of its controls.

    ``values`` of fields, the boxes that are ``ticked``, and the ``counts`` beside boxes.
    """
    fields = {"q": ""} | kept_values(explored)
    fields |= {name: _chosen_of_select(name, explored) for name in SELECTS}
    return {
        "values": {control_id(name): value for name, value in fields.items()},
        "ticked": [
            _box_id(name, word)
            for name in (*BOXES, "city")
            for word in chosen_words(name, explored)
        ],
        "counts": {
            _box_id(name, _word(choice)): count
            for name in BOXES
            for choice, count in explored.selected.facets[name].items()
        },
    }


def _box_id(name: str, word: str) -> str:
    return f"{control_id(name)}-{word}"


def chosen_words(name: str, explored: Explored) -> list[str]:
    """Return the values of the boxes that are ticked."""
    if name == "city":
        return list(explored.selection.cities[1:])
    return [_word(choice) for choice in explored.selection.filter(name)]


def box_options(name: str, explored: Explored) -> Options:
    """Return a box per choice, with the number of indicators that it would leave."""
    language = explored.language
    if name == "city":
        own = explored.selection.cities[0]
        return [
            {
                "label": city.name[language],
                "value": city.id,
                "input_id": _box_id(name, city.id),
            }
            for city in explored.edition.cities.values()
            if city.id != own
        ]
    words = choice_words(name, explored)
    return [
        {
            "label": [words(choice), " ", html.Small(str(count))],
            "value": _word(choice),
            "input_id": _box_id(name, _word(choice)),
        }
        for choice, count in explored.selected.facets[name].items()
    ]


def choice_words(name: str, explored: Explored) -> Callable[[str], str]:
    """Return the function that names a choice of a filter for readers."""
    language, edition = explored.language, explored.edition
    if name == "topic":
        topics = {topic.topic: topic.name[language] for topic in edition.topics}
        return topics.__getitem__
    if name == "kpi":
        names = {indicator.code: indicator.title[language] for indicator in edition.indicators}
        return names.__getitem__
    prefix = "explore_age" if name == "age" else name
    return lambda choice: text(f"{prefix}_{choice}", language)


def _word(choice: str) -> str:
    return choice.replace("_", "-")


def _search(language: Language) -> html.Div:
    return html.Div(
        [
            html.Label(text("explore_search", language), htmlFor="explore-q"),
            dbc.Input(id="explore-q", name="q", type="search", maxlength=100, value=""),
        ],
        className="field",
    )


def _boxes(name: str, explored: Explored) -> html.Details:
    chosen, options = chosen_words(name, explored), box_options(name, explored)
    boxes = dbc.Checklist(
        id=control_id(name), name=name, options=options, value=chosen, class_name="facet-boxes"
    )
    # What an edition has one or none of is no choice.
    hidden = len(options) < (1 if name == "city" else 2)
    title = text(f"explore_{name}", explored.language)
    return _fold(title, [boxes], opened=bool(chosen), hidden=hidden)


def _fold(
    title: str, children: list[Component], *, opened: bool, hidden: bool = False
) -> html.Details:
    parts = [html.Summary(title), html.Div(children)]
    return html.Details(parts, open=opened, hidden=hidden, className="facet")


def _select(name: str, explored: Explored) -> html.Div:
    language = explored.language
    return html.Div(
        [
            html.Label(text(f"explore_{name}", language), htmlFor=control_id(name)),
            dbc.Select(
                id=control_id(name),
                name=name,
                options=select_options(name, explored),
                value=_chosen_of_select(name, explored),
            ),
        ],
        className="field",
    )


def select_options(name: str, explored: Explored) -> Options:
    """Return the options of a select; an empty value stands for what holds without a choice."""
    language = explored.language
    if name == "yardstick":
        return [
            {
                "label": text(f"view_{view}", language),
                "value": "" if view == COMMON else _word(view),
            }
            for view in VIEWS
        ]
    first, last = explored.default.first_year, explored.default.last_year
    years = [{"label": str(year), "value": str(year)} for year in range(last, first - 1, -1)]
    if name == "as_of":
        return [{"label": str(last), "value": ""}, *years[1:]]
    if name == "from":
        return [*years[:-1], {"label": str(first), "value": ""}]
    earlier = [
        {"label": text("explore_edition", language, version=other.version), "value": other.version}
        for other in explored.editions[:-1]
    ]
    return [{"label": text("explore_before_any", language), "value": ""}, *earlier, *years[1:]]


def _chosen_of_select(name: str, explored: Explored) -> str:
    selection, default = explored.selection, explored.default
    value = {
        "yardstick": "" if selection.yardsticks == COMMON else _word(selection.yardsticks),
        "as_of": "" if selection.last_year == default.last_year else selection.last_year,
        "from": "" if selection.first_year == default.first_year else selection.first_year,
        "before": selection.before,
    }
    return str(value[name])


def choices_made(explored: Explored) -> list[tuple[str, Selection]]:
    """Return each choice in words, with the selection that is left without it."""
    selection, language = explored.selection, explored.language
    links: list[tuple[str, Selection]] = []
    for name in FILTERS:
        words = choice_words(name, explored)
        title = text(f"explore_{name}", language)
        links += [
            (f"{title}: {words(choice)}", selection.without(name, choice))
            for choice in selection.filter(name)
        ]
    links += [
        (
            explored.edition.cities[city].name[language],
            replace(selection, cities=tuple(kept for kept in selection.cities if kept != city)),
        )
        for city in selection.cities[1:]
    ]
    default = explored.default
    for name, attribute in _CHOSEN.items():
        value = getattr(selection, attribute)
        if value != getattr(default, attribute):
            words_of = text(f"view_{value}", language) if name == "yardstick" else value
            changes: dict[str, Any] = {attribute: getattr(default, attribute)}
            title = text(f"explore_{name}", language)
            links.append((f"{title}: {words_of}", replace(selection, **changes)))
    return links


def chips(explored: Explored) -> list[Component]:
    """Link each choice that is made to the same view without it."""
    links, default = choices_made(explored), explored.default
    if not links:
        return []
    items = [html.Li(_chip(words, rest, explored)) for words, rest in links[:_MOST_CHIPS]]
    cleared = replace(default, chart=explored.selection.chart)
    every = html.A(text("explore_clear", explored.language), href=explored.url(cleared))
    return [html.Ul([*items, html.Li(every)], className="chips")]


_CHOSEN = {
    "yardstick": "yardsticks",
    "from": "first_year",
    "as_of": "last_year",
    "before": "before",
}


def _chip(words: str, rest: Selection, explored: Explored) -> html.A:
    return html.A(
        words,
        href=explored.url(rest),
        className="chip",
        **hyphened(aria_label=text("list_drop", explored.language, words=words)),
    )


def tabs(charts: Collection[Chart], explored: Explored) -> html.Ul:
    """Link the views of the selection."""
    links = [
        html.Li(
            html.A(
                text(f"explore_view_{chart.replace('-', '_')}", explored.language),
                href=explored.url(replace(explored.selection, chart=chart)),
                className="chip",
                **current("true" if chart == explored.selection.chart else ""),
            )
        )
        for chart in charts
    ]
    return html.Ul(links, className="chips")
