"""Makes the next edition from a folder of tables: all checks first, then one renaming."""

import os
import shutil
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path

from data.changes import CHANGES_FILE, written
from data.checksums import SUMS_FILE, sums_bytes, sums_of
from data.drafts import Plan, plan_of
from data.editions import (
    EDITIONS,
    TEXTS,
    Reading,
    edition_folders,
    edition_of,
    load_edition,
    read_edition,
)
from data.exports.text_files import write_texts
from data.faults import BrokenEdition, UnreadableEdition
from data.locks import fsync_folder, only_writer
from data.models import Edition, EditionKind
from data.package import PACKAGE_FILE, SCHEMA_NAME
from data.package import written as described
from data.profiles import has_profile, read_profile, site_title
from data.score_tables import read_scores, score_tables
from data.scoring import METHOD
from data.table_changes import TableChange
from data.tables import TABLES

_UNFINISHED = ".unfinished-"


@dataclass(frozen=True, slots=True)
class Published:
    """The edition that was made: its folder, version and kind, and the rows that differ."""

    folder: Path
    version: str
    kind: EditionKind
    tables: tuple[TableChange, ...]


def publish(folder: Path, date: str, editions: Path = EDITIONS) -> Published:
    """Publish the tables in ``folder`` as the edition after the newest one in ``editions``.

    The folder holds the tables, datapackage.json and changes.yml; its own version and date are
    replaced. ``date`` is YEAR-MONTH-DAY. The new edition appears whole or not at all: a crash
    leaves the old one in force.

    Raises:
        BrokenEdition: something is wrong; the message lists every fault, and nothing changed.
        UnreadableEdition: ``folder`` or ``editions`` is no folder that can be read.
    """
    if not editions.is_dir():
        raise UnreadableEdition(f"{editions} is not a folder that can be read")
    reading = read_edition(folder)
    with only_writer(editions):
        _remove_unfinished(editions)
        plan = plan_of(reading, date, editions)
        fresh = Path(tempfile.mkdtemp(prefix=_UNFINISHED, dir=editions))
        try:
            _write(fresh, reading, plan)
            written = _check_again(fresh)
            earlier = edition_folders(editions)
            before = load_edition(earlier[-1]) if earlier else None
            freeze(fresh, edition_of(written, {}), before)
            final = editions / plan.version
            fsync_folder(fresh)
            fresh.rename(final)
            fsync_folder(editions)
        except BaseException:
            shutil.rmtree(fresh, ignore_errors=True)
            raise
    return Published(final, plan.version, plan.log.kind, plan.tables)


def freeze(folder: Path, edition: Edition, before: Edition | None) -> None:
    """Write what is computed from ``edition`` into its folder, and SHA256SUMS of all of it.

    These are the scores of every city, and the text files of each that has a profile. ``before``
    is the edition that this one followed.
    """
    shutil.rmtree(folder / TEXTS, ignore_errors=True)  # What an earlier, killed run left.
    for name, content in score_tables(edition).items():
        _write_surely(folder / name, content)
    # Read back: the texts hold the scores that will be served, and nothing is scored twice.
    edition = replace(edition, scores=read_scores(folder, edition))
    for city in edition.cities.values():
        if has_profile(city):
            title = site_title(read_profile(city))
            texts = folder / TEXTS / city.id
            texts.mkdir(parents=True)
            write_texts(texts, edition, city.id, title, before, _write_surely)
            for part in (texts, *(path for path in texts.iterdir() if path.is_dir()), texts.parent):
                fsync_folder(part)
    _write_surely(folder / SUMS_FILE, sums_bytes(sums_of(folder)))


def _remove_unfinished(editions: Path) -> None:
    """Remove what a killed process left; nobody else writes while the lock is held."""
    for left in editions.glob(f"{_UNFINISHED}*"):
        shutil.rmtree(left)


def _write(fresh: Path, reading: Reading, plan: Plan) -> None:
    """Write the edition's files, each of them surely on the disk before it gets its name."""
    for name, table in reading.tables.files.items():
        _write_surely(fresh / TABLES[name].file, table.content)
    description = dict(reading.package.description)
    description |= {"version": plan.version, "created": f"{plan.date}T00:00:00Z"}
    description |= {"scoringMethod": METHOD, SCHEMA_NAME: plan.schema}
    _write_surely(fresh / PACKAGE_FILE, described(description))
    log = written(plan.version, plan.date, plan.log)
    _write_surely(fresh / CHANGES_FILE, log.encode())
    fresh.chmod(0o755)


def _write_surely(path: Path, content: bytes) -> None:
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _check_again(fresh: Path) -> Reading:
    """Read what was written; what is published passed the checks as it lies there."""
    reading = read_edition(fresh)
    if reading.faults:
        raise BrokenEdition(reading.faults)
    return reading
