"""The change log of an edition: changes.yml, read, checked and written."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, cast, get_args

import yaml

from data.checks import remark_in
from data.faults import Fault, quoted
from data.models import Change, ChangeKind, ChangeLog, EditionKind, Words
from data.tables import TABLES

CHANGES_FILE = "changes.yml"
_HEADER = "# What this edition changed, for readers and for programs; see docs/data.md.\n"
# What no page can show; lone halves of a character can stand in YAML as escapes.
_NO_TEXT = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
_KINDS: tuple[ChangeKind, ...] = get_args(ChangeKind)
_EDITION_KINDS: tuple[EditionKind, ...] = get_args(EditionKind)


def read_changes(folder: Path) -> tuple[ChangeLog, list[Fault]]:
    """Read the change log of the edition in ``folder``, and say what is wrong with it."""
    try:
        content = yaml.safe_load((folder / CHANGES_FILE).read_text("utf-8"))
    except FileNotFoundError:
        return ChangeLog(), [_fault("the file is missing", "say in it what the edition changes")]
    except OSError as error:
        problem = f"the file cannot be read ({error.strerror})"
        return ChangeLog(), [_fault(problem, "make it a readable file")]
    except UnicodeDecodeError:
        return ChangeLog(), [_fault("the text is not UTF-8", "save the file as UTF-8")]
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        fault = _fault("the file is not YAML", "correct it there or just before")
        row = mark.line + 1 if mark else None
        return ChangeLog(), [Fault(fault.file, row, "", fault.problem, fault.remedy)]
    except (AttributeError, RecursionError, TypeError, ValueError) as error:
        # PyYAML lets its own trouble through: with 2026-13-45, which only looks like a date, with
        # a number of thousands of digits, with a thousand brackets.
        problem = f"a value cannot be read ({quoted(str(error))})"
        return ChangeLog(), [_fault(problem, "correct it, or put it in quotation marks")]
    faults = list(_faults(content))
    return (ChangeLog() if faults else _log(content)), faults


def written(version: str, date: str, log: ChangeLog) -> str:
    """The text of changes.yml for an edition."""
    content: dict[str, Any] = {
        "version": version,
        "date": date,
        "kind": log.kind,
        "before": log.before,
        "changes": [listed(change) for change in log.changes],
    }
    if log.rows:
        content["rows"] = {table: dict(counts) for table, counts in log.rows.items()}
    return _HEADER + yaml.safe_dump(content, allow_unicode=True, sort_keys=False, width=100)


def listed(change: Change) -> dict[str, str]:
    """One change as plain values, as changes.yml and changes.json hold it."""
    places = {"table": change.table, "code": change.code}
    filled = {name: place for name, place in places.items() if place}
    return {"kind": change.kind, **filled, "en": change.words.en, "ru": change.words.ru}


def _fault(problem: str, remedy: str) -> Fault:
    return Fault(CHANGES_FILE, None, "", problem, remedy)


def _faults(content: Any) -> Iterator[Fault]:
    if not isinstance(content, Mapping) or not isinstance(content.get("changes"), list):
        yield _fault("the file has no list of changes", "begin it with the word changes:")
        return
    if not content["changes"]:
        yield _fault("the list of changes is empty", "say what the edition changes")
    for place, change in enumerate(content["changes"], start=1):
        yield from _change_faults(f"change {place}", change)
    if content.get("kind", "first") not in _EDITION_KINDS:
        yield _fault("the kind of edition is unknown", f"write {', '.join(_EDITION_KINDS)}")
    rows = content.get("rows", {})
    if not isinstance(rows, Mapping) or not all(isinstance(by, Mapping) for by in rows.values()):
        yield _fault("rows does not count rows by table", "leave it out: it is counted anew")


def _change_faults(where: str, change: Any) -> Iterator[Fault]:
    if not isinstance(change, Mapping):
        yield _fault(f"{where} is not a mapping", "give it kind, en and ru")
        return
    if change.get("kind") not in _KINDS:
        problem = f"the kind of {where} is {quoted(str(change.get('kind')))}"
        yield _fault(problem, f"write one of {', '.join(_KINDS)}")
    for language in ("en", "ru"):
        words = change.get(language)
        if not isinstance(words, str) or not words.strip():
            yield _fault(
                f"{where} has no words in {language}", "say in both languages what changed"
            )
        elif match := _NO_TEXT.search(words):
            problem = f"a character (U+{ord(match[0]):04X}) that is no text stands in {where}"
            yield _fault(problem, "delete it")
        elif remark := remark_in(words):
            problem = f"{quoted(remark)} in {where} is a remark to oneself"
            yield _fault(problem, "readers see it: take it out")
    if change.get("table", "") not in ("", *TABLES):
        problem = f"{where} names the table {quoted(str(change['table']))}"
        yield _fault(problem, f"write one of {', '.join(TABLES)}, or leave it out")


def _log(content: Mapping[str, Any]) -> ChangeLog:
    changes = tuple(
        Change(
            kind=cast(ChangeKind, change["kind"]),
            words=Words(change["en"].strip(), change["ru"].strip()),
            table=change.get("table", ""),
            code=str(change.get("code", "")),
        )
        for change in content["changes"]
    )
    return ChangeLog(
        kind=cast(EditionKind, content.get("kind", "first")),
        before=str(content.get("before") or ""),
        changes=changes,
        rows={str(table): dict(counts) for table, counts in content.get("rows", {}).items()},
    )
