"""The form of the comparison: an indicator and cities, a plain GET form."""

from collections.abc import Collection, Mapping, Sequence

from dash import html

from components import urls
from components.markup import Markup, attribute, content, hyphened
from components.selection_form import REACTING, submit_button
from components.texts import text
from data.models import Language

# In the place of a slug: every indicator that another city has a number for.
ALL = "all"
Options = Sequence[tuple[str, str]]


def comparison_form(
    groups: Mapping[str, Options],
    cities: Options,
    chosen: str,
    chosen_cities: Collection[str],
    language: Language,
) -> html.Form:
    """A select of indicators by group, a box per city; ``chosen`` is a slug or ``ALL``."""
    select = html.Select(
        [
            *(
                html.Optgroup(
                    [
                        html.Option(label, value=value, selected=value == chosen)
                        for value, label in options
                    ],
                    label=group,
                )
                for group, options in groups.items()
            ),
            html.Option(text("compare_all", language), value=ALL, selected=chosen == ALL),
        ],
        id="compare-kpi",
        name="kpi",
        className="form-select",
    )
    boxes = "".join(_box(value, label, value in chosen_cities) for value, label in cities)
    return html.Form(
        [
            html.Div(
                [html.Label(text("compare_kpi", language), htmlFor="compare-kpi"), select],
                className="field wide",
            ),
            html.Fieldset(
                [
                    html.Legend(text("compare_cities", language)),
                    Markup(boxes, className="boxes"),
                ],
                className="beside-cities",
            ),
            submit_button("compare_show", language),
        ],
        action=urls.page(language, "compare"),
        className="filter-form",
        **REACTING,
        **hyphened(aria_label=text("compare_form", language)),
    )


def _box(value: str, label: str, checked: bool) -> str:
    name = attribute(f"compare-{value}")
    return (
        f'<span><input type="checkbox" name="city" value="{attribute(value)}" id="{name}"'
        f'{" checked" if checked else ""}><label for="{name}">{content(label)}</label></span>'
    )
