"""One indicator: value, verdict and chart, what they mean, and folded what they rest on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from dash import Input, State, callback, html, register_page
from flask import abort

from components import urls
from components.ages import capitalised, chip_of, is_older, uncapitalised, year_chip
from components.bands import labelled_mark
from components.chart_button import Shown, chart_outputs, chart_place, toggled
from components.document import Page
from components.formats import period
from components.observation_table import evidence_words
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
from pages.selection import PARAMETERS, selection_in, site_of
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
    site = current_site()
    selection = selection_in(query)
    chart = Chart(site_of(selection.edition), language, slug, selection)
    chosen = selection.query()
    score = find_indicator(site, slug)
    indicator = score.indicator
    name = indicator.title[language]
    sentence = indicator_sentence(score, language)
    tried, series = _tried(site, score), series_of(site, score)
    state = _state_line(score, tried, site.fulfilment().recent_from, language)
    if score.has_value:
        findings = [
            values_part(score, series, site, state, language),
            meaning_part(score, series, site, language),
        ]
    else:
        findings = [nothing_part(score, site, language)]
    finding, definition = parts_finding(score, language), indicator.plain_definition[language]
    main = html.Article(
        [
            trail(score, site, language, selection.links(site)),
            html.Div(
                [
                    html.H1(name),
                    _chosen_part(chart, site, language),
                    # With a finding, the definition follows below the charts.
                    html.P(html.B(finding) if finding else definition, className="lead")
                    if finding or definition
                    else None,
                ],
                className="opening",
            ),
            html.Div(findings, className="findings"),
            indicator_tools(
                site,
                indicator,
                language,
                share_page(language, slug, **chosen),
                _interactive(series, language),
            ),
            html.Div(
                [
                    steps_part(score, tried, site, language) if score.has_value else None,
                    all_values(score, site, language),
                    own_goals_part(site, indicator.code, language),
                    further_targets(score, site, language),
                    other_cities(score, site, language),
                    corrections_part(site, indicator, language),
                    definition_part(score, site, language),
                ],
                className="folds",
            ),
            neighbours(score, site, language, selection.links(site)),
        ],
        className="page indicator",
    )
    path = f"kpi/{slug}/"
    steps = (
        (
            text(f"dimension_{indicator.dimension}", language),
            f"{urls.DIMENSION_SLUGS[indicator.dimension]}/",
        ),
        (indicator.name[language], path),
    )
    return Page(
        title=", ".join([name, *_chosen_words(chart, site, language)]),
        description=chart.sheet.description if _is_chosen(chart, site) else sentence,
        path=urls.indicator(language, slug, **chosen).removeprefix(f"/{language}/"),
        main=main,
        section=indicator.dimension,
        style="indicator",
        picture=card_of(slug, selection),
        charted=True,
        shared_title=chart.shared_title,
        scripts=("copy.js", "dash_takeover.js"),
        structured=(
            breadcrumbs(site, language, steps),
            indicator_dataset(site, language, score, sentence),
        ),
    )


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


def _state_line(
    score: IndicatorScore,
    tried: Mapping[str, Robustness],
    recent_from: int,
    language: Language,
) -> html.Div:
    """The verdict, the years of its values, their evidence, and whether it hangs on a choice."""
    parts: list[Any] = [labelled_mark(score, language, recent_from)]
    if chip := chip_of(score, recent_from):
        parts.append(chip)
    elif len(valued := [part for part in score.scores if part.observation]) == 1:
        when = period(valued[0].observation.period, language) if valued[0].observation else ""
        parts.append(year_chip(when, older=is_older(valued[0], recent_from)))
    observations = [part.observation for part in score.scored if part.observation]
    evidence = dict.fromkeys(evidence_words(row, language) for row in observations)
    parts += [html.Span(words, className="tag") for words in evidence if words]
    if any(robustness.depends for robustness in tried.values()):
        parts.append(html.A(text("robust_depends_short", language), href="#colour"))
    spaced = [part for member in parts for part in (member, " ")]
    return html.Div(spaced[:-1], className="state-line")


def _is_chosen(chart: Chart, site: Site) -> bool:
    """Return whether an address asks for anything but the newest values of the newest edition."""
    return bool(chart.sheet.choice) or chart.site.edition.version != site.edition.version


def _chosen_words(chart: Chart, site: Site, language: Language) -> list[str]:
    words = [uncapitalised(chart.sheet.choice)]
    if chart.site.edition.version != site.edition.version:
        words.append(text("chosen_edition", language, version=chart.site.edition.version))
    return [part for part in words if part]


def _chosen_part(chart: Chart, site: Site, language: Language) -> html.Section | None:
    """The verdict that the address asks for, above a page that shows the newest one."""
    if not _is_chosen(chart, site):
        return None
    words = _chosen_words(chart, site, language)
    newest = html.A(
        text("chosen_newest", language, version=site.edition.version),
        href=urls.indicator(language, chart.name),
    )
    return html.Section(
        [
            html.H2(capitalised(", ".join(words)), className="small"),
            html.P(chart.sheet.sentence),
            html.P(newest),
        ],
        className="notice",
    )


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
