"""Takes a reader through a run: what a URL or an answer leads to."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass

from components.texts import text
from data.models import Language
from pages.operation.metrics import ANSWERS
from pages.quiz.answer_step import feedback_step
from pages.quiz.question_step import item_shown, line_words, question_step
from pages.quiz.refusals import order_page, store_page
from pages.quiz.results import result_step
from pages.quiz.steps import (
    RUN_ID,
    QuizContext,
    Step,
    Trouble,
    path_of,
    result_path,
)
from pages.quiz.waiting import room_step, watched
from pages.registry import Redirect, Rejected
from pages.requests import NoSuchThing
from quiz.faults import BadToken, StoreFault
from quiz.models import UNMARKABLE, Receipt, Run

_LONGEST_SHOWN = 200
_RETRY_SECONDS = 30
# Fields of an answer, as far as a kind has them; the first that says something counts.
RESPONSES = ("option", "line", "number", "slider")
_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Sent:
    """Answer as a form or a script sent it; nothing in it is to be trusted."""

    run_id: str
    position: int
    response: str
    stamp: str
    shown: str
    by_script: bool = False


def response_of(fields: Mapping[str, str]) -> str:
    """Return what a form says: an option, a drawn line, a typed number, or else the slider's."""
    return next((fields[name] for name in RESPONSES if fields.get(name, "").strip()), "")


def step_at(context: QuizContext, run_id: str, position: int) -> Step:
    """State at a URL of a run.

    Raises:
        NoSuchThing: there is no such run or position.
        Redirect: an earlier question is still open; it carries the address of that.
        Rejected: the store is away.
    """
    run = _run(context, run_id)
    if not 1 <= position <= len(run.items):
        raise NoSuchThing(run_id)
    return watched(run, position, _step(context, run, position))


def _step(context: QuizContext, run: Run, position: int) -> Step:
    if step := room_step(context, run, position):
        return step
    if answer := run.answer_at(position):
        return feedback_step(context, run, answer)
    if position != run.next_position:
        raise Redirect(open_address(context.language, run))
    return question_step(context, run.id, position, run.items[position - 1])


def result_at(context: QuizContext, run_id: str) -> Step:
    """The result of a run, or ``Redirect`` while questions are open; faults as ``step_at``."""
    run = _run(context, run_id)
    if not run.completed:
        raise Redirect(open_address(context.language, run))
    return result_step(context, run)


def take_answer(context: QuizContext, sent: Sent) -> Step:
    """Store an answer and return what the reader sees; its status is 200 if it is stored.

    Raises:
        Redirect: it is stored, and a form sent it; the address shows what it was worth.
        NoSuchThing: there is no such run or position.
        Rejected: an earlier question is still open.
    """
    service = context.service
    if wait := service.answers.seconds_to_wait():
        context.service.count_refusal()
        ANSWERS.labels("rate_limited").inc()
        notice = text("quiz_wait", context.language, n=wait)
        return _asked_again(context, sent, Trouble(notice, 429, wait))
    if not RUN_ID.fullmatch(sent.run_id):
        raise NoSuchThing(sent.run_id)
    if not sent.response:
        ANSWERS.labels("no_option").inc()
        return _open_again(context, sent, "quiz_choose")
    try:
        seconds = context.service.tokens.seconds_shown(sent.stamp, sent.run_id, sent.position)
    except BadToken:
        ANSWERS.labels("bad_stamp").inc()
        return _open_again(context, sent, "quiz_bad_stamp")
    try:
        receipt = context.service.store.answer(sent.run_id, sent.position, sent.response, seconds)
    except StoreFault as fault:
        ANSWERS.labels("not_stored").inc()
        return _not_stored(context, sent, fault)
    ANSWERS.labels(receipt.outcome).inc()
    context.service.store_refusals()
    return _step_after(context, sent, receipt)


