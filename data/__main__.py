"""The commands ``python -m data check | publish | freeze | build``: look after the data."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from data.builds import build_files
from data.checks import is_date
from data.checksums import SUMS_FILE
from data.editions import (
    EDITIONS,
    TEXTS,
    BrokenEdition,
    UnreadableEdition,
    edition_folders,
    is_published,
    load_edition,
    load_editions,
    newest_folder,
    read_edition,
)
from data.faults import Fault, file_fault
from data.models import Words
from data.profiles import read_profile, site_title
from data.publishing import freeze, publish
from data.tables import TABLES

FINE, FAULTY, UNREADABLE = 0, 1, 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; return 0 if all is fine, 1 with faults, 2 if something is unreadable."""
    given = _parser().parse_args(arguments)
    try:
        return int(given.run(given))
    except UnreadableEdition as error:
        print(f"Cannot {given.command}: {error}", file=sys.stderr)
        return UNREADABLE
    except BrokenEdition as error:
        print(error)
        count = len(error.faults)
        print(f"{count} fault{'s' if count > 1 else ''} found", file=sys.stderr)
        return FAULTY
    except OSError as error:
        print(f"Cannot {given.command}: {file_fault(error)}", file=sys.stderr)
        return UNREADABLE


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m data", description="Look after the data.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND", dest="command")
    check = commands.add_parser("check", help="list every fault of an edition")
    check.add_argument("folder", nargs="?", type=Path, help="the newest edition if left out")
    check.set_defaults(run=_check)
    make = commands.add_parser("publish", help="make the next edition from a folder of tables")
    make.add_argument("folder", type=Path, help="tables, datapackage.json and changes.yml")
    make.add_argument(
        "--date", default="", help="YEAR-MONTH-DAY, not after today (UTC); today if left out"
    )
    make.add_argument("--editions", type=Path, default=EDITIONS, help="where editions lie")
    make.set_defaults(run=_publish)
    frozen = commands.add_parser(
        "freeze", help="give an edition of an earlier release its files and checksums"
    )
    frozen.add_argument("folder", type=Path, help="the folder of a published edition")
    frozen.set_defaults(run=_freeze)
    build = commands.add_parser("build", help="write every file that the site offers")
    build.add_argument("folder", type=Path, help="where builds are kept")
    build.add_argument("--city", default="moscow", help="whose fulfilment is computed")
    build.add_argument("--base-url", default="http://127.0.0.1:8050", help="where readers are")
    build.add_argument("--title-en", default="", help="the site's title; the city's if left out")
    build.add_argument("--title-ru", default="", help="the same in Russian")
    build.add_argument("--editions", type=Path, default=EDITIONS, help="where editions lie")
    build.set_defaults(run=_build)
    return parser


def _check(arguments: argparse.Namespace) -> int:
    tables, package, faults, _ = read_edition(arguments.folder or newest_folder())
    if faults:
        raise BrokenEdition(faults)
    rows = ", ".join(f"{len(tables.rows(name))} {name}" for name in TABLES)
    print(f"Edition {package.version} of {package.date} is fine: {rows}")
    return FINE


def _publish(arguments: argparse.Namespace) -> int:
    today = datetime.now(UTC).date().isoformat()
    date = arguments.date or today
    if is_date(date) and date > today:
        # Its files would say that they were changed later than now.
        problem, remedy = f"{date} is not yet, today is {today} (UTC)", "publish on that day"
        raise BrokenEdition([Fault("--date", None, "", problem, remedy)])
    made = publish(arguments.folder, date, arguments.editions)
    changes = [
        f"{table.table} +{len(table.added)} ~{len(table.changed)} −{len(table.removed)}"
        for table in made.tables
        if table
    ]
    rows = f": {', '.join(changes)}" if changes else ""
    print(f"Edition {made.version} ({made.kind}) is published in {made.folder}{rows}")
    return FINE


def _freeze(arguments: argparse.Namespace) -> int:
    folder = arguments.folder.resolve()
    if is_published(folder):
        problem, remedy = "the edition is frozen already", "publish a correction as a new edition"
        raise BrokenEdition([Fault(SUMS_FILE, None, "", problem, remedy)])
    folders = edition_folders(folder.parent)
    if folder not in folders:
        raise UnreadableEdition(f"{folder} is not named after a version, such as 2026.1")
    place = folders.index(folder)
    before = load_edition(folders[place - 1]) if place else None
    freeze(folder, load_edition(folder), before)
    print(f"Edition {folder.name} is frozen: its files lie in {folder / TEXTS}")
    return FINE


def _build(arguments: argparse.Namespace) -> int:
    *earlier, edition = load_editions(arguments.editions)
    if arguments.city not in edition.cities:
        known = ", ".join(sorted(edition.cities))
        print(f"Cannot build: the edition knows {known}, not {arguments.city}", file=sys.stderr)
        return UNREADABLE
    fallback = site_title(read_profile(edition.cities[arguments.city]))
    made = build_files(
        edition,
        arguments.city,
        arguments.folder,
        base_url=arguments.base_url.rstrip("/"),
        site_title=Words(arguments.title_en or fallback.en, arguments.title_ru or fallback.ru),
        earlier=tuple(earlier),
    )
    size = sum(published_file.bytes for published_file in made.files.values())
    print(f"{len(made.files)} files, {size} bytes, in {made.public}")
    return FINE


if __name__ == "__main__":
    sys.exit(main())
