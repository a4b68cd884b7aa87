"""Open data: what there is, on what terms, in which files, and how to use it."""

from typing import Any

from dash import html, register_page

from components import urls
from components.copying import copy_box
from components.document import Page
from components.formats import DASH, day, integer
from components.markup import folded, headed, page_opening
from components.open_data.reuse import citations, programs
from components.open_data.table_list import file_link, table_list
from components.texts import text
from data.models import Language
from pages.feed import feed_of
from pages.open_data.reuse import cited_edition, day_of_access, table_code, table_line
from pages.open_data.sections import (
    counts_part,
    data_lead,
    editions_part,
    gaps_part,
    made_part,
    programs_part,
    terms_part,
)
from pages.open_data.tables import listed_tables, main_table
from pages.quiz.service import current_quiz_service
from pages.registry import HEADER
from pages.site import Site, current_site
from pages.structured_data import LICENCE, breadcrumbs, edition_dataset

# What networks of servers and readers load first must let a researcher decide.
_WHOLE = {"take_zip": "all.zip", "take_xlsx": "all.xlsx"}


def layout(language: Language) -> Page:
    """Return the edition in force: facts and files first, then the ways to use them."""
    site = current_site()
    lead = data_lead(site, language)
    title = text("data_title", language)
    main = html.Div(
        [
            page_opening(title, lead),
            html.Div([_take(site, language), _facts(site, language)], className="decide"),
            _tables(site, language),
            html.Div(
                [
                    _code(site, language),
                    _cite(site, language),
                    terms_part(site, language),
                    gaps_part(site, language),
                    made_part(site, language),
                    editions_part(site, language),
                    counts_part(site, language),
                    programs_part(site, language),
                ],
                className="pairs",
            ),
        ],
        className="page data",
    )
    return Page(
        title=text("data_document", language),
        description=lead,
        path="data/",
        main=main,
        section="data",
        figures=tuple(
            (integer(table.rows, language), table.title[language])
            for table in listed_tables(site, site.edition)
        ),
        scripts=("copy.js",),
        feed=feed_of(site, language),
        marked=len(site.editions) > 1,  # Only colours that changed since the one before have any.
        structured=(
            breadcrumbs(site, language, ((title, "data/"),)),
            edition_dataset(site, language, site.edition, "data/", lead),
        ),
    )


def _take(site: Site, language: Language) -> html.Section:
    version = site.edition.version
    buttons: list[Any] = []
    for key, name in _WHOLE.items():
        file = site.files.find(f"data/{version}/{name}")
        if file is not None:
            look = "button" if not buttons else "button quiet"
            buttons.append(file_link(file, language, text(key, language), look))
    line = table_line(site, site.edition, main_table(site.edition))
    return headed(
        text("take_title", language),
        html.P(buttons, className="take"),
        html.P(text("take_zip_words", language), className="note"),
        copy_box("one-line", text("take_line", language), line, language),
        html.P(html.A(text("take_more", language), href="#code"), className="note"),
        html.P(html.A(text("take_api", language), href="/api/v1/docs.md"), className="note"),
        html.P(html.A(text("factsheet_link", language), href=urls.factsheet(language))),
        className="panel",
    )


def _facts(site: Site, language: Language) -> html.Section:
    edition = site.edition
    scores = site.fulfilment().indicators
    coverage = text(
        "fact_coverage_words",
        language,
        n=len(scores),
        valued=sum(score.has_value for score in scores),
        scored=sum(score.share is not None for score in scores),
        indicators=len(scores),
        **site.city_words(language),
    )
    extent = text(
        "fact_extent_words",
        language,
        observations=integer(len(edition.observations), language),
        targets=integer(len(edition.targets), language),
        sources=integer(len(edition.sources), language),
    )
    version = text(
        "fact_edition_words", language, version=edition.version, date=day(edition.date, language)
    )
    facts: dict[str, Any] = {
        "edition": html.A(version, href=urls.data_edition(language, edition.version)),
        "years": f"{site.years[0]}–{site.years[-1]}" if site.years else "",
        "coverage": coverage,
        "extent": extent,
        "licence": [
            html.A("CC BY 4.0", href=LICENCE, rel="license"),
            DASH[language],
            html.A(text("fact_licence_words", language), href="#terms"),
        ],
        "gaps": html.A(text("fact_gaps_words", language), href="#gaps"),
    }
    rows = [
        html.Div([html.Dt(text(f"fact_{key}", language)), html.Dd(words)])
        for key, words in facts.items()
        if words
    ]
    return html.Section(html.Dl(rows, className="facts"))


def _tables(site: Site, language: Language) -> html.Section:
    """List the table that most readers want, and the others folded."""
    tables = listed_tables(site, site.edition)
    return headed(
        text("data_tables_title", language),
        html.P(text("data_form", language), className="note"),
        table_list(tables[:1], language),
        folded(
            text("data_tables_more", language, n=len(tables) - 1),
            table_list(tables[1:], language),
        ),
    )


def _code(site: Site, language: Language) -> html.Section:
    return headed(
        text("code_title", language),
        html.P(text("code_words", language)),
        programs(table_code(site, site.edition, main_table(site.edition), language), language),
        html.P(text("code_tried", language), className="note"),
        id="code",
    )


def _cite(site: Site, language: Language) -> html.Section:
    return headed(
        text("cite_title", language),
        citations(cited_edition(site, site.edition, language), language),
        html.P(text("cite_words", language), className="note"),
        id="cite",
    )


def _follows(language: Language) -> str:
    """Return today, which citations name, the state of the counts and the newest snapshot."""
    del language
    newest = next(iter(current_quiz_service().snapshots()), "")
    return f"{day_of_access()}:{current_site().downloads.tag()}:{newest}"


register_page(
    __name__,
    name="data",
    path_template="/<language>/data/",
    layout=layout,
    order=8,
    navigation=(HEADER,),
    follows=_follows,
    warm=True,
)
