"""One indicator: value, verdict and chart, what they mean, and folded what they rest on."""

from collections.abc import Mapping, Sequence
from typing import Any

from dash import Input, State, callback, html, register_page
from dash.development.base_component import Component
from flask import abort

from components import urls
from components.chart_button import Shown, chart_outputs, chart_place, toggled
from components.document import Page
from components.sentences import indicator_sentence, parts_finding
from components.takeover.explored import LANGUAGE, VARIABLES
from components.texts import text
from components.trend import TrendSeries
from components.trend_figure import trend_figure
from data.models import Language
from data.robustness import Robustness, robustness_of
from data.scores import IndicatorScore
from pages.chart import Chart
from pages.embeds.choice import share_page
from pages.indicator_meaning import meaning_part, nothing_part, quiz_state
from pages.indicator_opening import chosen_part, chosen_words, is_chosen, state_line
from pages.indicator_sections import (
    corrections_part,
    neighbours,
    own_goals_part,
    steps_part,
    trail,
    values_part,
)
from pages.indicator_tables import (
    all_values,
    definition_part,
    further_targets,
    other_cities,
    series_of,
)
from pages.open_data.reuse import day_of_access, indicator_tools
from pages.pictures.charts import card_of
from pages.requests import NoSuchThing, language_of
from pages.selection import PARAMETERS, Selection, selection_in, site_of
from pages.site import Site, current_site
from pages.structured_data import breadcrumbs, indicator_dataset

# The interactive chart and the button that asks for it.
CHART, CHART_BUTTON = "indicator-chart", "indicator-chart-button"


def layout(language: Language, slug: str, **query: Any) -> Page:
    """Return the indicator of a slug in the edition in force.

    What a selection or another edition makes of it stands above.

    Raises:
        NoSuchThing: the slug is unknown.
        BadParameter: a year has no data, or the edition was never published.
    """
    site, selection = current_site(), selection_in(query)
    chart = Chart(site_of(selection.edition), language, slug, selection)
    score = find_indicator(site, slug)
    indicator = score.indicator
    sentence = indicator_sentence(score, language)
    dimension = (
        text(f"dimension_{indicator.dimension}", language),
        f"{urls.DIMENSION_SLUGS[indicator.dimension]}/",
    )
    return Page(
        title=", ".join([indicator.title[language], *chosen_words(chart, site, language)]),
        description=chart.sheet.description if is_chosen(chart, site) else sentence,
        path=urls.indicator(language, slug, **selection.query()).removeprefix(f"/{language}/"),
        main=_article(score, chart, site, selection, language),
        section=indicator.dimension,
        style="indicator",
        picture=card_of(slug, selection),
        charted=True,
        shared_title=chart.shared_title,
        scripts=("copy.js", "dash_takeover.js"),
        structured=(
            breadcrumbs(site, language, (dimension, (indicator.name[language], f"kpi/{slug}/"))),
            indicator_dataset(site, language, score, sentence),
        ),
    )


def _article(
    score: IndicatorScore, chart: Chart, site: Site, selection: Selection, language: Language
) -> html.Article:
    indicator, links = score.indicator, selection.links(site)
    tried, series = _tried(site, score), series_of(site, score)
    finding, definition = parts_finding(score, language), indicator.plain_definition[language]
    # With a finding, the definition follows below the charts.
    lead = html.P(html.B(finding) if finding else definition, className="lead")
    opening = [
        html.H1(indicator.title[language]),
        chosen_part(chart, site, language),
        lead if finding or definition else None,
    ]
    share = share_page(language, indicator.slug, **selection.query())
    folds = [
        steps_part(score, tried, site, language) if score.has_value else None,
        all_values(score, site, language),
        own_goals_part(site, indicator.code, language),
        further_targets(score, site, language),
        other_cities(score, site, language),
        corrections_part(site, indicator, language),
        definition_part(score, site, language),
    ]
    return html.Article(
        [
            trail(score, site, language, links),
            html.Div(opening, className="opening"),
            html.Div(_findings(score, tried, series, site, language), className="findings"),
            indicator_tools(site, indicator, language, share, _interactive(series, language)),
            html.Div(folds, className="folds"),
            neighbours(score, site, language, links),
        ],
        className="page indicator",
    )


def _findings(
    score: IndicatorScore,
    tried: Mapping[str, Robustness],
    series: Sequence[TrendSeries],
    site: Site,
    language: Language,
) -> list[Component]:
    """The values and what they mean, or what is said of an indicator without one."""
    if not score.has_value:
        return [nothing_part(score, site, language)]
    state = state_line(score, tried, site.fulfilment().recent_from, language)
    return [
        values_part(score, series, site, state, language),
        meaning_part(score, series, site, language),
    ]


def _interactive(series: Sequence[TrendSeries], language: Language) -> html.Div | None:
    """The place of the interactive chart, which only a series with a past has."""
    if all(len(member.observations) < 2 for member in series):
        return None
    place = chart_place(CHART_BUTTON, CHART, language)
    return html.Div([place], id="explore", className="explore")


def _tried(site: Site, indicator_score: IndicatorScore) -> dict[str, Robustness]:
    """Scores of each rated data point under other yardsticks, by its label."""
    tried = (robustness_of(site.edition, site.city, score) for score in indicator_score.scored)
    return {robustness.score.label: robustness for robustness in tried if robustness}


def find_indicator(site: Site, slug: str) -> IndicatorScore:
    """The newest score of the indicator with this slug; raises ``NoSuchThing``."""
    for score in site.fulfilment().indicators:
        if score.indicator.slug == slug:
            return score
    raise NoSuchThing(slug)


@callback(
    *chart_outputs(CHART_BUTTON, CHART),
    Input(CHART_BUTTON, "n_clicks"),
    State(LANGUAGE, "data"),
    State(VARIABLES, "data"),
    prevent_initial_call=True,
)
def draw_trend(clicks: int, spoken: str, place: Any) -> Shown:
    """Open or close the interactive trend."""
    language, site = language_of(spoken), current_site()
    slug = place.get("slug") if isinstance(place, dict) else None
    try:
        score = find_indicator(site, str(slug))
    except NoSuchThing:
        abort(400)
    indicator, series = score.indicator, series_of(site, score)
    return toggled(clicks, lambda: trend_figure(indicator, series, language), language)


def _follows(language: Language, slug: str) -> str:
    """Return today, which citations name, and the quiz's shares, which change with answers."""
    return f"{day_of_access()}:{quiz_state(current_site(), language, slug)}"


register_page(
    __name__,
    name="indicator",
    path_template="/<language>/kpi/<slug>/",
    converters={"slug": "slug"},
    layout=layout,
    order=3,
    parameters=PARAMETERS,
    variants=lambda site: [{"slug": indicator.slug} for indicator in site.edition.indicators],
    explores=True,
    follows=_follows,
)
