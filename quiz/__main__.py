"""The command ``python -m quiz``: the bank for editors, the store for operators."""

import argparse
import json
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import asdict
from pathlib import Path

from sqlalchemy import make_url

from data.editions import (
    BrokenEdition,
    UnreadableEdition,
    edition_of,
    load_edition,
    read_edition,
)
from data.models import Edition
from quiz.answer_cues import answer_cues
from quiz.backup import back_up
from quiz.bank import SAMPLES, read_bank
from quiz.bank_file import QUESTIONS, checked_entries
from quiz.faults import BrokenBank, StoreFault, StoreUnavailable
from quiz.fingerprints import NO_FINGERPRINT, add_fingerprints
from quiz.item_analysis import ItemAnalysis, analyse
from quiz.migration import migrate
from quiz.snapshots import make_snapshots
from quiz.store import Store
from quiz.tokens import utc_today

FINE, FAULTY, UNREADABLE = 0, 1, 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; return 0 if all is fine, 1 with faults, 2 if something is unreadable."""
    parser = argparse.ArgumentParser(prog="python -m quiz", description="Look after the quiz.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND", dest="command")
    check = commands.add_parser("check", help="list every fault of the question bank")
    check.add_argument("file", nargs="?", type=Path, default=QUESTIONS)
    check.add_argument("--edition", type=Path, help="a draft; the edition in force if left out")
    check.add_argument("--json", action="store_true", help="print nothing but the faults, as JSON")
    keep = commands.add_parser("fingerprints", help="keep what new versions of questions ask")
    keep.add_argument("file", nargs="?", type=Path, default=QUESTIONS)
    for name, purpose in (
        ("report", "say which questions are too easy, too hard or misleading"),
        ("snapshot", "keep the statistics of the months that have ended, if that is not done"),
        ("migrate", "create the tables of the answer store, or bring them up to date"),
    ):
        command = commands.add_parser(name, help=purpose)
        command.add_argument("database", nargs="?", default=_database_url(), help="its address")
    copy = commands.add_parser("backup", help="copy the answers of a SQLite database to a new file")
    copy.add_argument("file", type=Path, help="where to; it must not exist")
    copy.add_argument("database", nargs="?", default=_database_url(), help="its address")
    chosen = parser.parse_args(arguments)
    try:
        if chosen.command == "check":
            edition = load_edition() if chosen.edition is None else _draft(chosen.edition)
            return (
                list_faults(edition, chosen.file)
                if chosen.json
                else check_bank(edition, chosen.file)
            )
        if chosen.command == "fingerprints":
            return keep_fingerprints(load_edition(), chosen.file)
        if chosen.command == "backup":
            return copy_answers(chosen.database, chosen.file)
        run = {"report": report, "snapshot": keep_snapshots, "migrate": renew}[chosen.command]
        return run(chosen.database)
    except (BrokenEdition, UnreadableEdition, StoreFault) as error:
        print(f"Cannot {chosen.command}: {error}", file=sys.stderr)
        return UNREADABLE


def _draft(folder: Path) -> Edition:
    """Return the edition of a draft, whatever its rows come to together."""
    reading = read_edition(folder)
    if not reading.sound:
        raise BrokenEdition(reading.faults)
    return edition_of(reading, {})


def list_faults(edition: Edition, file: Path) -> int:
    """Print every fault of the bank in ``file`` as JSON, for the check of a draft."""
    faults = [fault for path in _files(file) for fault in checked_entries(edition, path)[1]]
    print(json.dumps([asdict(fault) for fault in faults], ensure_ascii=False))
    return FAULTY if faults else FINE


def _files(file: Path) -> tuple[Path, ...]:
    """Return the bank, and the questions for the home page beside our own."""
    return (file, SAMPLES) if file == QUESTIONS else (file,)


def check_bank(edition: Edition, file: Path) -> int:
    """Print every fault of the bank in ``file``, or what its right answers look like."""
    try:
        bank, *_ = [read_bank(edition, path) for path in _files(file)]
    except BrokenBank as error:
        print(error)
        number = len(error.faults)
        print(f"{number} fault{'s' if number > 1 else ''} found", file=sys.stderr)
        return FAULTY
    cues = answer_cues(bank.current)
    for cue in cues:
        positions = ", ".join(f"{option} {times}" for option, times in cue.positions.items())
        print(
            f"{cue.language}: the right answer is {positions}; it is the longest {cue.longest}"
            f" times and the shortest {cue.shortest} times of {cue.questions},"
            f" by chance {float(cue.by_chance):.0f}"
        )
    by_length, by_position = any(c.by_length for c in cues), any(c.by_position for c in cues)
    if by_length:
        print("The longest option is mostly the right one: make others longer", file=sys.stderr)
    if by_position:
        remedy = "give right options other ids"
        print(f"The same place is mostly the right one: {remedy}", file=sys.stderr)
    if by_length or by_position:
        return FAULTY
    print(f"The bank is fine: {len(bank.current)} questions, {len(bank.questions)} versions")
    return FINE


def keep_fingerprints(edition: Edition, file: Path) -> int:
    """Write the fingerprints of new versions; nothing is written where the bank has faults."""
    entries, faults = checked_entries(edition, file)
    if faults := [fault for fault in faults if fault.problem != NO_FINGERPRINT]:
        print(*faults, sep="\n")
        return FAULTY
    number = add_fingerprints(file, [entry.content for entry in entries], utc_today())
    print(f"{number} fingerprints added")
    return FINE


def report(database_url: str) -> int:
    """Print how each question fared, the hardest first."""
    bank = read_bank(load_edition())
    with _open_store(database_url) as store:
        items = analyse(store.counts(), store.responses(), bank)
    print(_columns("question", "answers", "right", "discr.", "D-DIF", "median", "options"))
    for item in items:
        print(_line_of(item))
    remarked = sum(bool(item.remarks) for item in items)
    print(f"{len(items)} questions, {remarked} with remarks")
    return FINE


def keep_snapshots(database_url: str) -> int:
    """Make the snapshots that are due and name their months."""
    bank = read_bank(load_edition())
    with _open_store(database_url) as store:
        months = make_snapshots(store, bank)
    print(f"Kept: {', '.join(months)}" if months else "No month has ended since the last snapshot")
    return FINE


@contextmanager
def _open_store(database_url: str) -> Iterator[Store]:
    url = make_url(database_url)
    if url.drivername == "sqlite" and not Path(url.database or "").is_file():
        raise StoreUnavailable(f"{url.database} is no file")
    with closing(Store(database_url)) as store:
        yield store


def _line_of(item: ItemAnalysis) -> str:
    right = "–"
    if item.interval:
        low, high = (f"{100 * edge:.0f}" for edge in item.interval)
        right = f"{item.right / item.answers:.0%} ({low}–{high})"
    line = _columns(
        f"{item.key[0]} v{item.key[1]}{' retired' if item.in_bank and not item.in_force else ''}",
        str(item.answers),
        right,
        "–" if item.discrimination is None else f"{item.discrimination:.2f}",
        "–" if item.difference is None else f"{item.difference[0]:+.1f} {item.difference[1]}",
        "–" if item.median_seconds is None else f"{item.median_seconds} s",
        " ".join(f"{option} {times}" for option, times in item.options.items()),
    )
    return "\n".join([line, *(f"    {remark}" for remark in item.remarks)])


def _columns(name: str, *figures: str) -> str:
    """Return a row of the report: figures to the right, and the options as they are."""
    *cells, options = figures
    widths = (7, 13, 6, 6, 6)
    numbers = " ".join(f"{cell:>{width}}" for cell, width in zip(cells, widths, strict=True))
    return f"{name:<32} {numbers}  {options}"


def renew(database_url: str) -> int:
    """Create or upgrade the tables."""
    migrate(database_url)
    print("The tables are up to date")
    return FINE


def copy_answers(database_url: str, file: Path) -> int:
    """Copy the answers and say how many there are."""
    rows = ", ".join(f"{count} {table}" for table, count in back_up(database_url, file).items())
    print(f"{file} holds {rows}")
    return FINE


def _database_url() -> str:
    """As for the site: DATABASE_URL, or SQLite in VAR_FOLDER or ``var/``."""
    folder = os.environ.get("VAR_FOLDER", "").strip() or str(Path(__file__).parents[1] / "var")
    return os.environ.get("DATABASE_URL", "").strip() or f"sqlite:///{folder}/site.db"


if __name__ == "__main__":
    sys.exit(main())
