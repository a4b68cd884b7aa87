"""The lower part of the data page: terms, gaps, making, editions, ways for programs."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from dash import html
from dash.development.base_component import Component

from components import urls
from components.formats import DASH, day, integer, period
from components.markup import folded, headed
from components.open_data.download_counts import counts_by_file
from components.open_data.edition_changes import told_changes
from components.open_data.gap_register import reason_list
from components.open_data.source_list import terms_of_sources
from components.texts import text
from data.gaps import gaps_of
from data.models import Language
from pages.feed import FEED
from pages.quiz.catalogue import CATALOGUE
from pages.quiz.files import CODEBOOK, STATISTICS, snapshot_address
from pages.quiz.service import current_quiz_service
from pages.site import Site
from pages.structured_data import LICENCE

# Files of an edition that programs read, with the words that say what each is.
_DESCRIPTIONS = {
    "programs_columns": "columns.csv",
    "programs_package": "datapackage.json",
    "programs_csvw": "csv-metadata.json",
    "programs_changes": "changes.json",
    "programs_sums": "SHA256SUMS",
}
# More would make the page longer than 14 KB; the page of the edition has all.
_FIRST_CHANGES = 2
# The same; the page of the quiz's statistics has all.
_MOST_MONTHS = 6
_CATALOGUE = {"ttl": "/catalog.ttl", "jsonld": "/catalog.jsonld"}


def data_lead(site: Site, language: Language) -> str:
    """Describe the contents in one sentence."""
    number = len(site.edition.by_city.keys() - {site.city})
    return text("data_lead", language, n=number, **site.city_words(language))


def terms_part(site: Site, language: Language) -> html.Section:
    """Our licence for our work, and that all the rest keeps its own terms."""
    sources = site.edition.sources.values()
    licence = html.A("CC BY 4.0", href=LICENCE, rel="license")
    return headed(
        text("terms_title", language),
        html.P([text("terms_ours", language), " ", licence, "."]),
        html.P(terms_of_sources(sources, language)),
        _link("terms_link", urls.data_table(language, "sources"), language),
        id="terms",
        className="reading",
    )


def gaps_part(site: Site, language: Language) -> html.Section:
    """Say how much is missing and why, with a link to the register."""
    gaps = gaps_of(site.edition, site.city)
    indicators = len({gap.indicator.code for gap in gaps})
    return headed(
        text("gaps_title", language),
        html.P(text("gaps_words", language, n=len(gaps), uncoloured=indicators)),
        reason_list(gaps, language),
        _link("gaps_link", urls.data_table(language, "gaps"), language),
        id="gaps",
        className="reading",
    )


def made_part(site: Site, language: Language) -> html.Section:
    """Describe in four steps how the data were made."""
    sources = text("made_found", language, sources=integer(len(site.edition.sources), language))
    derived = sum(observation.derived for observation in site.edition.observations)
    method = html.A(text("made_method", language), href=urls.page(language, "method"))
    steps: list[Any] = [
        sources,
        text("made_kept", language, derived=integer(derived, language)),
        text("made_checked", language),
        [text("made_scored", language), " ", method, "."],
    ]
    return headed(
        text("made_title", language),
        html.Ol([html.Li(step) for step in steps]),
        className="reading",
    )


def editions_part(site: Site, language: Language) -> html.Section:
    """Every edition, and what the one in force changed."""
    editions = site.editions
    rows = []
    for edition in reversed(editions):
        named = text("edition_named", language, version=edition.version)
        state = (
            "edition_in_force" if edition.version == site.edition.version else "edition_superseded"
        )
        rows.append(
            html.Li(
                [
                    html.A(named, href=urls.data_edition(language, edition.version)),
                    f", {day(edition.date, language)}{DASH[language]}{text(state, language)}",
                ]
            )
        )
    newest, changes = site.edition.version, site.edition.change_log.changes
    return headed(
        text("editions_title", language),
        html.P(text("editions_words", language)),
        html.Ul(rows),
        folded(
            text("edition_changed", language, version=newest),
            told_changes(changes[:_FIRST_CHANGES], language),
        ),
        html.P(
            html.A(
                text("edition_differences", language, n=len(changes)),
                href=urls.data_edition(language, newest),
            )
        ),
        id="changes",
        className="reading",
    )


def programs_part(site: Site, language: Language) -> html.Section:
    """List the machine-readable descriptions and the API."""
    version = site.edition.version
    rows: list[Any] = [
        [
            html.A(text("programs_api", language), href="/api/v1/"),
            ", ",
            html.A(text("programs_openapi", language), href="/api/v1/openapi.json"),
        ]
    ]
    rows += [
        html.A(text(key, language), href=f"/data/{version}/{name}")
        for key, name in _DESCRIPTIONS.items()
        # Editions of the first schema have no dictionary.
        if site.files.find(f"data/{version}/{name}")
    ]
    rows.append(_catalogue("programs_dcat", _CATALOGUE, language))
    if current_quiz_service().offers_quiz(site.city):
        rows.append(_quiz_files(language))
        if months := tuple(current_quiz_service().snapshots())[:_MOST_MONTHS]:
            rows.append(_quiz_snapshots(months, language))
        rows.append(_catalogue("programs_quiz_dcat", CATALOGUE, language))
    rows.append(html.A(text("programs_feed", language), href=FEED))
    rows.append(html.A(text("programs_embeds", language), href=urls.page(language, "embed")))
    return headed(
        text("programs_title", language),
        html.Ul([html.Li(row) for row in rows]),
        className="reading",
    )


def _catalogue(key: str, addresses: Mapping[str, str], language: Language) -> list[Any]:
    return [
        f"{text(key, language)}: ",
        html.A("JSON-LD", href=addresses["jsonld"]),
        ", ",
        html.A("Turtle", href=addresses["ttl"]),
    ]


def _quiz_files(language: Language) -> list[Any]:
    """Link the statistics of the quiz and the codebook, which belong to no edition."""
    files = (("programs_quiz", STATISTICS), ("programs_codebook", CODEBOOK))
    parts: list[Any] = []
    for key, addresses in files:
        parts += ["; " if parts else "", text(key, language), ": "]
        parts += [
            html.A("CSV", href=addresses["csv"]),
            ", ",
            html.A("JSON", href=addresses["json"]),
        ]
    return parts


def _quiz_snapshots(months: Sequence[str], language: Language) -> list[Any]:
    """Link the statistics as they stood at the end of months, newest first."""
    words = f"{text('programs_quiz', language)}, {text('programs_snapshots', language)}: "
    parts: list[Any] = [words]
    for month in months:
        parts += ["; " if len(parts) > 1 else "", f"{period(month, language)} "]
        parts += [
            html.A("CSV", href=snapshot_address(month, "csv")),
            ", ",
            html.A("JSON", href=snapshot_address(month, "json")),
        ]
    return parts


def _link(key: str, address: str, language: Language) -> html.P:
    return html.P(html.A(text(key, language), href=address))


def counts_part(site: Site, language: Language) -> html.Section:
    """The live counts, and apart from them what the original project reported."""
    counts = site.downloads.at_hand()
    parts: list[Component]
    if counts is None:
        parts = [html.P(text("counts_away", language))]
    else:
        by_file: Counter[tuple[str, str]] = Counter()
        for downloads, count in counts.items():
            by_file[downloads.month, downloads.file] += count
        parts = counts_by_file(by_file, language)
    link = html.A(text("counts_file_link", language), href="/data/downloads.csv")
    return headed(
        text("counts_title", language),
        *parts,
        html.P([text("counts_words", language), " ", link, "."]),
        *_earlier_count(site, language),
        id="downloads",
        className="reading",
    )


def _earlier_count(site: Site, language: Language) -> list[Component]:
    earlier = site.profile.find("downloads_before")
    if earlier is None:
        return []
    figure = earlier["figure"]
    words = text(
        "counts_history",
        language,
        year=earlier["year"],
        count=figure["value"][language],
        label=figure["label"][language],
    )
    return [html.P(words, className="note")]
