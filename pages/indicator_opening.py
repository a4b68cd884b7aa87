"""Opening of an indicator's page: what its address chose, and the state of the newest score."""

from collections.abc import Mapping
from typing import Any

from dash import html

from components import urls
from components.ages import capitalised, chip_of, is_older, uncapitalised, year_chip
from components.bands import labelled_mark
from components.formats import period
from components.observation_table import evidence_words
from components.texts import text
from data.models import Language
from data.robustness import Robustness
from data.scores import IndicatorScore
from pages.chart import Chart
from pages.site import Site


def state_line(
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


def is_chosen(chart: Chart, site: Site) -> bool:
    """Return whether an address asks for anything but the newest values of the newest edition."""
    return bool(chart.sheet.choice) or chart.site.edition.version != site.edition.version


def chosen_words(chart: Chart, site: Site, language: Language) -> list[str]:
    """Return the year, the yardsticks and the edition that an address asks for, in words."""
    words = [uncapitalised(chart.sheet.choice)]
    if chart.site.edition.version != site.edition.version:
        words.append(text("chosen_edition", language, version=chart.site.edition.version))
    return [part for part in words if part]


def chosen_part(chart: Chart, site: Site, language: Language) -> html.Section | None:
    """The verdict that the address asks for, above a page that shows the newest one."""
    if not is_chosen(chart, site):
        return None
    words = chosen_words(chart, site, language)
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
