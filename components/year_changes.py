"""Which indicators changed colour since the year before, and why."""

from typing import Any

from dash import html
from dash.development.base_component import Component

from components.ages import years_words
from components.bands import band_words, look_of, mark
from components.indicator_rows import Links
from components.texts import text
from data.models import Language
from data.scores import Fulfilment, IndicatorScore
from data.year_changes import CAUSES, YearChange, year_changes


def changes_part(
    before: Fulfilment, after: Fulfilment, language: Language, links: Links
) -> list[Component]:
    """Count the changes by cause, and list them where a reader unfolds them.

    ``links`` gives the page of an indicator by its slug.
    """
    changes = year_changes(before, after)
    years = {"before": before.as_of, "after": after.as_of}
    if not changes:
        return [html.P(text("changes_none", language, **years), className="note")]
    by_cause = {
        cause: members
        for cause in CAUSES
        if (members := [change for change in changes if change.cause == cause])
    }
    causes = [
        text(f"changes_{cause}", language, n=len(members)) for cause, members in by_cause.items()
    ]
    title = text("changes_title", language, n=len(changes), **years)
    lists = [
        html.Ul(
            [_change(change, before, after, language, links) for change in members],
            className="changes",
        )
        for members in by_cause.values()
    ]
    named = [
        part
        for words, members in zip(causes, lists, strict=True)
        for part in (html.P(words[:1].upper() + words[1:]), members)
    ]
    return [
        html.P(f"{title}: {'; '.join(causes)}.", className="note"),
        html.Details([html.Summary(text("changes_which", language)), *named]),
    ]


def _change(
    change: YearChange, before: Fulfilment, after: Fulfilment, language: Language, links: Links
) -> html.Li:
    indicator = change.after.indicator
    states = [
        *(_state(change.before, before.recent_from, language) if change.before.years else []),
        *([" → "] if change.before.years and change.after.years else []),
        *(_state(change.after, after.recent_from, language) if change.after.years else []),
    ]
    link = html.A(indicator.title[language], href=links(indicator.slug))
    return html.Li([link, html.Br(), html.Small(states, className="muted")])


def _state(indicator_score: IndicatorScore, recent_from: int, language: Language) -> list[Any]:
    words = text(
        "sector_dated",
        language,
        words=band_words(indicator_score.band, language),
        years=years_words(indicator_score.years),
    )
    return [mark(look_of(indicator_score, recent_from)), words]
