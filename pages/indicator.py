"""One indicator: value, target, how the colour came about, trend, definition and neighbours."""

from __future__ import annotations

from typing import Any

from dash import Dash, Input, State, html
from flask import abort

from components import urls
from components.bands import labelled_mark
from components.chart_button import Shown, chart_outputs, toggled
from components.document import Page
from components.embeds.form import embed_link
from components.embeds.picture_links import picture_links
from components.figures import trend_figure
from components.sentences import indicator_sentence
from components.texts import text
from components.trend import TrendSeries, trend_series
from data.fulfilment import IndicatorScore
from data.models import Language
from pages.embeds.choice import embed_page
from pages.exploring import LANGUAGE, PLACE, language_of
from pages.indicator_sections import (
    CHART,
    CHART_BUTTON,
    definition_part,
    neighbours_part,
    steps_part,
    trail,
    trend_part,
    values_part,
)
from pages.indicator_tables import (
    all_values,
    further_targets,
    other_cities,
    primary_targets,
)
from pages.open_data.reuse import day_of_access, indicator_reuse
from pages.pictures.charts import card_of
from pages.quiz.quiz_teaser import quiz_lines, quiz_state
from pages.registry import Registered, register
from pages.requests import NoSuchThing
from pages.site import Site, current_site
from pages.structured_data import breadcrumbs, indicator_dataset


def layout(site: Site, language: Language, slug: str) -> Page:
    """The indicator of this slug; raises ``NoSuchThing`` for an unknown one."""
    one = find_indicator(site, slug)
    indicator = one.indicator
    name = indicator.name[language]
    sentence = indicator_sentence(one, language)
    main = html.Article(
        [
            trail(one, language),
            html.Div(
                [
                    html.H1(name),
                    html.P(labelled_mark(one, language), className="state-line"),
                    html.P(sentence, className="lead"),
                    *quiz_lines(site, language, indicator.code),
                ],
                className="opening",
            ),
            values_part(one, site, language),
            steps_part(one, language),
            trend_part(one, series_of(site, one), language),
            all_values(one, site, language),
            definition_part(one, site, language),
            further_targets(one, site, language),
            other_cities(one, site, language),
            neighbours_part(one, site, language),
            indicator_reuse(site, indicator, language),
            embed_link(embed_page(language, slug), language),
            picture_links(language, f"kpi/{slug}"),
        ],
        className="page indicator",
    )
    path = f"kpi/{slug}/"
    steps = (
        (
            text(f"dimension_{indicator.dimension}", language),
            f"{urls.DIMENSION_SLUGS[indicator.dimension]}/",
        ),
        (name, path),
    )
    return Page(
        title=name,
        description=sentence,
        path=path,
        main=main,
        section=indicator.dimension,
        picture=card_of(f"kpi/{slug}"),
        charted=True,
        scripts=("copy.js", "wake.js"),
        structured=(
            breadcrumbs(site, language, steps),
            indicator_dataset(site, language, one, sentence),
        ),
    )


def find_indicator(site: Site, slug: str) -> IndicatorScore:
    """The newest score of the indicator with this slug; raises ``NoSuchThing``."""
    for one in site.fulfilment().indicators:
        if one.indicator.slug == slug:
            return one
    raise NoSuchThing(slug)


def series_of(site: Site, one: IndicatorScore) -> tuple[TrendSeries, ...]:
    """The city's dated values of one indicator, a series per data point."""
    return trend_series(
        one.indicator,
        site.edition.of_city(site.city, one.indicator.code),
        primary_targets(site, one.indicator),
    )


def callbacks(app: Dash) -> None:
    """Draw the interactive trend when somebody asks for it."""

    @app.callback(
        *chart_outputs(CHART_BUTTON, CHART),
        Input(CHART_BUTTON, "n_clicks"),
        State(LANGUAGE, "data"),
        State(PLACE, "data"),
        prevent_initial_call=True,
    )
    def draw_trend(clicks: int, spoken: str, place: Any) -> Shown:
        language, site = language_of(spoken), current_site()
        slug = place.get("slug") if isinstance(place, dict) else None
        try:
            one = find_indicator(site, str(slug))
        except NoSuchThing:
            abort(400)
        known, series = one.indicator, series_of(site, one)
        return toggled(clicks, lambda: trend_figure(known, series, language), language)


def _state(site: Site, language: Language, slug: str) -> str:
    """Citations name today, and the quiz's shares change with every answer."""
    return f"{day_of_access()}:{quiz_state(site, language, slug)}"


register(
    Registered(
        "indicator",
        "kpi/<slug:slug>/",
        layout,
        explores=True,
        callbacks=callbacks,
        follows=_state,
    )
)
