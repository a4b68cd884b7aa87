"""Steps of a member's run in a room where a question is not asked: not yet, or no longer."""

from dataclasses import replace

from dash import html
from dash.development.base_component import Component

from components.markup import hyphened
from components.quiz.feedback import RIGHT_ANSWER, next_step
from components.quiz.items import TEMPLATES
from components.quiz.question import NOTICE, QUESTION_TITLE, progress, question_title
from components.takeover.paint import Painted
from components.texts import text
from pages.quiz.steps import QuizContext, Step, Watch, asked, path_of, result_path
from quiz.models import Run

# Without scripts the page of somebody who waits is loaded anew so often.
_RELOAD_SECONDS = 10


def room_step(
    context: QuizContext, run: Run, position: int, notice: str = "", status: int = 200
) -> Step | None:
    """Return what stands at a position instead of its question or answer, if anything.

    A question that is not open yet, one that was closed before it was answered, or the wait for
    the right answer.
    """
    is_answered = run.answer_at(position) is not None
    if is_answered and run.led and position > run.closed:
        return _waiting_step(context, run, position, "answered", notice, status)
    if is_answered or run.opened >= position > run.closed:
        return None
    if position <= run.closed:
        return _closed_step(context, run, position, notice, status)
    if position != run.next_position:
        return None
    return _waiting_step(context, run, position, "soon", notice, status)


def watched(run: Run, position: int, step: Step) -> Step:
    """Return a step that follows the presenter, where one leads and it is at the current one."""
    if not run.led or run.room is None or position < run.closed or run.closed == len(run.items):
        return step
    place = position + 1 if position == run.closed else position
    way_on = f"/{run.language}/{path_of(run.id, place)}"
    # Of a led room, step 2n − 1 has n questions open and n − 1 closed, step 2n n and n.
    return replace(step, watch=Watch(run.room, run.closed + run.opened, way_on))


def _waiting_step(
    context: QuizContext, run: Run, position: int, reason: str, notice: str, status: int
) -> Step:
    language, path = context.language, path_of(run.id, position)
    title = text(f"room_{reason}_title", language, n=position)
    again = html.A(
        text("room_again", language),
        href=f"/{language}/{path}",
        className="button quiet",
        **hyphened(data_step=""),
    )
    content: list[Component | Painted] = [
        progress(position, language),
        *_notice(notice),
        html.H1(title, id=QUESTION_TITLE, tabIndex="-1"),
        html.P(text(f"room_{reason}_words", language), className="lead"),
        html.P(again, className="q-act"),
    ]
    return Step(
        path=path,
        title=title,
        content=content,
        focus=QUESTION_TITLE,
        status=status,
        refresh=_RELOAD_SECONDS,
    )


def _closed_step(context: QuizContext, run: Run, position: int, notice: str, status: int) -> Step:
    """Return a question that was closed before it was answered, with its answer and the way on."""
    language, item = context.language, run.items[position - 1]
    question = asked(context.question(item.key), item)
    right = TEMPLATES[question.kind].right_words(question, item, language)
    # The room has ended: nobody has to see all questions that nobody asked.
    is_over = not run.led and run.closed == len(run.items)
    last = is_over or position == len(run.items)
    way_on = result_path(run.id) if last else path_of(run.id, position + 1)
    words = text("quiz_the_right_answer", language, option=right)
    feedback = html.Section(
        [
            html.P(html.B(words), id=RIGHT_ANSWER),
            html.P(question.explanation[language]),
            context.facts(question),
        ],
        className="q-feedback",
        **hyphened(aria_labelledby=QUESTION_TITLE),
    )
    return Step(
        path=path_of(run.id, position),
        title=question.text[language],
        content=[
            progress(position, language),
            *_notice(notice or text("room_over" if is_over else "room_missed", language)),
            html.Div(question_title(question, language), className="q-ask"),
            feedback,
            next_step(f"/{language}/{way_on}", last, language),
        ],
        focus=NOTICE,
        status=status,
    )


def _notice(words: str) -> list[Component]:
    return [html.P(words, id=NOTICE, className="q-notice", tabIndex="-1")] if words else []
