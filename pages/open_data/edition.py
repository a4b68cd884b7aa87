"""One edition: its files with checksums, what it changed, and whether it is superseded."""

from collections.abc import Sequence

from dash import html, register_page
from dash.development.base_component import Component

from components import urls
from components.document import Page
from components.formats import day
from components.markup import folded, headed, page_opening
from components.open_data.edition_files import checksum_list, file_table, further_files
from components.open_data.reuse import citations
from components.texts import text
from data.models import Edition, Language
from pages.feed import feed_of
from pages.open_data.changes import changes_part, differences
from pages.open_data.reuse import cited_edition, day_of_access
from pages.open_data.sections import data_lead
from pages.open_data.table import data_trail
from pages.open_data.tables import shown_tables, table_words
from pages.registry import Redirect
from pages.requests import NoSuchThing
from pages.site import Site, current_site
from pages.structured_data import breadcrumbs, edition_dataset

# SHA256SUMS has the checksums of all others.
_REBUILT = ("xlsx", "parquet", "zip")


def layout(language: Language, edition: str) -> Page:
    """Return the page of one edition; raises ``NoSuchThing`` for one that was never published."""
    site = current_site()
    if edition == "latest":
        raise Redirect(urls.data(language))
    editions = site.editions
    place = next((n for n, published in enumerate(editions) if published.version == edition), None)
    if place is None:
        raise NoSuchThing(edition)
    published, later = editions[place], editions[place + 1 :]
    title = text("edition_named", language, version=published.version)
    lead = text("edition_lead", language, date=day(published.date, language))
    main = html.Div(
        [
            data_trail(language),
            page_opening(title, lead),
            *_warning(later, language),
            *_since(site, published, later, language),
            headed(
                text("edition_changed", language, version=published.version),
                *changes_part(site, editions[place - 1] if place else None, published, language),
            ),
            _files(site, published, language),
            headed(
                text("cite_title", language),
                folded(
                    text("cite_fold", language),
                    citations(cited_edition(site, published, language), language),
                ),
            ),
        ],
        className="page data",
    )
    path = f"data/{published.version}/"
    trail = ((text("data_title", language), "data/"), (title, path))
    return Page(
        title=f"{text('data_title', language)}: {title}",
        description=lead,
        path=path,
        main=main,
        section="data",
        scripts=("copy.js",),
        feed=feed_of(site, language),
        structured=(
            breadcrumbs(site, language, trail),
            edition_dataset(site, language, published, path, data_lead(site, language)),
        ),
    )


def _warning(later: Sequence[Edition], language: Language) -> list[Component]:
    """Tell readers of an old link at once that there is a newer edition."""
    if not later:
        return [html.P(text("edition_holds", language))]
    newest = later[-1]
    words = text(
        "edition_warning", language, version=newest.version, date=day(newest.date, language)
    )
    return [
        html.Div(
            [
                html.P([html.B(words), " ", text("edition_kept", language)]),
                html.P(
                    [
                        html.A(text("edition_newest_link", language), href=urls.data(language)),
                        " · ",
                        html.A(text("edition_warning_link", language), href="#since"),
                    ]
                ),
            ],
            className="warning",
        )
    ]


def _since(
    site: Site, edition: Edition, later: Sequence[Edition], language: Language
) -> list[Component]:
    if not later:
        return []
    newest = later[-1]
    return [
        headed(
            text("edition_since", language, version=newest.version),
            # Their own pages say in words what they changed.
            html.Ul(
                [
                    html.Li(
                        html.A(
                            text("edition_differences", language, n=len(each.change_log.changes)),
                            href=urls.data_edition(language, each.version),
                        )
                    )
                    for each in reversed(later)
                ]
            ),
            *differences(site, edition, newest, language),
            id="since",
        )
    ]


def _files(site: Site, edition: Edition, language: Language) -> html.Section:
    files = site.files.of_edition(edition.version)
    caption = text("edition_files", language, version=edition.version)
    titles = {table: table_words(edition, table, "title") for table in shown_tables(edition)}
    return headed(
        text("files_of_table", language),
        file_table(files, titles, caption, language),
        further_files(files),
        checksum_list([file for file in files if file.form in _REBUILT], language),
    )


register_page(
    __name__,
    name="data-edition",
    path_template="/<language>/data/<edition>/",
    layout=layout,
    order=10,
    variants=lambda site: [{"edition": edition.version} for edition in site.editions],
    follows=lambda _language, **_variables: day_of_access(),
)
