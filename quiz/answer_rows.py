"""Answers as rows: what becomes of each, in the tables of the answer store."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import Connection

from quiz.counter_rows import grow
from quiz.counters import CounterKey, counters_of, exclusion_counter
from quiz.marking import answer_to, judge
from quiz.models import Receipt, Run
from quiz.run_rows import ANSWER_FIELDS, COMPLETE
from quiz.statements import Statement
from quiz.tables import answers, counts

_ADD_ANSWER = Statement(answers.insert())


@dataclass(frozen=True, slots=True)
class Sent:
    """An answer to be stored."""

    run_id: str
    position: int
    response: str
    seconds: float


def add_answers(
    connection: Connection,
    before: dict[str, Run],
    sent: Sequence[Sent],
    today: Callable[[], date],
) -> list[Receipt]:
    """Add answers to runs as they were ``before``, and count them."""
    grown: Counter[CounterKey] = Counter()
    after = dict(before)
    receipts = [_take_answer(after, answer, grown, today) for answer in sent]
    added = [
        {"run_id": run.id, **{name: getattr(answer, name) for name in ANSWER_FIELDS}}
        for run in after.values()
        for answer in run.answers[len(before[run.id].answers) :]
    ]
    _ADD_ANSWER.run(connection, added)
    if completed := [
        id for id, run in after.items() if run.is_answered and not before[id].is_answered
    ]:
        connection.execute(COMPLETE, {"run_ids": completed, "day": today()})
    grow(connection, counts, grown)
    return receipts


def _take_answer(
    runs: dict[str, Run], sent: Sent, grown: Counter[CounterKey], today: Callable[[], date]
) -> Receipt:
    """Return what becomes of an answer; its run in ``runs`` and the counters grow by it."""
    run = runs.get(sent.run_id)
    if run is None:
        return Receipt("unknown_question", None, None)
    outcome = judge(run, sent.position, sent.response)
    if outcome == "stored":
        item = run.items[sent.position - 1]
        answer = answer_to(item, sent.position, sent.response, sent.seconds)
        grown.update(counters_of(run, answer))
        run = replace(run, answers=(*run.answers, answer))
        if run.is_answered:
            run = replace(run, completed_on=today())
        runs[run.id] = run
    elif outcome == "out_of_order":
        grown[exclusion_counter("impossible_sequence")] += 1
    elif outcome == "foreign_option":
        grown[exclusion_counter("foreign_option")] += 1
    return Receipt(outcome, run, run.answer_at(sent.position))
