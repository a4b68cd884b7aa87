"""The published tables as pages show them: size, files, first rows, columns."""

from collections.abc import Mapping

from components.open_data.table_list import ListedTable
from data.exports.about import described
from data.exports.tables import TABLE_FORMS, export_of, exports_of
from data.manifests import PublishedFile
from data.metadata.fields import resource_of
from data.models import Edition, Words
from data.tables import COMPUTED, TABLES, ColumnType
from pages.site import Site

# In the order in which a researcher would want them; others follow.
_FIRST_TABLES = (
    "values",
    "scores",
    "observations",
    "fulfilment",
    "indicators",
    "targets",
    "data_points",
    "sources",
    "gaps",
    "cities",
    "population",
)


def listed_tables(site: Site, edition: Edition) -> tuple[ListedTable, ...]:
    """Every published table of an edition in reading order, without rows.

    Samples would make the page of the data longer than 14 KB; that of each table has them.
    """
    return tuple(listed_table(site, edition, table, 0) for table in shown_tables(edition))


def shown_tables(edition: Edition) -> list[str]:
    """The published tables of an edition in reading order."""
    tables = exports_of(edition)
    return sorted(tables, key=(*_FIRST_TABLES, *tables).index)


def main_table(edition: Edition) -> str:
    """The table to begin with: all values joined, in an edition that has it."""
    return shown_tables(edition)[0]


def listed_table(site: Site, edition: Edition, table: str, first: int) -> ListedTable:
    """One published table with its first rows; ``KeyError`` for an unknown one."""
    declared = COMPUTED.get(table) or TABLES[table]
    export = export_of(edition, site.city, table)
    return ListedTable(
        table,
        table_words(edition, table, "title"),
        declared.row or table_words(edition, table, "description"),
        export.header,
        len(export.rows),
        tuple(export.rows[:first]),
        files_of(site, edition, table),
    )


def files_of(site: Site, edition: Edition, table: str) -> tuple[PublishedFile, ...]:
    """The data files of one table, without its description, in the order of the forms."""
    by_form = {
        published_file.form: published_file
        for published_file in site.files.of_table(edition.version, table)
    }
    return tuple(by_form[form] for form in TABLE_FORMS if form in by_form)


def table_words(edition: Edition, table: str, name: str) -> Words:
    """``title`` or ``description`` of a table in both languages."""
    return described(resource_of(edition, table), name)


def number_columns(types: Mapping[str, ColumnType]) -> list[str]:
    """The columns that hold numbers, which some programs have to be told."""
    return [name for name, kind in types.items() if kind == "number"]
