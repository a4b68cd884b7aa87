"""Citations and code for what a page shows: an edition, a table of it, or one indicator."""

from collections.abc import Mapping
from dataclasses import replace

from dash import html
from dash.development.base_component import Component

from components import urls
from components.corrections import correction_note, value_note
from components.markup import folded, hyphened
from components.open_data.reuse import citations, programs
from components.open_data.table_list import file_link
from components.texts import text
from data.citations import Cited, edition_cited, indicator_cited
from data.exports.indicator_files import indicator_types
from data.exports.tables import column_types
from data.models import Edition, Indicator, Language, Words
from data.snippets import Snippet, csv_snippets, pandas_line
from data.value_history import ValueHistory, corrections_of
from pages.open_data.tables import number_columns
from pages.site import Site
from quiz.tokens import utc_today

_INDICATOR_FORMS = ("csv", "json")


def day_of_access() -> str:
    """Today, which citations give as the day on which the page was read."""
    return utc_today().isoformat()


def cited_edition(site: Site, edition: Edition, language: Language) -> Cited:
    """Return the citation of an edition, read today."""
    return edition_cited(
        edition,
        language,
        site_title=_site_title(site),
        base_url=site.around.base_url,
        accessed=day_of_access(),
    )


def cited_indicator(site: Site, indicator: Indicator, language: Language) -> Cited:
    """Return the citation of one indicator of the site's city, read today, with corrections."""
    corrections = corrections_of(site.edition, site.city, indicator.code)
    cited = indicator_cited(
        site.edition,
        indicator,
        site.city,
        language,
        site_title=_site_title(site),
        base_url=site.around.base_url,
        accessed=day_of_access(),
    )
    return replace(cited, note=correction_note(corrections, indicator, language))


def cited_value(site: Site, history: ValueHistory, title: str, language: Language) -> Cited:
    """Return the citation of one published value, read today."""
    edition, indicator = site.edition, site.indicator(history.observation.code)
    return Cited(
        key=f"{history.value_id}-{edition.version}",
        title=title,
        site=site.name(language),
        address=site.around.base_url + urls.value(language, history.value_id),
        version=edition.version,
        date=edition.date,
        language=language,
        accessed=day_of_access(),
        note=value_note(history.corrections, indicator, language),
    )


def table_line(site: Site, edition: Edition, table: str) -> str:
    """One line of Python that loads a table of an edition."""
    return pandas_line(_table_address(site, edition, table))


def table_code(
    site: Site, edition: Edition, table: str, language: Language
) -> Mapping[str, Snippet]:
    """Code that loads a table of an edition, by program."""
    numbers = number_columns(column_types(edition, table))
    return csv_snippets(_table_address(site, edition, table), language, numbers)


def indicator_code(site: Site, indicator: Indicator, language: Language) -> Mapping[str, Snippet]:
    """Code that loads the file of one indicator, by program."""
    address = urls.indicator_file(language, indicator.slug, "csv")
    numbers = number_columns(indicator_types(site.edition))
    return csv_snippets(site.around.base_url + address, language, numbers)


def indicator_tools(
    site: Site,
    indicator: Indicator,
    language: Language,
    share: str,
    chart: Component | None,
) -> html.Section:
    """Return the ways to share, download and cite an indicator, and its ``chart``.

    ``share`` is the path of the Share panel.
    """
    links: list[Component] = []
    for form in _INDICATOR_FORMS:
        path = urls.indicator_file(language, indicator.slug, form).lstrip("/")
        file = site.files.find(path)
        if file is not None:
            links.append(html.Li(file_link(file, language, text(f"file_name_{form}", language))))
    return html.Section(
        [
            html.A(text("share", language), href=share, className="share-way"),
            html.A(
                text("explore_this", language),
                href=urls.explore(
                    language,
                    dimension=urls.DIMENSION_SLUGS[indicator.dimension],
                    pick=indicator.slug,
                ),
                className="share-way",
            ),
            folded(
                text("download_fold", language),
                html.Ul(links, className="forms"),
                html.P(html.A(text("all_data_link", language), href=urls.data(language))),
                folded(
                    text("code_fold", language),
                    programs(indicator_code(site, indicator, language), language),
                    html.P(text("code_tried", language), className="note"),
                ),
            ),
            folded(
                text("cite_short", language),
                citations(cited_indicator(site, indicator, language), language),
                html.P(text("cite_words", language), className="note"),
            ),
            chart,
        ],
        id="reuse",
        className="tools",
        **hyphened(aria_label=text("reuse_title", language)),
    )


def _table_address(site: Site, edition: Edition, table: str) -> str:
    return site.around.base_url + urls.table_file(edition.version, table)


def _site_title(site: Site) -> Words:
    return Words(site.name("en"), site.name("ru"))
