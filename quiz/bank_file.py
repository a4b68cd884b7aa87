"""The file of the question bank: its entries with their lines, and every fault in it."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from data.faults import Fault
from data.models import Edition
from quiz.fingerprints import check_fingerprints
from quiz.question_rules import problems_of

QUESTIONS = Path(__file__).with_name("questions.yml")
# The same safe loader in C, where PyYAML was built with it: ten times as fast.
_Loader: type[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class Entry:
    """One question as it stands in the file, unchecked; ``line`` is where it begins."""

    line: int
    content: dict[str, Any]


def checked_entries(edition: Edition, path: Path = QUESTIONS) -> tuple[list[Entry], list[Fault]]:
    """Read the file and check it without stopping at faults; all are returned."""
    entries, faults = _read_entries(path)
    versions: dict[tuple[str, str], int] = {}
    repeated: list[Fault] = []
    for line, entry in ((entry.line, entry.content) for entry in entries):
        name = entry.get("id", "")
        for column, problem, remedy in problems_of(entry, edition):
            faults.append(Fault(path.name, line, f"{name}.{column}", problem, remedy))
        key = (str(entry.get("id")), str(entry.get("version")))
        if key in versions:
            problem = f"{key[0]}, version {key[1]}, stands in row {versions[key]} already"
            remedy = "use another id, or the next version"
            repeated.append(Fault(path.name, line, "id", problem, remedy))
        versions.setdefault(key, line)
    return entries, faults + repeated + check_fingerprints(
        path, [(entry.line, entry.content) for entry in entries]
    )


def _read_entries(path: Path) -> tuple[list[Entry], list[Fault]]:
    """Read the file; faults are those that keep an entry, or all of them, from being read."""

    def unreadable(line: int | None, error: Exception, remedy: str) -> Fault:
        reason = " ".join(str(error).split())
        return Fault(path.name, line, "", f"cannot be read: {reason}", remedy)

    try:
        loader = _Loader(path.read_text("utf-8"))
        root = loader.get_single_node()
    except (OSError, ValueError, yaml.YAMLError) as error:
        return [], [unreadable(None, error, "mend the file")]
    if not isinstance(root, yaml.SequenceNode):
        return [], [Fault(path.name, None, "", "holds no list", "write a list of questions")]
    entries, faults = [], []
    for node in root.value:
        line = node.start_mark.line + 1
        if not isinstance(node, yaml.MappingNode):
            faults.append(Fault(path.name, line, "", "is no question", "write a mapping"))
            continue
        for key in _repeated_keys(node):
            problem = f"the key {key.value} occurs twice"
            faults.append(
                Fault(path.name, key.start_mark.line + 1, "", problem, "keep one of them")
            )
        try:
            entries.append(Entry(line, loader.construct_document(node)))
        except yaml.YAMLError as error:
            faults.append(unreadable(line, error, "mend it"))
    return entries, faults


def _repeated_keys(node: yaml.Node) -> Iterator[yaml.Node]:
    """Yield keys that a mapping below ``node`` repeats: YAML would keep the last one silently."""
    if isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from _repeated_keys(item)
    elif isinstance(node, yaml.MappingNode):
        keys = set()
        for key, value in node.value:
            if key.value in keys:
                yield key
            keys.add(key.value)
            yield from _repeated_keys(value)
