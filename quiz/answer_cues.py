"""Answer cues for editors: what the place and the length of right options give away."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from data.models import LANGUAGES, Language
from quiz.models import Question


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
        """Return whether picking the longest option would be right more often than not."""
        return 2 * self.longest > self.questions

    @property
    def by_position(self) -> bool:
        """Return whether always picking the same id would be, since ids are sent as they are."""
        return 2 * max(self.positions.values()) > self.questions


def answer_cues(questions: Iterable[Question]) -> list[AnswerCues]:
    """Count the cues of choices and fallbacks in each language."""
    questions = [
        question.fallback or question
        for question in questions
        if question.kind == "choice" or question.fallback
    ]
    chance = sum((Fraction(1, len(question.options)) for question in questions), Fraction(0))
    positions = dict(sorted(Counter(question.answer for question in questions).items()))
    cues = []
    for language in LANGUAGES:
        longest = shortest = 0
        for question in questions:
            lengths = {option.id: len(option.text[language]) for option in question.options}
            right = lengths.pop(question.answer)
            longest += right > max(lengths.values())
            shortest += right < min(lengths.values())
        cues.append(AnswerCues(language, len(questions), positions, longest, shortest, chance))
    return cues
