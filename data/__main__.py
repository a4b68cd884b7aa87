"""The commands ``python -m data check | publish | freeze | build``: look after the data."""

import argparse
import json
import subprocess
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from data.builds import build_files
from data.checks import is_date
from data.checksums import SUMS_FILE
from data.drafts import check_draft
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
from data.plausibility import improbable
from data.profiles import read_profile, site_title
from data.publishing import freeze, publish
from data.table_files import TableFiles
from data.tables import TABLES

FINE, FAULTY, UNREADABLE = 0, 1, 2
_ROOT = Path(__file__).parents[1]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; return 0 if all is fine, 1 with faults, 2 if something is unreadable."""
    options = _parser().parse_args(arguments)
    try:
        return int(options.run(options))
    except UnreadableEdition as error:
        print(f"Cannot {options.command}: {error}", file=sys.stderr)
        return UNREADABLE
    except BrokenEdition as error:
        print(error)
        count = len(error.faults)
        print(f"{count} fault{'s' if count > 1 else ''} found", file=sys.stderr)
        return FAULTY
    except OSError as error:
        print(f"Cannot {options.command}: {file_fault(error)}", file=sys.stderr)
        return UNREADABLE


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m data", description="Look after the data.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND", dest="command")
    check = commands.add_parser("check", help="list every fault of an edition or a draft")
    check.add_argument("folder", nargs="?", type=Path, help="the newest edition if left out")
    check.set_defaults(run=_check)
    make = commands.add_parser("publish", help="make the next edition from a folder of tables")
    make.add_argument("folder", type=Path, help="tables, datapackage.json and changes.yml")
    make.set_defaults(run=_publish)
    for command in (check, make):
        command.add_argument(
            "--date", default="", help="YEAR-MONTH-DAY, not after today (UTC); today if left out"
        )
        command.add_argument("--editions", type=Path, default=EDITIONS, help="where editions lie")
        command.add_argument("--strict", action="store_true", help="take warnings for faults")
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
    build.add_argument("--no-quiz", action="store_true", help="the site has no quiz")
    build.set_defaults(run=_build)
    return parser


def _check(arguments: argparse.Namespace) -> int:
    folder = arguments.folder or newest_folder(arguments.editions)
    if not is_published(folder):
        tables, name = _checked_draft(folder, arguments)
    else:
        reading = read_edition(folder)
        if reading.faults:
            raise BrokenEdition(reading.faults)
        tables, name = reading.tables, f"{reading.package.version} of {reading.package.date}"
    rows = ", ".join(f"{len(tables.rows(table))} {table}" for table in TABLES)
    print(f"Edition {name} is fine: {rows}")
    return FINE


def _publish(arguments: argparse.Namespace) -> int:
    _checked_draft(arguments.folder, arguments)
    publication = publish(arguments.folder, arguments.date or _today(), arguments.editions)
    changes = [
        f"{table.table} +{len(table.added)} ~{len(table.changed)} −{len(table.removed)}"
        for table in publication.tables
        if table
    ]
    rows = f": {', '.join(changes)}" if changes else ""
    name = f"{publication.version} ({publication.kind})"
    print(f"Edition {name} is published in {publication.folder}{rows}")
    return FINE


def _today() -> str:
    return datetime.now(UTC).date().isoformat()


def _checked_draft(folder: Path, arguments: argparse.Namespace) -> tuple[TableFiles, str]:
    """Return the tables of a draft and the version that it would get, and print its warnings.

    Raises ``BrokenEdition`` with all its faults.
    """
    today = _today()
    date = arguments.date or today
    reading, plan, faults = check_draft(folder, date, arguments.editions)
    if is_date(date) and date > today:
        # Its files would say that they were changed later than now.
        problem, remedy = f"{date} is not yet, today is {today} (UTC)", "publish on that day"
        faults.append(Fault("--date", None, "", problem, remedy))
    warnings = improbable(reading.tables) if reading.sound else []
    if reading.sound:
        faults += _quiz_faults(folder)
    if arguments.strict:
        faults += warnings
    else:
        for warning in warnings:
            print(f"Warning: {warning}")
    if faults or plan is None:
        raise BrokenEdition(faults)
    return reading.tables, f"{plan.version} of {date}"


def _quiz_faults(folder: Path) -> list[Fault]:
    """Return the faults of the question bank against a draft.

    The quiz stands above the data, which imports nothing of it: its own command checks it.
    """
    command = [sys.executable, "-m", "quiz", "check", "--edition", str(folder.resolve()), "--json"]
    done = subprocess.run(  # noqa: S603  # Our own command.
        command, capture_output=True, text=True, check=False, cwd=_ROOT
    )
    if done.returncode not in (FINE, FAULTY):
        raise UnreadableEdition(f"the questions cannot be checked ({done.stderr.strip()})")
    return [Fault(**fault) for fault in json.loads(done.stdout)]


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
        cities = ", ".join(sorted(edition.cities))
        print(f"Cannot build: the edition knows {cities}, not {arguments.city}", file=sys.stderr)
        return UNREADABLE
    fallback = site_title(read_profile(edition.cities[arguments.city]))
    manifest = build_files(
        edition,
        arguments.city,
        arguments.folder,
        base_url=arguments.base_url.rstrip("/"),
        site_title=Words(arguments.title_en or fallback.en, arguments.title_ru or fallback.ru),
        earlier=tuple(earlier),
        has_quiz=not arguments.no_quiz,
    )
    size = sum(published_file.bytes for published_file in manifest.files.values())
    print(f"{len(manifest.files)} files, {size} bytes, in {manifest.public}")
    return FINE


if __name__ == "__main__":
    sys.exit(main())
