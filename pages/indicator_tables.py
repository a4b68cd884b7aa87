"""The folded lists of one indicator's page: values, yardsticks, other cities, definition."""

from collections.abc import Sequence

from dash import html

from components.indicator_facts import definition_facts
from components.observation_table import city_table, observation_table, target_table
from components.texts import text
from components.trend import TrendSeries, trend_series
from data.city_values import newest_of_others
from data.models import Indicator, Language, Target
from data.scores import IndicatorScore
from data.value_history import corrections_of
from pages.indicator_sections import folded
from pages.site import Site


def primary_targets(site: Site, indicator: Indicator) -> tuple[Target, ...]:
    """The targets that this city's values of an indicator are held against."""
    return tuple(
        target
        for target in site.edition.targets
        if target.code == indicator.code and target.primary and target.scope in ("all", site.city)
    )


def series_of(
    site: Site,
    score: IndicatorScore,
    targets: Sequence[Target] | None = None,
    as_of: int | None = None,
) -> tuple[TrendSeries, ...]:
    """Return the city's dated values of one indicator up to a year, a series per data point."""
    edition, indicator = site.edition, score.indicator
    if targets is None:
        targets = primary_targets(site, indicator)
    year = edition.year if as_of is None else as_of
    observations = [
        observation
        for observation in edition.of_city(site.city, indicator.code)
        if observation.year is None or observation.year <= year
    ]
    other_cities = [
        (edition.cities[other.city].name, other)
        for other in newest_of_others(edition, site.city, indicator.code, year)
    ]
    return trend_series(indicator, observations, targets, year, other_cities)


def all_values(score: IndicatorScore, site: Site, language: Language) -> html.Details | None:
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
    title = text("all_values_title", language, n=len(observations))
    rule = html.P(text("trend_key", language), className="note")
    return folded(title, table, rule if len(observations) > 1 else None, id="values")


def further_targets(score: IndicatorScore, site: Site, language: Language) -> html.Details | None:
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
    return folded(text("further_targets_title", language), table)


def other_cities(score: IndicatorScore, site: Site, language: Language) -> html.Details | None:
    """Return the values of other cities; None where none is known."""
    observations = newest_of_others(site.edition, site.city, score.indicator.code)
    if not observations:
        return None
    table = city_table(
        score.indicator,
        observations,
        site.edition.cities,
        site.edition.sources,
        language,
        text("other_cities_caption", language),
    )
    return folded(text("other_cities_title", language), table)


def definition_part(score: IndicatorScore, site: Site, language: Language) -> html.Details:
    """Return the standard's name, definition, code, level and goals."""
    facts = definition_facts(score.indicator, site.edition.sources, language)
    return folded(text("definition_title", language), facts, id="definition")
