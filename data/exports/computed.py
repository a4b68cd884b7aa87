"""Rows of the computed tables: fulfilment and gaps of one city, scores of every city."""

from collections.abc import Iterator
from itertools import product

from data.fulfilment import fulfilment_of, years_with_data
from data.gaps import Gap, gaps_of
from data.groups import group_score
from data.models import Edition
from data.records import Cells, number_text
from data.robustness import robustness_of
from data.score_steps import percent_text
from data.scores import Fulfilment, IndicatorScore, Score
from data.scoring import BANDS, HIGHEST_POINTS
from data.yardsticks import VIEWS

FULFILMENT, GAPS, SCORES = "fulfilment", "gaps", "scores"


def fulfilment_rows(edition: Edition, city: str) -> Iterator[Cells]:
    """One row a data point of each indicator, as of the edition's year."""
    fulfilment = fulfilment_of(edition, city, edition.year)
    for indicator_score in fulfilment.indicators:
        for score in indicator_score.scores:
            yield fulfilment_cells(edition, fulfilment, score)


def fulfilment_cells(edition: Edition, fulfilment: Fulfilment, score: Score) -> Cells:
    """The cells of one data point, those of later schema versions last."""
    observation, target, point = score.observation, score.target, score.data_point
    unit = point.unit_code if point else score.indicator.unit_code
    year = observation.year if observation else None
    robustness = robustness_of(edition, fulfilment.city, score)
    return (
        score.indicator.code,
        score.label,
        str(fulfilment.as_of),
        observation.period if observation else "",
        number_text(observation.value if observation else None),
        observation.unit_code if observation else unit,
        target.direction if target else score.indicator.direction,
        number_text(target.value if target else None),
        target.basis if target else "",
        percent_text(score.share),
        score.band,
        number_or_nothing(score.points),
        score.reason or "",
        observation.comparability if observation else "",
        observation.source_id if observation else "",
        fulfilment.city,
        number_or_nothing(year),
        yes_or_no(None if year is None else year >= fulfilment.recent_from),
        (observation.evidence or "") if observation else "",
        target.yardstick_kind if target else "",
        yes_or_no(None if robustness is None else not robustness.depends),
    )


def gap_rows(edition: Edition, city: str) -> Iterator[Cells]:
    """One row a data point without a score, as of the edition's year."""
    for gap in gaps_of(edition, city, edition.year):
        yield gap_cells(gap, city, edition.year)


def gap_cells(gap: Gap, city: str, as_of: int) -> Cells:
    """The cells of one gap, those of later schema versions last."""
    return (
        gap.indicator.code,
        gap.label,
        str(as_of),
        gap.reason,
        number_or_nothing(gap.newest_year),
        gap.detail.en,
        gap.detail.ru,
        gap.remedy.en,
        gap.remedy.ru,
        city,
        gap.indicator.name.en,
        gap.indicator.name.ru,
    )


def score_rows(edition: Edition) -> Iterator[Cells]:
    """One row a city, view, year with data and group of indicators that has a published number."""
    for city, view in product(edition.cities, VIEWS):
        for as_of in sorted({*years_with_data(edition, city), edition.year}):
            fulfilment = fulfilment_of(edition, city, as_of, view)
            for name, members in _groups(fulfilment):
                if any(member.has_value for member in members):
                    cells = _score_cells(name[0], members, fulfilment.recent_from)
                    yield (city, view, str(as_of), *name, *cells)


def _groups(fulfilment: Fulfilment) -> Iterator[tuple[Cells, tuple[IndicatorScore, ...]]]:
    """The level, dimension, sub-dimension, category and code of each group, with its members."""
    groups: dict[Cells, list[IndicatorScore]] = {}
    levels = ("city", "dimension", "sub_dimension", "category", "indicator")
    for score in fulfilment.indicators:
        indicator = score.indicator
        place = indicator.dimension, indicator.sub_dimension.en, indicator.category.en
        names = (*place, indicator.code)
        for depth, level in enumerate(levels):
            name = (level, *names[:depth], *[""] * (len(names) - depth))
            groups.setdefault(name, []).append(score)
    return ((name, tuple(members)) for name, members in groups.items())


def _score_cells(level: str, members: tuple[IndicatorScore, ...], recent_from: int) -> Cells:
    group = group_score(members)
    # A group of one indicator counts points; the indicator itself may keep its exact share.
    single = members[0] if level == "indicator" else None
    share, band = (single.share, single.band) if single else (group.share, group.band)
    counts = (
        group.scored_data_points,
        group.scored_indicators,
        sum(member.is_recent(recent_from) for member in members),
        sum(member.has_value for member in members),
        group.indicators,
        *(group.bands[band] for band in BANDS if band != "none"),
    )
    return (
        str(group.points),
        str(HIGHEST_POINTS * group.scored_data_points),
        percent_text(share),
        band,
        (single.reason or "") if single else "",
        *map(str, counts),
    )


def number_or_nothing(number: int | None) -> str:
    """The digits of a whole number, empty for None."""
    return "" if number is None else str(number)


def yes_or_no(state: bool | None) -> str:
    """``yes``, ``no``, or empty for None."""
    return "" if state is None else "yes" if state else "no"
