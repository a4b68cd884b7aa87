"""Charts and fields of questions: names that cover no line, and words of their units."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest

from components.quiz.chart import FOOT, HEIGHT, frame_for, guessed_line, published_line
from components.quiz.items import TEMPLATES
from components.takeover.paint import paint
from data.models import Edition
from quiz.bank import Bank, read_bank
from quiz.models import Item

_NAME = re.compile(r'class="q-name[^>]* x="([\d.]+)" y="([\d.]+)" text-anchor="end">([^<]+)<')
_LETTER, _ASCENT = 7, 9


@pytest.fixture(scope="module")
def bank(edition: Edition) -> Bank:
    return read_bank(edition)


@pytest.mark.parametrize("share", [0, 0.1, 0.3, 0.5, 0.7, 0.9, 1])
def test_names_of_two_lines_cover_neither_of_them(bank: Bank, share: float) -> None:
    for question in bank.current:
        if question.kind != "draw" or question.scale is None:
            continue
        rows = (*question.given, *question.hidden)
        real = [(row.year or 0, row.value or Decimal(0)) for row in rows]
        scale = question.scale
        frame = frame_for(real, is_share=False, ends=(scale.lowest, scale.highest))
        end = scale.lowest + (scale.highest - scale.lowest) * Decimal(str(share))
        start = real[len(question.given) - 1]
        steps = len(question.hidden)
        guess = [start] + [
            (row.year or 0, start[1] + (end - start[1]) * (place + 1) / steps)
            for place, row in enumerate(question.hidden)
        ]
        drawn = published_line(frame, rows, "in fact: 12.3", guess, bridged=True)
        drawn += guessed_line(frame, guess, "you: 12.3", real)
        names = [(float(x), float(y), words) for x, y, words in _NAME.findall(drawn)]
        heights = [y for _, y, _ in names]
        assert abs(heights[0] - heights[1]) >= _ASCENT + 4, question.id
        for x, y, words in names:
            assert _ASCENT < y < HEIGHT
            for year, value in (*real, *guess):
                if x - _LETTER * len(words) <= frame.x(year) <= x and y < FOOT:
                    place = frame.y(value)
                    # At the upper end of the axis a name begins inside of the dot.
                    assert not y - _ASCENT < place < y or y < _ASCENT + 2, (question.id, year)


def test_shares_are_off_by_percentage_points(bank: Bank) -> None:
    for question in bank.current:
        if question.kind == "estimate" and question.unit.en == "%" and question.scale:
            item = Item(question.id, question.version, (), "", "estimate", question.scale)
            form = paint(TEMPLATES["estimate"].form(question, item, "", "en"))
            assert f"up to {question.scale.close:f} percentage points off" in form, question.id
