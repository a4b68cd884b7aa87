"""Content of an embed: chart, table, edition and, where asked for, a figure to explore."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

import plotly.graph_objects as go
from plotly.io.json import to_json_plotly

from components.ages import chosen_title
from components.chart_button import chart_config
from components.document import OEMBED_TYPES, oembed_address
from components.embeds.charts import dimension_embed, indicator_embed, later_embed, wheel_embed
from components.embeds.page import Embed, Interactive, Newer
from components.embeds.tables import indicators_table, values_table
from components.figures import fulfilment_figure, trend_figure, wheel_figure
from components.pictures.indicator_chart import drawable
from components.texts import text
from data.models import Language
from pages.pictures.charts import (
    DIMENSIONS,
    WHEEL,
    edition_words,
    imprint_of,
    indicator_as_of,
    later_of,
    page_of,
    series_as_of,
    sheet_of,
)
from pages.requests import NoSuchThing
from pages.site import Site


def embed_of(
    site: Site, newest: Site, language: Language, name: str, asked: Mapping[str, Any]
) -> Embed:
    """The chart of a name as ``asked`` (``as_of``, ``interactive``), of one edition's site.

    Raises:
        NoSuchThing: there is no such chart in this edition.
        BadParameter: the city has no data in this year.
    """
    as_of = asked.get("as_of")
    sheet = sheet_of(site, language, name, as_of)
    chart, table = _parts(site, language, name, as_of)
    own = embed_address(site, language, name, asked)
    return Embed(
        title=sheet.title,
        sentence=sheet.sentence,
        as_of=sheet.as_of,
        chart=chart,
        table=table,
        address=site.around.base_url + _page(newest, language, name, as_of),
        edition=edition_words(site, language),
        sources=imprint_of(site, language, name, as_of).sources,
        oembed={
            kind: oembed_address(site.around.base_url, own, form)
            for form, kind in OEMBED_TYPES.items()
        },
        newer=_newer(site, newest, language, name),
        interactive=_interactive(site, language, name, as_of) if asked.get("interactive") else None,
    )


def embed_address(site: Site, language: Language, name: str, asked: Mapping[str, Any]) -> str:
    """Return the URL of the embed of a chart, with origin."""
    given = sorted((key, value) for key, value in asked.items() if value is not None)
    query = f"?{urlencode(given)}" if given else ""
    return f"{site.around.base_url}/embed/{language}/{name}{query}"


def _parts(site: Site, language: Language, name: str, as_of: int | None) -> tuple[Any, Any]:
    """The drawn chart and the table with the same numbers."""
    fulfilment = site.fulfilment(as_of)
    caption = chosen_title(text("overview_bars", language), fulfilment, language)
    if name == WHEEL:
        sheet = sheet_of(site, language, name, as_of)
        label = text("wheel_label", language, sentence=sheet.sentence)
        table = indicators_table(fulfilment.indicators, language, caption)
        return wheel_embed(fulfilment, language, label), table
    if name in DIMENSIONS:
        key = DIMENSIONS[name]
        table = indicators_table(fulfilment.of_dimension(key), language, caption)
        return dimension_embed(fulfilment, key, language), table
    score = indicator_as_of(site, name, as_of)
    if later := later_of(site, score, as_of):
        return later_embed(later, language), None
    observations = [
        observation
        for observation in site.edition.of_city(site.city, score.indicator.code)
        if observation.value is not None
        and (observation.year is None or observation.year <= fulfilment.as_of)
    ]
    caption = text("embed_values", language)
    table = values_table(score.indicator, observations, site.edition.sources, language, caption)
    chart = indicator_embed(score, series_as_of(site, score, as_of), language)
    return chart, table if observations else None


def _page(newest: Site, language: Language, name: str, as_of: int | None) -> str:
    """The page of a chart as it is now: it shows the edition in force and its years."""
    try:
        indicator_as_of(newest, name, None)
    except NoSuchThing:
        if name != WHEEL and name not in DIMENSIONS:
            return page_of(language, WHEEL, None)
    return page_of(language, name, as_of if as_of in newest.years else None)


def _newer(site: Site, newest: Site, language: Language, name: str) -> Newer | None:
    if site.edition.version == newest.edition.version:
        return None
    address = site.around.base_url + _page(newest, language, name, None)
    return Newer(site.edition.version, newest.edition.version, address)


def _interactive(
    site: Site, language: Language, name: str, as_of: int | None
) -> Interactive | None:
    """The figure of a chart; None where a single value leaves nothing to explore."""
    figure = _figure(site, language, name, as_of)
    if figure is None:
        return None
    written = {**figure.to_plotly_json(), "config": chart_config(language)}
    assets = site.around.assets
    return Interactive(to_json_plotly(written), assets["embed_chart.js"], assets["plotly.js"])


def _figure(site: Site, language: Language, name: str, as_of: int | None) -> go.Figure | None:
    fulfilment = site.fulfilment(as_of)
    if name == WHEEL:
        return wheel_figure(fulfilment, site.profile.name[language], language)
    if name in DIMENSIONS:
        return fulfilment_figure(fulfilment, DIMENSIONS[name], language)
    score = indicator_as_of(site, name, as_of)
    series = tuple(drawable(series_as_of(site, score, as_of)).values())
    return trend_figure(score.indicator, series, language) if series else None
