"""Content of an embed: chart, table, edition and, where asked for, a figure to explore."""

from collections.abc import Mapping
from functools import partial
from typing import Any
from urllib.parse import quote, urlencode

from plotly.io.json import to_json_plotly

from components.ages import chosen_title
from components.chart_button import chart_config
from components.document import oembed_addresses
from components.embeds.charts import group_embed, indicator_embed, later_embed, wheel_embed
from components.embeds.page import Embed, Interactive, Newer
from components.embeds.tables import indicators_table, values_table
from components.figures import fulfilment_figure, wheel_figure
from components.pictures.indicator_chart import drawable
from components.plotly_template import Figure
from components.texts import text
from components.trend_figure import trend_figure
from data.models import Language
from pages.chart import DIMENSIONS, WHEEL, Chart, edition_words, is_group, page_of
from pages.list_choice import is_list
from pages.requests import NoSuchThing
from pages.selection import Selection
from pages.site import Site


def embed_of(chart: Chart, newest: Site, asked: Mapping[str, Any]) -> Embed:
    """Return the contents of a chart's embed as ``asked`` (the parameters of its address).

    Raises:
        NoSuchThing: there is no such chart in this edition.
        BadParameter: the city has no data in a year.
    """
    site, language, sheet = chart.site, chart.language, chart.sheet
    drawn, table = _parts(chart, newest, compact=asked.get("compact") == "1")
    own = embed_address(site, language, chart.name, asked)
    page = _page(newest, language, chart.name, chart.selection)
    kept = page == page_of(language, chart.name, chart.selection)
    return Embed(
        title=sheet.title,
        sentence=sheet.sentence,
        choice=sheet.choice,
        chart=drawn,
        table=table,
        address=site.around.base_url + page,
        credit=text(
            "embed_back" if kept else "embed_back_newest", language, site=site.name(language)
        ),
        kept=kept,
        edition=edition_words(site, language),
        sources=chart.imprint.sources,
        oembed=oembed_addresses(site.around.base_url, own),
        newer=_newer(chart, newest),
        interactive=_interactive(chart) if asked.get("interactive") else None,
    )


def embed_address(site: Site, language: Language, name: str, asked: Mapping[str, Any]) -> str:
    """Return the URL of the embed of a chart, with origin."""
    given = sorted((key, value) for key, value in asked.items() if value is not None)
    query = f"?{urlencode(given)}" if given else ""
    return f"{site.around.base_url}/embed/{language}/{quote(name)}{query}"


def _parts(chart: Chart, newest: Site, *, compact: bool) -> tuple[Any, Any]:
    language, fulfilment = chart.language, chart.fulfilment
    links = partial(_page, newest, language, selection=chart.selection)
    caption = chosen_title(text("overview_table", language), fulfilment, language)
    if chart.name == WHEEL:
        label = text("wheel_label", language, sentence=chart.sheet.sentence)
        table = indicators_table(fulfilment.indicators, links, language, caption)
        return wheel_embed(fulfilment, links, language, label, compact=compact), table
    if is_group(chart.name):
        key = DIMENSIONS.get(chart.name)
        members = fulfilment.of_dimension(key) if key else fulfilment.indicators
        table = indicators_table(members, links, language, caption)
        drawn = group_embed(fulfilment, key, links, language, compact=compact)
        return drawn, table if members else None
    if chart.later:
        return later_embed(chart.later, language), None
    indicator = chart.score.indicator
    observations = [
        observation
        for observation in chart.site.edition.of_city(chart.site.city, indicator.code)
        if observation.value is not None
        and (observation.year is None or observation.year <= fulfilment.as_of)
    ]
    table = values_table(
        indicator,
        observations,
        chart.site.edition.sources,
        language,
        text("embed_values", language),
    )
    drawn = indicator_embed(
        chart.score, chart.series, language, fulfilment.recent_from, compact=compact
    )
    return drawn, table if observations else None


def _page(newest: Site, language: Language, name: str, selection: Selection) -> str:
    """Return the page of a chart; home for an indicator that the edition in force has no more."""
    if not is_group(name):
        try:
            _ = Chart(newest, language, name).score
        except NoSuchThing:
            return page_of(language, WHEEL)
    return page_of(language, name, selection)


def _newer(chart: Chart, newest: Site) -> Newer | None:
    site = chart.site
    if site.edition.version == newest.edition.version:
        return None
    address = site.around.base_url + _page(newest, chart.language, chart.name, Selection())
    return Newer(site.edition.version, newest.edition.version, address)


def _interactive(chart: Chart) -> Interactive | None:
    """The figure of a chart; None where a single value leaves nothing to explore."""
    figure = _figure(chart)
    if figure is None:
        return None
    written = {**figure, "config": chart_config(chart.language)}
    assets = chart.site.around.assets
    return Interactive(to_json_plotly(written), assets["embed_chart.js"], assets["plotly.js"])


def _figure(chart: Chart) -> Figure | None:
    language = chart.language
    if chart.name == WHEEL:
        return wheel_figure(chart.fulfilment, chart.site.profile.name[language], language)
    if is_list(chart.name):
        return None
    if chart.name in DIMENSIONS:
        return fulfilment_figure(chart.fulfilment, DIMENSIONS[chart.name], language)
    series = tuple(drawable(chart.series).values())
    return trend_figure(chart.score.indicator, series, language) if series else None
