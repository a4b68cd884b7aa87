"""How everybody answered the quiz, for programs; only where this site has a quiz."""

from typing import Annotated

from pydantic import Field

from pages.api import envelopes, schemas
from pages.api.catalogue_index import CatalogueIndex
from pages.api.endpoints import Endpoint, marks
from pages.api.problems import Refused
from pages.api.queries import Nothing
from pages.quiz.service import QuizService
from quiz.exports import document

Fraction = Annotated[float, Field(ge=0, le=1)]
Percent = Annotated[float, Field(ge=0, le=100)]
Count = Annotated[int, Field(ge=0)]


class QuizShare(schemas.Schema):
    """Right answers of all that count, with the 95 % interval after Wilson.

    In percent, as in the CSV, and as fractions of 1.
    """

    right: Count
    answers: Count
    right_percent: Percent
    right_percent_low: Percent
    right_percent_high: Percent
    share: Fraction
    low: Fraction
    high: Fraction


class QuizScores(schemas.Schema):
    """How many complete runs scored from `lowest` to `highest`."""

    lowest: Count
    highest: Count
    runs: Count


class QuizQuestion(schemas.Schema):
    """How one version of a question was answered."""

    question: str
    version: int
    answers: Count | None
    right: QuizShare | None
    options: dict[str, Count]
    median_seconds: int | None
    discrimination: float | None


class QuizSeries(schemas.Schema):
    """The figures of one series of runs; null and what is absent are withheld."""

    runs: Count | None
    completed: Count | None
    right: QuizShare | None
    scores: tuple[QuizScores, ...]
    dimensions: dict[str, QuizShare]
    languages: dict[str, QuizShare]
    kinds: dict[str, QuizShare] = Field(
        description="Sums of the questions of a kind whose right answers are given."
    )
    questions: tuple[QuizQuestion, ...]


class QuizStatistics(schemas.Schema):
    """The statistics of the quiz; figures about few readers are withheld."""

    first_day: str | None
    chance: float = Field(description="The average score of guessing, out of ten.")
    participants: Count | None
    first: QuizSeries = Field(description="Runs from the start page.")
    all: QuizSeries = Field(description="These and those of “take another 10”.")
    room: QuizSeries = Field(description="Runs in rooms, in no other series.")
    embed: QuizSeries = Field(description="Answers in frames on other sites, in no other series.")
    excluded: dict[str, Count] = Field(description="Requests that were not counted, by reason.")


class QuizAnswer(envelopes.Answer):
    """The statistics of the quiz."""

    item: QuizStatistics


def quiz_endpoints(service: QuizService) -> tuple[Endpoint, ...]:
    """Return the endpoints of the quiz."""

    def build(index: CatalogueIndex, _query: Nothing) -> envelopes.Answer:
        statistics = service.statistics.at_hand()
        if statistics is None:
            raise Refused("unavailable", 503, "The statistics cannot be read at the moment.")
        item = QuizStatistics.model_validate(document(statistics))
        return QuizAnswer(item=item, **marks(index))

    summary = "How everybody answered the quiz"
    return (
        Endpoint(
            "quiz",
            "quiz/statistics",
            summary,
            Nothing,
            QuizAnswer,
            build,
            state=service.statistics_tag,
        ),
    )