def _step_after(context: QuizContext, sent: Sent, receipt: Receipt) -> Step:
    run, answer = receipt.run, receipt.answer
    if run is None or receipt.outcome == "unknown_question":
        raise NoSuchThing(sent.run_id)
    if answer is not None and receipt.acknowledged:
        # Nothing is sent twice by going back to what a script has sent.
        if sent.by_script:
            return watched(run, sent.position, _step(context, run, sent.position))
        raise Redirect(f"/{context.language}/{path_of(run.id, sent.position)}")
    if answer is not None or receipt.outcome in ("closed", "not_open"):
        return _refused_step(context, run, sent.position)
    if receipt.outcome in UNMARKABLE:
        return _open_again(context, sent, f"quiz_{receipt.outcome}", run)
    raise _ahead(context, run, sent.position)


def _refused_step(context: QuizContext, run: Run, position: int) -> Step:
    """Return, with 409, why an answer is not taken: one stands, or its question is not open."""
    answer = run.answer_at(position)
    if answer is not None:
        key = "quiz_changed"
    else:
        key = "room_closed" if position <= run.closed else "room_not_open"
    notice = text(key, context.language)
    if step := room_step(context, run, position, notice, 409):
        return watched(run, position, step)
    if answer is None:
        raise _ahead(context, run, position)
    return feedback_step(context, run, answer, notice, 409)


def _ahead(context: QuizContext, run: Run, position: int) -> Rejected:
    path, way_on = path_of(run.id, position), open_address(context.language, run)
    return Rejected(order_page(context.language, path, run.next_position or 1, way_on), 409)


def _count_ahead(context: QuizContext) -> None:
    """Count an answer that was ahead and whose stamp was for another question."""
    try:
        context.service.store.count_exclusion("impossible_sequence")
    except StoreFault as fault:
        _LOG.warning("a refused answer was not counted: %s", type(fault).__name__)


def _open_again(context: QuizContext, sent: Sent, key: str, run: Run | None = None) -> Step:
    """The question once more with a reason and 400, unless it is answered by now."""
    try:
        run = run or context.service.store.find_run(sent.run_id)
    except StoreFault as fault:
        return _not_stored(context, sent, fault)
    if run is None or not 1 <= sent.position <= len(run.items):
        raise NoSuchThing(sent.run_id)
    if run.answer_at(sent.position) or room_step(context, run, sent.position):
        return _refused_step(context, run, sent.position)
    if sent.position != run.next_position:
        if not sent.response:
            raise Redirect(open_address(context.language, run))
        _count_ahead(context)
        raise _ahead(context, run, sent.position)
    item = run.items[sent.position - 1]
    trouble = Trouble(text(key, context.language, **line_words(context, item)), 400)
    step = question_step(context, sent.run_id, sent.position, item, sent.response, trouble)
    return watched(run, sent.position, step)


def _not_stored(context: QuizContext, sent: Sent, fault: StoreFault) -> Step:
    _LOG.error("an answer could not be stored: %s: %s", type(fault).__name__, fault)
    trouble = Trouble(text("quiz_not_stored", context.language), 503, _RETRY_SECONDS)
    return _asked_again(context, sent, trouble)


def _asked_again(context: QuizContext, sent: Sent, trouble: Trouble) -> Step:
    """The question as the form says it was shown, without asking the store."""
    item = item_shown(context, sent.shown) if len(sent.shown) <= _LONGEST_SHOWN else None
    if item is None or not RUN_ID.fullmatch(sent.run_id) or not 1 <= sent.position <= 99:
        raise Rejected(
            store_page(context.language, "quiz/", trouble.notice),
            trouble.status,
            trouble.retry_after,
        )
    return question_step(context, sent.run_id, sent.position, item, sent.response, trouble)


def _run(context: QuizContext, run_id: str) -> Run:
    if not RUN_ID.fullmatch(run_id):
        raise NoSuchThing(run_id)
    try:
        run = context.service.store.find_run(run_id)
    except StoreFault as fault:
        _LOG.error("a run could not be read: %s: %s", type(fault).__name__, fault)
        words = text("quiz_store_words", context.language)
        raise Rejected(
            store_page(context.language, path_of(run_id, 1), words), 503, _RETRY_SECONDS
        ) from fault
    if run is None:
        raise NoSuchThing(run_id)
    return run


def open_address(language: Language, run: Run) -> str:
    """Return the path where a run goes on: the next open question, or its result."""
    position = run.next_position
    path = path_of(run.id, position) if position else result_path(run.id)
    return f"/{language}/{path}"
