"""Counts of downloads on the data page, with the original's count."""

from __future__ import annotations

from collections import Counter

from dash import html
from dash.development.base_component import Component

from components.open_data.download_counts import counts_by_file
from components.texts import text
from data.models import Language
from pages.site import Site


def counts_part(site: Site, language: Language) -> html.Section:
    """The live counts, and apart from them what the original project reported."""
    known = site.downloads.at_hand()
    parts: list[Component]
    if known is None:
        parts = [html.P(text("counts_away", language))]
    else:
        by_file: Counter[tuple[str, str]] = Counter()
        for one, count in known.items():
            by_file[one.month, one.file] += count
        parts = counts_by_file(by_file, language)
    link = html.A(text("counts_file_link", language), href="/data/downloads.csv")
    return html.Section(
        [
            html.H2(text("counts_title", language)),
            *parts,
            html.P([text("counts_words", language), " ", link, "."]),
            *_history(site, language),
        ],
        id="downloads",
        className="reading",
    )


def _history(site: Site, language: Language) -> list[Component]:
    told = site.profile.find("downloads_before")
    if told is None:
        return []
    figure = told["figure"]
    words = text(
        "counts_history",
        language,
        year=told["year"],
        count=figure["value"][language],
        label=figure["label"][language],
    )
    return [html.P(words, className="note")]
