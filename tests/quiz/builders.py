"""Builders of small banks and of readers who take the quiz."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from data.models import LANGUAGES, Language, Words
from quiz.bank import Bank
from quiz.counters import CounterKey, Counts, counters_of
from quiz.drawing import draw
from quiz.marking import answer_to
from quiz.models import (
    DIFFICULTIES,
    DIMENSIONS,
    Item,
    Option,
    Origin,
    Question,
    Receipt,
    Reference,
    Run,
    Scale,
)
from quiz.rooms import Rooms
from quiz.store import Store
from quiz.tokens import Ticket, Tokens

TOKENS = Tokens("a key for tests")
# Of four readers two answer on the site.
ORIGINS: tuple[Origin, ...] = ("site", "site", "room", "embed")
LINE = Scale(*map(Decimal, ("0", "100", "1", "2", "10", "50")))


def make_question(question_id: str = "capital", **changes: Any) -> Question:
    fields: dict[str, Any] = {
        "id": question_id,
        "version": 1,
        "kind": "choice",
        "group": "city",
        "topic": "health",
        "dimension": "economy",
        "difficulty": "easy",
        "city": None,
        "indicator": None,
        "text": Words("Which?", "Какой?"),
        "options": make_options("abcd"),
        "answer": "a",
        "explanation": Words("Because.", "Потому что."),
        "sources": (Reference("Title", "https://example.org", Words("", ""), None),),
    }
    return Question(**fields | changes)


def make_options(ids: str) -> tuple[Option, ...]:
    return tuple(Option(id, Words(f"Option {id}", f"Вариант {id}")) for id in ids)


def make_bank(number: int = 24) -> Bank:
    """A bank of even dimensions and difficulties, with 3 to 5 options."""
    return Bank(
        tuple(
            make_question(
                f"question-{index}",
                dimension=DIMENSIONS[index % 4],
                difficulty=DIFFICULTIES[index % 3],
                options=make_options("abcde"[: 3 + index % 3]),
                answer="abc"[index % 3],
            )
            for index in range(number)
        )
    )


def make_run(right: Sequence[str] = "aaaaaaaaaa", **changes: Any) -> Run:
    fields: dict[str, Any] = {
        "id": "run",
        "language": "en",
        "city": "here",
        "seed": "seed",
        "items": tuple(
            Item(f"question-{index}", 1, tuple("abcd"), option)
            for index, option in enumerate(right)
        ),
        "predecessor": None,
        "first": True,
        "started_on": date(2026, 11, 22),
        "completed_on": None,
        "answers": (),
    }
    return Run(**fields | changes)


def make_ticket(predecessor: str | None = None) -> Ticket:
    return TOKENS.read_start(TOKENS.start(predecessor))


def start(
    store: Store,
    bank: Bank,
    language: Language = "ru",
    predecessor: str | None = None,
    **origin: Any,
) -> Run:
    return store.start_run(make_ticket(predecessor), bank, language, "moscow", **origin)


def right_response(item: Item) -> str:
    """A right answer as a form sends it; of a drawing, that of its choice."""
    return item.right


def wrong_response(item: Item) -> str:
    if item.options:
        return next(option for option in item.options if option != item.right)
    assert item.scale
    low, high = item.scale.lowest, item.scale.highest
    return str(low if item.scale.value - low > item.scale.close else high)


def drawn_line(item: Item, last: object) -> str:
    """A line that goes straight to its last point, as a form sends it."""
    assert item.scale
    return " ".join([str(last)] * item.scale.points)


def answer_rightly(store: Store, run: Run, number: int = 10) -> list[Receipt]:
    """Answer the next ``number`` questions of a run."""
    number_before = len(run.answers)
    return [
        store.answer(run.id, position, right_response(run.items[position - 1]), 12.0)
        for position in range(number_before + 1, number_before + number + 1)
    ]


def simulate_readers(
    store: Store, bank: Bank, number: int, seed: int = 1, origins: Sequence[Origin] = ("site",)
) -> None:
    """Let readers of mixed languages, skills and patience take the quiz.

    Some of the readers of the site take it again, those of frames answer single questions.
    """
    dice = random.Random(seed)  # noqa: S311  # Dice, no secrets.
    earlier: list[Run] = []
    code = Rooms(store).open("secret", bank, "moscow", led=False).code
    of_room = draw(bank.questions_for("moscow"), str(number))
    for reader in range(number):
        predecessor = None
        origin = dice.choice(origins) if len(origins) > 1 else origins[0]
        if origin == "site":
            predecessor = dice.choice(earlier).id if earlier and dice.random() < 0.4 else None
        language = dice.choice(LANGUAGES)
        items = draw(bank.questions_for("moscow"), f"{seed}-{number}-{reader}")
        for drawn in {"site": [items], "room": [of_room], "embed": [(item,) for item in items]}[
            origin
        ]:
            room = code if origin == "room" else None
            run = start(store, bank, language, predecessor, origin=origin, room=room, items=drawn)
            for position, option, seconds in imagined_answers(run, dice):
                assert store.answer(run.id, position, option, seconds).outcome == "stored"
            earlier += [run] if origin == "site" else []


def imagined_answers(run: Run, dice: random.Random) -> Iterator[tuple[int, str, float]]:
    """Position, option and seconds of each answer that somebody might give."""
    skill = dice.uniform(0.2, 0.9)
    patience = len(run.items) if dice.random() < 0.8 else dice.randrange(len(run.items))
    hasty = dice.random() < 0.05
    for position, item in enumerate(run.items[:patience], 1):
        response = right_response(item) if dice.random() < skill else guessed(item, dice)
        yield position, response, dice.uniform(0, 2) if hasty else dice.lognormvariate(2.5, 1)


def guessed(item: Item, dice: random.Random) -> str:
    """A blind answer; two of three can draw."""
    scale = item.scale
    if scale is None or (item.options and dice.random() < 0.33):
        return dice.choice(item.options)
    steps = int((scale.highest - scale.lowest) / scale.step)
    number = scale.lowest + dice.randint(0, steps) * scale.step
    return drawn_line(item, number) if scale.points else str(number)


def imagined_counts(bank: Bank, number: int) -> Counts:
    """What a store would have counted of so many readers, without the store."""
    dice = random.Random(number)  # noqa: S311  # Dice, no secrets.
    counts: Counter[CounterKey] = Counter()
    for reader in range(number):
        items = draw(bank.questions_for("moscow"), str(reader))
        first, origin = dice.random() < 0.6, dice.choice(ORIGINS)
        run = make_run(items=items, language=dice.choice(LANGUAGES), first=first, origin=origin)
        for position, option, seconds in imagined_answers(run, dice):
            answer = answer_to(items[position - 1], position, option, seconds)
            counts.update(counters_of(run, answer))
            run = replace(run, answers=(*run.answers, answer))
    return counts
