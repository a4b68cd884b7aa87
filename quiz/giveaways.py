"""Whether the place or the length of the right answers gives them away."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from data.models import LANGUAGES, Language
from quiz.models import PLACEHOLDER, Question


@dataclass(frozen=True, slots=True)
class Giveaways:
    """How often the right answer stands where, is the longest and is the shortest.

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
    def telling(self) -> bool:
        """Whether picking the longest option would be right more often than not."""
        return 2 * self.longest > self.questions

    @property
    def one_sided(self) -> bool:
        """Whether always picking the same id would be, since ids are sent as they are."""
        return 2 * max(self.positions.values()) > self.questions


def giveaways(questions: Iterable[Question]) -> list[Giveaways]:
    """Count, in each language; ``{value}`` has the length of the plain number."""
    questions = list(questions)
    found = []
    for language in LANGUAGES:
        positions: Counter[str] = Counter()
        longest = shortest = 0
        for question in questions:
            lengths = {
                one.id: len(_shown(question, one.text[language])) for one in question.options
            }
            right = lengths.pop(question.answer)
            positions[question.answer] += 1
            longest += right > max(lengths.values())
            shortest += right < min(lengths.values())
        chance = sum((Fraction(1, len(one.options)) for one in questions), Fraction(0))
        places = dict(sorted(positions.items()))
        found.append(Giveaways(language, len(questions), places, longest, shortest, chance))
    return found


def _shown(question: Question, text: str) -> str:
    return text if question.value is None else text.replace(PLACEHOLDER, f"{question.value:f}")
