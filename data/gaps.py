"""The register of gaps: every data point without a colour, why, since when, and what would help."""

from collections.abc import Mapping
from dataclasses import dataclass

from data.fulfilment import fulfilment_of
from data.models import NO_WORDS, Edition, Indicator, Observation, Words
from data.scores import Reason, Score

REMEDIES: Mapping[Reason, Words] = {
    "no_value": Words(
        "A published number with its source, year and unit.",
        "Опубликованное число с источником, годом и единицей измерения.",
    ),
    "no_target": Words(
        "A published target that fits the definition and the unit.",
        "Опубликованная цель, которая подходит по определению и единице измерения.",
    ),
    "not_comparable": Words(
        "A number measured by the indicator’s own definition.",
        "Число, измеренное по определению самого показателя.",
    ),
    "no_year": Words(
        "A source that says which year the number describes.",
        "Источник, в котором указано, к какому году относится число.",
    ),
    "neutral": Words(
        "Nothing: neither more nor less is better here, so there is no colour to give.",
        "Ничего: здесь нельзя сказать, больше лучше или меньше, поэтому цвета не будет.",
    ),
    "incomplete": Words(
        "A number that counts all of what is measured.",
        "Число, в котором посчитано всё, что измеряет показатель.",
    ),
    "older": Words(
        "A number of a later year.",
        "Число за более поздний год.",
    ),
    "withheld": Words(
        "A figure that its publisher has confirmed or corrected.",
        "Число, которое издатель подтвердил или исправил.",
    ),
}


@dataclass(frozen=True, slots=True)
class Gap:
    """One data point of one indicator that has no colour as of a year.

    ``label`` is empty for the indicator as a whole. ``newest_year`` is the newest year with a
    number, None where none with a year was ever published: the gap has lasted since then.
    ``detail`` says more where the table of observations does; it may be empty.
    """

    indicator: Indicator
    label: str
    reason: Reason
    newest_year: int | None
    detail: Words

    @property
    def remedy(self) -> Words:
        """Kind of value that would close the gap."""
        return REMEDIES[self.reason]


def gaps_of(edition: Edition, city: str, as_of: int | None = None) -> tuple[Gap, ...]:
    """Every gap of ``city`` as of a year, or of the edition’s year, in table order.

    Raises ``KeyError`` for a city that the edition does not know.
    """
    year = edition.year if as_of is None else as_of
    rows: dict[tuple[str, str], list[Observation]] = {}
    for observation in edition.of_city(city):
        if observation.year is None or observation.year <= year:
            rows.setdefault((observation.code, observation.data_point), []).append(observation)
    return tuple(
        _gap(score, score.reason, rows.get((score.indicator.code, score.label), []))
        for indicator_score in fulfilment_of(edition, city, year).indicators
        for score in indicator_score.scores
        if score.reason is not None
    )


def _gap(score: Score, reason: Reason, rows: list[Observation]) -> Gap:
    years = [
        observation.year
        for observation in rows
        if observation.value is not None and observation.year is not None
    ]
    return Gap(score.indicator, score.label, reason, max(years, default=None), _detail(score, rows))


def _detail(score: Score, rows: list[Observation]) -> Words:
    """The words of the row that is shown, or of the newest row that has words only."""
    if score.observation is not None:
        return score.observation.rate_reason
    words = [observation for observation in rows if observation.value is None]
    newest = max(words, key=lambda observation: observation.year or 0, default=None)
    return newest.rate_reason if newest else NO_WORDS
