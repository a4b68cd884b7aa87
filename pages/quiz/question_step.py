"""The step of a run that asks: a question with its form, and the form read back."""

from dash.development.base_component import Component

from components.formats import quantity
from components.quiz.question import (
    NOTICE,
    QUESTION_TITLE,
    progress,
    question_fields,
    question_form,
)
from components.takeover.paint import Painted, blank
from data.models import Language
from pages.quiz.steps import FINE, QuizContext, Step, Trouble, asked, path_of, step_title
from quiz.models import Item, Question


def question_step(
    context: QuizContext,
    run_id: str,
    position: int,
    item: Item,
    response: str = "",
    trouble: Trouble = FINE,
) -> Step:
    """A question to be answered, perhaps once more, with a notice why."""
    question = asked(context.question(item.key), item)
    language = context.language
    path = path_of(run_id, position)
    address, stamp = f"/{language}/{path}", context.service.tokens.stamp(run_id, position)
    paint = context.site.parts.paint
    form: Component | Painted
    if response or trouble.notice:  # Whatever a reader has sent is kept nowhere.
        answer_fields = question_fields(question, item, language, response)
        hidden = {"stamp": stamp, "shown": shown_items(item)}
        form = question_form(question, answer_fields, address, hidden, language, trouble.notice)
    else:
        fields = paint(question_fields, question, item, language)
        blank_form = paint(_blank_form, question, language)
        form = blank_form.filled(
            address=address, stamp=stamp, shown=shown_items(item), fields=fields
        )
    return Step(
        path=path,
        title=step_title(question, position, language),
        content=[paint(progress, position, language), form],
        focus=NOTICE if trouble.notice else QUESTION_TITLE,
        status=trouble.status,
        retry_after=trouble.retry_after,
    )


def _blank_form(question: Question, language: Language) -> Component:
    """Return the form of a question, which is the same in every run but for its blanks."""
    hidden = {"stamp": blank("stamp"), "shown": blank("shown")}
    fields = Painted(blank("fields"))
    return question_form(question, fields, blank("address"), hidden, language)


def shown_items(item: Item) -> str:
    """Question that the form carries along: should the store be away, it can be shown again.

    It holds no secret, and is not signed since it decides nothing.
    """
    return f"{item.question_id}.{item.version}.{'-'.join(item.options)}"


def item_shown(context: QuizContext, shown: str) -> Item | None:
    """Read ``shown_items`` back, without the right option; None if it was not made here."""
    question_id, _, version_and_options = shown.partition(".")
    version, _, options = version_and_options.partition(".")
    if not (version.isascii() and version.isdigit() and len(version) < 6):
        return None
    question = context.service.bank.find(question_id, int(version))
    names = tuple(options.split("-")) if options else ()
    if question is None or sorted(names) != sorted(option.id for option in question.options):
        return None
    return Item(question_id, int(version), names, "", question.kind, question.scale)


def line_words(context: QuizContext, item: Item) -> dict[str, str]:
    """Return the ends of an item's number line for a notice; nothing for a choice."""
    question = context.question(item.key)
    if question is None or item.scale is None:
        return {}
    ends = {"low": item.scale.lowest, "high": item.scale.highest}
    return {name: quantity(value, question.unit, context.language) for name, value in ends.items()}
