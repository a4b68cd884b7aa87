"""How much of each part a load takes, and which part is the first to be used up."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

INPUTS = Path(__file__).with_name("inputs.yml")
_BEYOND = 1e12
KINDS = ("page", "file", "quiz")


@dataclass(frozen=True, slots=True)
class Cost:
    """What one answer takes."""

    milliseconds: float
    bytes: float


@dataclass(frozen=True, slots=True)
class Inputs:
    """What the simulation starts from; see the file for where each figure comes from."""

    state: str
    cores: int
    bytes_per_second: float
    planned_share: float
    shares: Mapping[str, float]
    costs: Mapping[str, Cost]
    unchanged: Cost
    answers_of_quiz: float
    stores: Mapping[str, float]
    places: int
    kept_seconds: tuple[float, ...]
    documents: Mapping[str, int]
    home_share: float
    machines: tuple[int, ...]
    p99_milliseconds: float


def read_inputs(file: Path = INPUTS) -> Inputs:
    """Read the file; a key that is missing is a ``KeyError``."""
    given = yaml.safe_load(file.read_text("utf-8"))
    total = sum(given["spike"].values())
    network, machine, run = given["cdn"], given["machine"], given["answers_of_quiz"]
    return Inputs(
        state=given["state"],
        cores=machine["cores"],
        bytes_per_second=machine["megabits"] * 1e6 / 8,
        planned_share=machine["planned_share"],
        shares={kind: given["spike"][kind] / total for kind in KINDS},
        costs={kind: Cost(**given[kind]) for kind in KINDS},
        unchanged=Cost(**given["unchanged"]),
        answers_of_quiz=run["answers"] / run["requests"],
        stores=given["stores"],
        places=network["places"],
        kept_seconds=tuple(network["seconds"]),
        documents={"page": network["pages"], "file": network["files"]},
        home_share=network["home_share"],
        machines=tuple(given["machines"]),
        p99_milliseconds=given["p99_milliseconds"],
    )


@dataclass(frozen=True, slots=True)
class Setting:
    """What stands where: machines, the store they share, and for how long a CDN keeps pages.

    ``kept`` is None where there is no CDN.
    """

    machines: int
    store: str
    kept: float | None
    quiz: bool = True


def asked_of_origin(inputs: Inputs, kind: str, rate: float, kept: float) -> float:
    """Requests a second that a CDN passes on, of ``rate`` for a kind that it keeps ``kept`` s.

    Readers come to all places alike and independently. Where a document is asked for ``r``
    times a second, a place fetches it, answers by itself for the time it keeps it, and waits
    for the next reader: ``r / (1 + r * kept)`` fetches a second.
    """
    count = inputs.documents[kind]
    popular = 2 if kind == "page" else 0  # The home page in both languages.
    groups = [(popular, inputs.home_share if popular else 0.0)]
    groups.append((count - popular, 1 - groups[0][1]))
    fetched = 0.0
    for documents, share in groups:
        if documents:
            each = rate * share / documents / inputs.places
            fetched += documents * inputs.places * each / (1 + each * kept)
    return fetched


def used(inputs: Inputs, setting: Setting, rate: float) -> dict[str, float]:
    """The share of each part that ``rate`` requests of readers a second take; 1 is all of it."""
    processor = sent = 0.0
    for kind in KINDS:
        asked = rate * inputs.shares[kind]
        if kind == "quiz":
            if not setting.quiz:
                continue
            cost = inputs.costs[kind]
        elif setting.kept is None:
            cost = inputs.costs[kind]
        else:
            asked = asked_of_origin(inputs, kind, asked, setting.kept)
            cost = inputs.unchanged
        processor += asked * cost.milliseconds / 1000
        sent += asked * cost.bytes
    found = {
        "processors": processor / (inputs.cores * setting.machines),
        "line": sent / (inputs.bytes_per_second * setting.machines),
    }
    if setting.quiz:
        answers = rate * inputs.shares["quiz"] * inputs.answers_of_quiz
        found["answer store"] = answers / inputs.stores[setting.store]
    return found


def most(inputs: Inputs, setting: Setting) -> tuple[float, str]:
    """Requests of readers a second that fit the planned share, and the part that is then full.

    Where a CDN answers all but a fixed number of them, there is no bound here: infinity, and no
    part.
    """
    low, high = 0.0, 1.0
    while max(used(inputs, setting, high).values()) < inputs.planned_share:
        low, high = high, high * 2
        if high > _BEYOND:
            return math.inf, ""
    for _ in range(60):
        middle = (low + high) / 2
        full = max(used(inputs, setting, middle).values()) >= inputs.planned_share
        low, high = (low, middle) if full else (middle, high)
    parts = used(inputs, setting, low)
    return low, max(parts, key=lambda part: parts[part])
