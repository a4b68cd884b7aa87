"""The tables of one indicator's page: all values, further targets, other cities."""

from __future__ import annotations

from dash import html

from components import urls
from components.observation_table import city_table, observation_table, target_table
from components.texts import text
from components.trend import TrendSeries, trend_series
from data.models import Indicator, Language, Observation, Target
from data.scores import IndicatorScore
from data.value_history import corrections_of
from pages.site import Site


def primary_targets(site: Site, indicator: Indicator) -> tuple[Target, ...]:
    """The targets that this city's values of an indicator are held against."""
    return tuple(
        target
        for target in site.edition.targets
        if target.code == indicator.code and target.primary and target.scope in ("all", site.city)
    )


def series_of(site: Site, score: IndicatorScore) -> tuple[TrendSeries, ...]:
    """The city's dated values of one indicator, a series per data point."""
    return trend_series(
        score.indicator,
        site.edition.of_city(site.city, score.indicator.code),
        primary_targets(site, score.indicator),
    )


def all_values(score: IndicatorScore, site: Site, language: Language) -> html.Section | None:
    """Every value of the city with its source; None where nothing is published."""
    observations = site.edition.of_city(site.city, score.indicator.code)
    if not observations:
        return None
    caption = text(
        "all_values_caption",
        language,
        name=score.indicator.title[language],
        **site.city_words(language),
    )
    table = observation_table(
        score.indicator,
        observations,
        site.edition.sources,
        language,
        caption,
        corrections_of(site.edition, site.city, score.indicator.code),
    )
    return html.Section(
        [html.H2(text("all_values_title", language)), table], className="all-values"
    )


def further_targets(score: IndicatorScore, site: Site, language: Language) -> html.Section | None:
    """Yardsticks that the colour does not use; the city's own goals have a part of their own."""
    used = primary_targets(site, score.indicator)
    further = tuple(
        target
        for target in site.edition.targets
        if target.code == score.indicator.code
        and target.scope in ("all", site.city)
        and target not in used
        and target.yardstick_kind != "own_goal"
    )
    if not further:
        return None
    caption = text("further_targets_caption", language)
    table = target_table(score.indicator, further, site.edition.sources, language, caption)
    return html.Section([html.H2(text("further_targets_title", language)), table])


def other_cities(score: IndicatorScore, site: Site, language: Language) -> html.Section:
    """Return the values of other cities, or words that none are known."""
    heading = html.H2(text("other_cities_title", language))
    others = _newest_of_others(score.indicator, site)
    if not others:
        return html.Section([heading, html.P(text("other_cities_none", language))])
    table = city_table(
        score.indicator,
        others,
        site.edition.cities,
        site.edition.sources,
        language,
        text("other_cities_caption", language),
    )
    way = html.A(
        text("compare_link", language, **site.city_words(language)),
        href=urls.page(language, "compare", kpi=score.indicator.slug),
    )
    return html.Section([heading, table, html.P(way)])


def _newest_of_others(indicator: Indicator, site: Site) -> tuple[Observation, ...]:
    """The newest number of each other city and data point: older ones stand in the files."""
    newest: dict[tuple[str, str], Observation] = {}
    for observation in site.edition.by_indicator.get(indicator.code, ()):
        if observation.city != site.city and observation.value is not None:
            key = (observation.city, observation.data_point)
            if key not in newest or (observation.year or 0) > (newest[key].year or 0):
                newest[key] = observation
    return tuple(newest.values())
