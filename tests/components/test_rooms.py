"""The screen of a room after a question is closed: answers drawn and chosen from the list."""

from __future__ import annotations

from collections import Counter

import pytest

from components.quiz.rooms import answers_part
from data.editions import load_edition
from data.models import Language
from quiz.bank import read_bank
from quiz.models import Item, Question

DRAWING = next(question for question in read_bank(load_edition()).current if question.fallback)


def responses_to(question: Question | None, option: str) -> Counter[tuple[str, str]]:
    assert question
    return Counter({(question.id, option): 3})


@pytest.mark.parametrize("drawn", [False, True])
def test_the_list_is_open_where_nobody_drew(language: Language, drawn: bool) -> None:
    fallback = DRAWING.fallback
    assert fallback
    options = tuple(option.id for option in fallback.options)
    item = Item(DRAWING.id, DRAWING.version, options, fallback.answer, DRAWING.kind, DRAWING.scale)
    responses = responses_to(fallback, fallback.answer)
    if drawn:
        responses += responses_to(DRAWING, "exact")
    part = answers_part(DRAWING, item, responses, (), language)
    details = part.children[0].children[-1]
    assert details.open is not drawn
