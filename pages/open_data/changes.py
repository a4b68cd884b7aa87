"""Differences between two editions, so that a reader can check them."""

from collections.abc import Iterator

from dash import html
from dash.development.base_component import Component

from components import urls
from components.formats import period
from components.indicator_facts import part_name
from components.open_data.edition_changes import (
    ChangedColour,
    ChangedRows,
    changed_colours,
    changed_rows,
    told_changes,
)
from components.texts import text
from components.verdicts import target_words, value_words
from data.comparison import Cause, ColourChange, Comparison, ScoreChange, compare
from data.models import Edition, Language
from data.scores import Score
from pages.open_data.tables import table_words
from pages.site import Site


def changes_part(
    site: Site, before: Edition | None, after: Edition, language: Language
) -> list[Component]:
    """List the changes that ``after`` names; against ``before`` also rows and colours."""
    parts: list[Component] = [told_changes(after.change_log.changes, language)]
    return parts if before is None else [*parts, *differences(site, before, after, language)]


def differences(site: Site, before: Edition, after: Edition, language: Language) -> list[Component]:
    """Return the numbers of rows that differ, and each changed colour with its cause."""
    if site.city not in before.cities or site.city not in after.cities:
        return []
    comparison = compare(before, after, site.city)
    versions = {"before": before.version, "after": after.version}
    rows = [
        ChangedRows(table_words(after, table_change.table, "title"), table_change.counts)
        for table_change in comparison.tables
        if table_change
    ]
    parts: list[Component] = []
    if rows:
        parts.append(changed_rows(rows, text("rows_caption", language, **versions), language))
    parts.append(html.P(text("colours_title", language), className="subtitle"))
    parts.append(changed_colours(list(_colours(comparison, language)), language))
    return parts


def _colours(comparison: Comparison, language: Language) -> Iterator[ChangedColour]:
    for colour_change in comparison.colours:
        # A removed indicator has no page any more.
        slug = colour_change.indicator.slug if colour_change.after is not None else ""
        yield ChangedColour(
            colour_change.indicator.title[language],
            urls.indicator(language, slug) if slug else "",
            colour_change.before,
            colour_change.after,
            tuple(_because(colour_change, language)),
        )


def _because(change: ColourChange, language: Language) -> Iterator[str]:
    for score in change.scores:
        named = score.after or score.before
        for cause in score.causes:
            words = _cause(cause, score, language)
            if score.label and named:
                words = text(
                    "because_part", language, part=part_name(named, language), because=words
                )
            yield words


def _cause(cause: Cause, change: ScoreChange, language: Language) -> str:
    if cause == "method":
        return text("because_method", language)
    if cause == "target":
        before, after = _target(change.before, language), _target(change.after, language)
        key = ("" if before else "_new") if after else "_gone"
        return text(f"because_target{key}", language, **_given(before=before, after=after))
    before, after = _value(change.before, language), _value(change.after, language)
    if cause == "value":
        return text("because_value", language, value=after)
    if not after:
        return text("because_withdrawn", language, before=before)
    if before in ("", after):
        return text("because_correction_other", language, after=after)
    return text("because_correction", language, before=before, after=after)


def _given(**words: str) -> dict[str, str]:
    return {name: word for name, word in words.items() if word}


def _value(score: Score | None, language: Language) -> str:
    """The number that counts, with its period; empty where there is none."""
    if score is None or score.observation is None or not value_words(score, language):
        return ""
    value_period = period(score.observation.period, language)
    return text("dated_value", language, value=value_words(score, language), period=value_period)


def _target(score: Score | None, language: Language) -> str:
    return target_words(score, language) if score else ""
