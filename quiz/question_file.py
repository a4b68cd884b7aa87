"""Reads questions.yml as plain mappings, each with the line it begins on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from data.faults import Fault

QUESTIONS = Path(__file__).with_name("questions.yml")
# The same safe loader in C, where PyYAML was built with it: ten times as fast.
_Loader: type[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class Entry:
    """One question as it stands in the file, unchecked; ``line`` is where it begins."""

    line: int
    content: dict[str, Any]


def read_entries(path: Path = QUESTIONS) -> tuple[list[Entry], list[Fault]]:
    """Read the file; faults are those that keep an entry, or all of them, from being read."""
    try:
        loader = _Loader(path.read_text("utf-8"))
        root = loader.get_single_node()
    except (OSError, ValueError, yaml.YAMLError) as error:
        reason = " ".join(str(error).split())
        return [], [Fault(path.name, None, "", f"cannot be read: {reason}", "mend the file")]
    if not isinstance(root, yaml.SequenceNode):
        return [], [Fault(path.name, None, "", "holds no list", "write a list of questions")]
    entries, faults = [], []
    for node in root.value:
        line = node.start_mark.line + 1
        if not isinstance(node, yaml.MappingNode):
            faults.append(Fault(path.name, line, "", "is no question", "write a mapping"))
            continue
        for twice in _repeated_keys(node):
            place = twice.start_mark.line + 1
            problem = f"the key {twice.value} occurs twice"
            faults.append(Fault(path.name, place, "", problem, "keep one of them"))
        try:
            entries.append(Entry(line, loader.construct_document(node)))
        except yaml.YAMLError as error:
            reason = " ".join(str(error).split())
            faults.append(Fault(path.name, line, "", f"cannot be read: {reason}", "mend it"))
    return entries, faults


def _repeated_keys(node: yaml.Node) -> Iterator[yaml.Node]:
    """Keys that a mapping below ``node`` repeats: YAML would keep the last one silently."""
    if isinstance(node, yaml.SequenceNode):
        for inner in node.value:
            yield from _repeated_keys(inner)
    elif isinstance(node, yaml.MappingNode):
        seen = set()
        for key, value in node.value:
            if key.value in seen:
                yield key
            seen.add(key.value)
            yield from _repeated_keys(value)
