"""The steps of a run as readers see them: a question, its answer, the result."""

from __future__ import annotations

from dataclasses import dataclass

from dash.development.base_component import Component

from components import urls
from components.formats import number
from components.quiz.feedback import VERDICT, feedback, next_step, question_facts
from components.quiz.question import (
    NOTICE,
    QUESTION_TITLE,
    answered_question,
    progress,
    question_form,
)
from components.quiz.result import (
    RESULT_TITLE,
    Reviewed,
    another_part,
    comparison_part,
    dimension_part,
    review_part,
    score_part,
    share_part,
)
from components.texts import text
from data.models import Language, Words
from pages.quiz.service import QuizService
from pages.site import Site
from quiz.marking import mark
from quiz.models import RUN_LENGTH, Answer, Item, Question, Run
from quiz.statistics import QuestionStatistics


@dataclass(frozen=True, slots=True)
class Step:
    """One screen of a run: where it stands, what it shows, where focus goes."""

    path: str
    title: str
    content: list[Component]
    focus: str
    status: int = 200
    retry_after: int = 0


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why an answer was not taken: the words for its reader, the status, when to try again."""

    notice: str = ""
    status: int = 200
    retry_after: int = 0


FINE = Trouble()


@dataclass(frozen=True, slots=True)
class QuizContext:
    """Parts that every step is made of."""

    site: Site
    service: QuizService
    language: Language

    def question(self, key: tuple[str, int]) -> Question | None:
        """A question with its published value written in both languages."""
        question = self.service.bank.find(*key)
        if question is None or question.value is None:
            return question
        value = question.value
        return question.with_value(Words(number(value, "en"), number(value, "ru")))

    def others(self, key: tuple[str, int]) -> QuestionStatistics | None:
        """Counts of first runs for a question, if they are at hand."""
        statistics = self.service.statistics.at_hand()
        return statistics.first.questions.get(key) if statistics else None

    def facts(self, question: Question) -> Component:
        """Source, indicator and file of a question."""
        indicators = self.site.edition.indicators
        indicator = next(
            (indicator for indicator in indicators if indicator.code == question.indicator), None
        )
        return question_facts(question, self.site.edition.sources, indicator, self.language)


def path_of(run_id: str, position: int) -> str:
    """Return the path of a question of a run, below the language."""
    return f"quiz/{run_id}/{position}/"


def result_path(run_id: str) -> str:
    """Return the path of the result of a run, below the language."""
    return f"quiz/{run_id}/result/"


def asked(question: Question | None, item: Item) -> Question:
    """The question of an item; raises ``LookupError`` where the bank has lost it."""
    if question is None:
        raise LookupError(f"{item.question_id}, version {item.version}, is not in the bank")
    return question


def question_step(
    context: QuizContext,
    run_id: str,
    position: int,
    item: Item,
    chosen: str = "",
    trouble: Trouble = FINE,
) -> Step:
    """A question to be answered, perhaps once more, with a notice why."""
    question = asked(context.question(item.key), item)
    language = context.language
    path = path_of(run_id, position)
    form = question_form(
        question,
        tuple(question.option(one) for one in item.options),
        f"/{language}/{path}",
        {"stamp": context.service.tokens.stamp(run_id, position), "shown": shown_items(item)},
        language,
        chosen,
        trouble.notice,
    )
    return Step(
        path=path,
        title=_title(question, position, language),
        content=[progress(position, language), form],
        focus=NOTICE if trouble.notice else QUESTION_TITLE,
        status=trouble.status,
        retry_after=trouble.retry_after,
    )


def feedback_step(
    context: QuizContext, run: Run, answer: Answer, notice: str = "", status: int = 200
) -> Step:
    """A question that is answered: right or not, why, and the way on."""
    language, position = context.language, answer.position
    item = run.items[position - 1]
    question = asked(context.question(item.key), item)
    right, option = question.option(item.right), question.option(answer.option)
    last = position == len(run.items)
    way_on = result_path(run.id) if last else path_of(run.id, position + 1)
    return Step(
        path=path_of(run.id, position),
        title=_title(question, position, language),
        content=[
            progress(position, language),
            answered_question(
                question,
                tuple(question.option(one) for one in item.options),
                item.right,
                answer.option,
                language,
            ),
            feedback(
                question,
                right,
                option,
                context.others(item.key),
                context.facts(question),
                language,
                notice,
            ),
            next_step(f"/{language}/{way_on}", last, language),
        ],
        focus=NOTICE if notice else VERDICT,
        status=status,
    )


def result_step(context: QuizContext, run: Run) -> Step:
    """The result of a finished run."""
    language, service = context.language, context.service
    result = mark(run, service.bank)
    score = result.score
    shared = urls.page(language, "quiz", score=score.right)
    return Step(
        path=result_path(run.id),
        title=text("quiz_result_title", language, score=score.right, total=score.total),
        content=[
            score_part(result, language),
            another_part(service.tokens.start(run.id), language),
            comparison_part(service.statistics.at_hand(), result, language),
            dimension_part(result.by_dimension, language),
            review_part([_reviewed(context, run, answer) for answer in run.answers], language),
            share_part(score, context.site.around.base_url + shared, language),
        ],
        focus=RESULT_TITLE,
    )


def shown_items(item: Item) -> str:
    """Question that the form carries along: should the store be away, it can be shown again.

    It holds no secret, and is not signed since it decides nothing.
    """
    return f"{item.question_id}.{item.version}.{''.join(item.options)}"


def item_shown(context: QuizContext, shown: str) -> Item | None:
    """Read ``shown_items`` back, without the right option; None if it was not made here."""
    question_id, _, rest = shown.partition(".")
    version, _, letters = rest.partition(".")
    if not (version.isascii() and version.isdigit() and len(version) < 6):
        return None
    question = context.service.bank.find(question_id, int(version))
    if question is None or sorted(letters) != sorted(option.id for option in question.options):
        return None
    return Item(question_id, int(version), tuple(letters), "")


def _reviewed(context: QuizContext, run: Run, answer: Answer) -> Reviewed:
    item = run.items[answer.position - 1]
    question = context.question(item.key)
    if question is None:
        return Reviewed(None, None, None, answer.right, None, None)
    return Reviewed(
        question=question,
        right=question.option(item.right),
        chosen=question.option(answer.option),
        hit=answer.right,
        others=context.others(item.key),
        facts=context.facts(question),
    )


def _title(question: Question, position: int, language: Language) -> str:
    words = question.text[language]
    return text("quiz_step_title", language, n=position, total=RUN_LENGTH, question=words)
