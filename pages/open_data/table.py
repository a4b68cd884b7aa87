"""One published table: its files, the code that loads it, its first rows and its columns."""

import re
from collections import Counter
from functools import partial

from dash import html, register_page
from dash.development.base_component import Component

from components import urls
from components.document import Page
from components.formats import integer
from components.markup import current, folded, headed, hyphened, page_opening
from components.open_data.edition_files import checksum_list
from components.open_data.gap_register import gap_register
from components.open_data.reuse import citations, programs
from components.open_data.source_list import (
    source_list,
    source_pages,
    terms_of_sources,
)
from components.open_data.table_list import (
    ListedTable,
    cell_box,
    column_table,
    cut,
    file_links,
    size_words,
    width_notes,
)
from components.texts import text
from data.exports.tables import EXPORTS, exports_of
from data.gaps import gaps_of
from data.metadata.fields import fields_of
from data.models import Language
from pages.open_data.reuse import cited_edition, day_of_access, table_code
from pages.open_data.tables import listed_table, table_words
from pages.requests import BadParameter, NoSuchThing, Parameter
from pages.site import Site, current_site
from pages.structured_data import breadcrumbs, table_dataset

_FIRST = 5


def layout(language: Language, table: str, page: int = 1) -> Page:
    """Return the page of one table, or a further page of the sources.

    Raises:
        NoSuchThing: the edition in force has no such table.
        BadParameter: it has not as many sources.
    """
    site = current_site()
    edition = site.edition
    if table not in exports_of(edition):
        raise NoSuchThing(table)
    if page > 1:
        return _further_sources(site, language, page)
    page_table = listed_table(site, edition, table, _FIRST)
    title = text("data_table_title", language, table=page_table.title[language])
    lead = table_words(edition, table, "description")[language]
    main = html.Div(
        [
            data_trail(language),
            page_opening(
                page_table.title[language], lead, html.P(size_words(page_table, language))
            ),
            _files(page_table, language),
            *_register(site, table, language),
            *_rows(page_table, language),
            _reuse(site, table, language),
            _columns(site, table, language),
        ],
        className="page data",
    )
    path = f"data/{table}/"
    trail = ((text("data_title", language), "data/"), (page_table.title[language], path))
    return Page(
        title=title,
        description=lead,
        path=path,
        main=main,
        section="data",
        figures=(
            (integer(page_table.rows, language), text("card_rows", language, n=page_table.rows)),
            *(("", name) for name in page_table.header),
        ),
        scripts=("copy.js",),
        structured=(
            breadcrumbs(site, language, trail),
            table_dataset(site, language, page_table, lead),
        ),
    )


def _further_sources(site: Site, language: Language, page: int) -> Page:
    if page > source_pages(len(site.edition.sources)):
        raise BadParameter("page")
    title = text("sources_read", language)
    named = f"{title}. {text('sources_page', language, n=page)}"
    main = html.Div(
        [
            data_trail(language),
            html.Div(html.H1(title), className="opening"),
            *_sources(site, language, page),
        ],
        className="page data",
    )
    path = f"data/sources/?page={page}"
    words = table_words(site.edition, "sources", "description")[language]
    return Page(title=named, description=words, path=path, main=main, section="data")


def _sources(site: Site, language: Language, page: int) -> list[Component]:
    sources = site.edition.sources
    values = Counter(
        observation.source_id
        for observation in site.edition.observations
        if observation.value is not None
    )
    links = []
    for place in range(1, source_pages(len(sources)) + 1):
        query = f"?page={place}" if place > 1 else ""
        address = f"{urls.data_table(language, 'sources')}{query}#list"
        words = text("sources_page", language, n=place)
        mark = current("page" if place == page else "")
        links.append(html.Li(html.A(words, href=address, **mark)))
    label = hyphened(aria_label=text("sources_pages", language))
    return [
        html.Div(source_list(sources.values(), values, language, page), id="list"),
        html.Nav(html.Ul(links, className="forms"), **label),
    ]


def page_number(value: str) -> int:
    """Read the number of a page; raises ``ValueError`` for anything but 1 to 99."""
    if not re.fullmatch("[1-9][0-9]?", value):
        raise ValueError(value)
    return int(value)


def data_trail(language: Language) -> html.Nav:
    """The way here from home, by the data page."""
    links = [
        html.Li(html.A(text("nav_home", language), href=urls.home(language))),
        html.Li(html.A(text("data_title", language), href=urls.data(language))),
    ]
    return html.Nav(
        html.Ol(links), className="trail", **hyphened(aria_label=text("trail_label", language))
    )


def _files(table: ListedTable, language: Language) -> html.Section:
    return headed(
        text("files_of_table", language),
        file_links(table.files, language),
        checksum_list(table.files, language),
    )


def _register(site: Site, table: str, language: Language) -> list[Component]:
    """Two tables are read by people too: the gaps, and the terms of the sources."""
    if table == "gaps":
        year = text("gaps_as_of", language, year=site.edition.year)
        gaps = gaps_of(site.edition, site.city)
        return [
            html.H2(text("gaps_title", language)),
            html.P(year, className="reading"),
            gap_register(gaps, language),
        ]
    if table == "sources":
        sources = site.edition.sources.values()
        return [
            html.H2(text("sources_read", language)),
            html.P(terms_of_sources(sources, language), className="reading"),
            *_sources(site, language, 1),
        ]
    return []


def _reuse(site: Site, table: str, language: Language) -> html.Section:
    edition = site.edition
    return headed(
        text("code_title", language),
        programs(table_code(site, edition, table, language), language),
        html.P(text("code_tried", language), className="note"),
        html.H2(text("cite_title", language)),
        folded(
            text("cite_fold", language),
            citations(cited_edition(site, edition, language), language),
        ),
    )


def _rows(table: ListedTable, language: Language) -> list[Component]:
    caption = text("preview_of", language, table=table.title[language])
    box = cell_box(table.header, table.first, caption, language)
    cut_somewhere = any(cut(cell) != cell for row in table.first for cell in row)
    notes = [html.P(text("cut_note", language), className="note")] if cut_somewhere else []
    return [box, *width_notes(len(table.header), language), *notes]


def _columns(site: Site, table: str, language: Language) -> html.Section:
    fields = fields_of(site.edition, table)
    caption = text("columns_table", language)
    return headed(text("columns_title", language), column_table(fields, caption, language))


def _variants(site: Site, table: str) -> list[dict[str, str]]:
    """An edition may lack a table that a later schema version brought."""
    return [{}] if table in exports_of(site.edition) else []


for _table in EXPORTS:
    register_page(
        f"{__name__}.{_table}",
        name=f"data-{_table}",
        path_template=f"/<language>/data/{_table}/",
        layout=partial(layout, table=_table),
        order=9,
        variants=partial(_variants, table=_table),
        parameters=(Parameter("page", page_number),) if _table == "sources" else (),
        follows=lambda _language, **_variables: day_of_access(),
    )
