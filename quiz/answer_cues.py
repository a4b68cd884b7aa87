"""Item-writing flaws: the position or the length of the right options may give them away."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from data.models import LANGUAGES, Language
from quiz.marking import chance_of
from quiz.models import PLACEHOLDER, Question


@dataclass(frozen=True, slots=True)
class AnswerCues:
    """Count how often the right option has each position, is the longest and is the shortest.

    Among ``questions``, in ``language``; ``by_chance`` is how often it would be the longest
    if length were drawn by lot. An option counts as longest only if no other is as long.
    """

    language: Language
    questions: int
    positions: dict[str, int]
    longest: int
    shortest: int
    by_chance: Fraction

    @property
    def by_length(self) -> bool:
        """Whether picking the longest option would be right more often than not."""
        return 2 * self.longest > self.questions

    @property
    def by_position(self) -> bool:
        """Whether always picking the same id would be, since ids are sent as they are."""
        return 2 * max(self.positions.values()) > self.questions


def answer_cues(questions: Iterable[Question]) -> list[AnswerCues]:
    """Count the cues in each language; ``{value}`` has the length of the plain number."""
    questions = list(questions)
    chance = sum((chance_of(len(question.options)) for question in questions), Fraction(0))
    positions = dict(sorted(Counter(question.answer for question in questions).items()))
    cues = []
    for language in LANGUAGES:
        longest = shortest = 0
        for question in questions:
            value = "" if question.value is None else f"{question.value:f}"
            lengths = {
                option.id: len(option.text[language].replace(PLACEHOLDER, value))
                for option in question.options
            }
            right = lengths.pop(question.answer)
            longest += right > max(lengths.values())
            shortest += right < min(lengths.values())
        cues.append(AnswerCues(language, len(questions), positions, longest, shortest, chance))
    return cues
