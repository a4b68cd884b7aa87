"""The published editions: read once, checked as a whole, never changed."""

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from data.changes import read_changes
from data.checks import check_cells
from data.checksums import SUMS_FILE, changed_files
from data.faults import BrokenEdition, Fault, UnreadableEdition
from data.models import ChangeLog, Edition
from data.package import VERSION, Package, check_package, read_package
from data.records import records_in
from data.rules import check_rules, check_years
from data.score_tables import SCORES_FILE, read_scores
from data.table_files import TableFiles, read_tables
from data.target_rules import check_primaries

EDITIONS = Path(__file__).with_name("editions")
# Below it, by city, the text files of a published edition as they are served.
TEXTS = "files"

__all__ = [
    "EDITIONS",
    "TEXTS",
    "BrokenEdition",
    "UnreadableEdition",
    "edition_folders",
    "edition_of",
    "is_published",
    "load_edition",
    "load_editions",
    "newest_folder",
    "read_edition",
]


class Reading(NamedTuple):
    """An edition as read, with every fault that was found.

    ``sound`` is False where a cell or a file is at fault, so that rows make no records.
    """

    tables: TableFiles
    package: Package
    faults: list[Fault]
    change_log: ChangeLog
    sound: bool = True


def edition_folders(editions: Path = EDITIONS) -> tuple[Path, ...]:
    """The folders of the published editions, oldest first; the last one is in force."""
    folders = (folder for folder in editions.iterdir() if VERSION.fullmatch(folder.name))
    return tuple(sorted(folders, key=lambda folder: [int(part) for part in folder.name.split(".")]))


def is_published(folder: Path) -> bool:
    """Return whether ``folder`` is a published edition: it bears a version and has checksums.

    A draft that was copied from one has another name.
    """
    return bool(VERSION.fullmatch(folder.name)) and (folder / SUMS_FILE).exists()


def newest_folder(editions: Path = EDITIONS) -> Path:
    """The folder of the edition in force; raises ``UnreadableEdition`` where there is none."""
    folders = edition_folders(editions)
    if not folders:
        raise UnreadableEdition(f"{editions} holds no edition, such as 2026.1")
    return folders[-1]


def load_edition(folder: Path | None = None) -> Edition:
    """Read the edition in ``folder``, or the one in force; all of it or nothing.

    Raises:
        BrokenEdition: the tables do not hold together; the message lists every fault.
        UnreadableEdition: there is no such folder.
    """
    folder = folder or newest_folder()
    reading = read_edition(folder)
    if reading.faults:
        raise BrokenEdition(reading.faults)
    texts = folder / TEXTS
    published = texts.iterdir() if is_published(folder) and texts.is_dir() else ()
    edition = edition_of(reading, {path.name: path for path in published})
    if not (is_published(folder) and (folder / SCORES_FILE).exists()):
        return edition
    return replace(edition, scores=read_scores(folder, edition))


def edition_of(reading: Reading, texts: Mapping[str, Path]) -> Edition:
    """Return the edition of a reading without faults; ``texts`` are its ``Edition.files``."""
    tables, package, change_log = reading.tables, reading.package, reading.change_log
    records = records_in(tables)
    return Edition(
        version=package.version,
        date=package.date,
        digest=_digest(tables),
        indicators=records.pop("indicators"),
        observations=records.pop("observations"),
        targets=records.pop("targets"),
        sources={source.id: source for source in records.pop("sources")},
        cities={city.id: city for city in records.pop("cities")},
        populations=records.pop("population"),
        change_log=change_log,
        method=package.method,
        package=package.description,
        schema=package.schema,
        headers={name: content.header for name, content in tables.files.items()},
        more=records,
        files=texts,
    )


def load_editions(editions: Path = EDITIONS) -> tuple[Edition, ...]:
    """Read every published edition, oldest first; the last one is in force.

    Raises:
        BrokenEdition: an edition does not hold together; faults name its folder.
        UnreadableEdition: there is no edition.
    """
    newest_folder(editions)
    loaded, faults = [], []
    for folder in edition_folders(editions):
        try:
            loaded.append(load_edition(folder))
        except BrokenEdition as error:
            faults += [replace(fault, file=f"{folder.name}/{fault.file}") for fault in error.faults]
    if faults:
        raise BrokenEdition(faults)
    return tuple(loaded)


def read_edition(folder: Path) -> Reading:
    """Read and check the edition in ``folder`` without stopping at faults; all are returned.

    A draft is held to every rule, a published edition to its checksums alone, so that no later
    rule refuses it. Raises ``UnreadableEdition`` where there is no such folder.
    """
    tables = read_tables(folder)
    headers = {name: content.header for name, content in tables.files.items()}
    package, package_faults = read_package(folder, headers)
    change_log, change_faults = read_changes(folder)
    if is_published(folder):
        return Reading(tables, package, changed_files(folder), change_log)
    cell_faults = check_cells(tables, package.vocabularies)
    faults = [
        *tables.faults,
        *package_faults,
        *change_faults,
        *check_package(package, tables),
        *cell_faults,
        *check_rules(tables),
        *check_years(tables, package.date),
    ]
    sound = not (tables.faults or package_faults or cell_faults)
    reading = Reading(tables, package, faults, change_log, sound)
    if sound:
        faults += check_primaries(edition_of(reading, {}), tables.rows("targets"))
    return reading


def _digest(tables: TableFiles) -> str:
    """The SHA-256 over the names, lengths and contents of all tables, in hex."""
    digest = hashlib.sha256()
    for name, table in sorted(tables.files.items()):
        digest.update(f"{name} {len(table.content)}\n".encode())
        digest.update(table.content)
    return digest.hexdigest()
