"""Contents of each kind of picture: title, year, sentence, legend, chart and sources."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from components.ages import chosen_title, city_sentence, dimension_sentence
from components.formats import DASH
from components.not_yet_published import NotYetPublished
from components.pictures.frame import Sheet
from components.pictures.group_charts import (
    dimension_card,
    dimension_chart,
    dimension_phone,
    in_columns,
    wheel_card,
    wheel_chart,
    wheel_phone,
)
from components.pictures.indicator_chart import (
    drawable,
    indicator_card,
    indicator_chart,
    lacking_words,
    later_line,
    state_line,
)
from components.pictures.rows import legend
from components.sentences import indicator_sentence
from components.texts import text
from components.trend import TrendSeries
from components.wheel import indicators_without_value
from data.ages import ages_of, ages_of_city
from data.groups import GroupScore, group_score
from data.models import Language, Source
from data.scores import Category, Fulfilment, IndicatorScore

_WIDTH, _TWO_COLUMNS = 960, 1200
_CHART_SIZE, _INDICATOR_SIZE, _CARD_SIZE, _PHONE_SIZE = 15.0, 17.0, 22.0, 16.0


def wheel_sheet(fulfilment: Fulfilment, site_name: str, language: Language) -> Sheet:
    """All indicators as of one year."""
    whole, ages = group_score(fulfilment.indicators), ages_of_city(fulfilment)
    without = indicators_without_value(fulfilment.categories())
    sentence = city_sentence(fulfilment, language)
    return Sheet(
        title=site_name,
        as_of=chosen_title(text("overview_bars", language), fulfilment, language),
        sentence=sentence,
        description=f"{sentence} {_counts(whole, without, language)}",
        width=_WIDTH,
        chart=lambda room: wheel_chart(fulfilment, language, room),
        card=lambda room: wheel_card(fulfilment, language, room),
        phone=lambda room: wheel_phone(fulfilment, language, room, _PHONE_SIZE),
        legend=lambda room, size: legend(whole, without, ages, language, room, size),
    )


def dimension_sheet(fulfilment: Fulfilment, key: str, language: Language) -> Sheet:
    """The indicators of one dimension as of one year."""
    members = fulfilment.of_dimension(key)
    group, ages = group_score(members), ages_of(members, fulfilment.recent_from)
    groups = fulfilment.categories(key)
    without = indicators_without_value(groups)
    sentence = dimension_sentence(fulfilment, key, language)
    return Sheet(
        title=text(f"dimension_{key}", language),
        as_of=chosen_title(text("overview_bars", language), fulfilment, language),
        sentence=sentence,
        description=f"{sentence} {_counts(group, without, language)}",
        width=_TWO_COLUMNS if in_columns(groups) > 1 else _WIDTH,
        chart=lambda room: dimension_chart(
            groups, fulfilment.recent_from, language, room, _CHART_SIZE
        ),
        card=lambda room: dimension_card(groups, fulfilment.recent_from, language, room),
        phone=lambda room: dimension_phone(groups, language, room, _PHONE_SIZE),
        legend=lambda room, size: legend(group, without, ages, language, room, size),
    )


def indicator_sheet(
    indicator_score: IndicatorScore, series: tuple[TrendSeries, ...], as_of: int, language: Language
) -> Sheet:
    """One indicator with what was published by the end of ``as_of``."""
    name = indicator_score.indicator.name[language]
    sentence = indicator_sentence(indicator_score, language)
    trends = drawable(series)
    return Sheet(
        title=name,
        as_of=text("picture_as_of", language, year=as_of),
        sentence=_without_name(sentence, name),
        description=f"{sentence} {text('picture_as_of', language, year=as_of)}.",
        width=_WIDTH,
        chart=lambda room: indicator_chart(
            indicator_score, trends, language, room, _INDICATOR_SIZE
        ),
        card=lambda room: indicator_card(indicator_score, trends, language, room, _CARD_SIZE),
        phone=lambda room: indicator_chart(indicator_score, trends, language, room, _PHONE_SIZE),
        legend=lambda room, size: state_line(indicator_score, language, room, size * 1.15),
    )


def later_sheet(
    indicator_score: IndicatorScore, later: NotYetPublished, language: Language
) -> Sheet:
    """One indicator as of a year that hides all its values."""
    name = indicator_score.indicator.name[language]
    sentence = later.sentence(name, language)
    begins = later.reason(language)
    return Sheet(
        title=name,
        as_of=text("picture_as_of", language, year=later.as_of),
        sentence=_without_name(sentence, name),
        description=sentence,
        width=_WIDTH,
        chart=lambda room: lacking_words(begins, room, _INDICATOR_SIZE),
        card=lambda room: lacking_words(begins, room[0], _CARD_SIZE),
        phone=lambda room: lacking_words(begins, room, _PHONE_SIZE),
        legend=lambda room, size: later_line(later, language, room, size * 1.15),
    )


def _without_name(sentence: str, name: str) -> str:
    """A sentence that stands below the name need not begin with it."""
    shortened = sentence.removeprefix(f"{name}: ")
    return shortened[:1].upper() + shortened[1:]


def _counts(group: GroupScore, without: int, language: Language) -> str:
    """The legend in words, for readers who do not see the picture."""
    counted = [
        f"{text(f'band_{band}', language)}{DASH[language]}{count}"
        for band, count in group.bands.items()
    ]
    missing = text("legend_without_value", language, n=without)
    return f"{'; '.join(counted)}; {missing}."


def group_sources(
    groups: Iterable[Category], sources: Mapping[str, Source], language: Language
) -> tuple[str, ...]:
    """Count the sources behind the scores of many indicators."""
    used = {
        cited
        for group in groups
        for indicator_score in group.indicators
        for score in indicator_score.scores
        for cited in (
            score.observation.source_id if score.observation else "",
            score.target.source_id if score.target else "",
        )
        if cited in sources
    }
    return (text("picture_sources_counted", language, n=len(used)),)


def indicator_sources(
    indicator_score: IndicatorScore,
    series: tuple[TrendSeries, ...],
    sources: Mapping[str, Source],
    language: Language,
) -> tuple[str, ...]:
    """The publishers of every value and target that the picture shows, with their years."""
    source_ids = [
        score.observation.source_id for score in indicator_score.scores if score.observation
    ]
    drawn = drawable(series).values()
    source_ids += [shown.source_id for member in drawn for shown in member.observations]
    targets = [score.target.source_id for score in indicator_score.scored if score.target]
    targets += [member.target.source_id for member in drawn if member.target]
    lines = []
    for key, cited in (("picture_sources", source_ids), ("picture_target_sources", targets)):
        names = list(
            dict.fromkeys(
                # A natural limit has no source.
                _source_words(sources[source_id], language)
                for source_id in cited
                if source_id
            )
        )
        if names:
            joined = " · ".join(names)
            lines.append(text(key, language, n=len(names), sources=joined))
    return tuple(lines) or (text("picture_sources_none", language),)


def later_sources(
    later: NotYetPublished, sources: Mapping[str, Source], language: Language
) -> tuple[str, ...]:
    """The publishers of the values that a past year hides."""
    cited = (sources[observation.source_id] for observation in later.first)
    names = list(dict.fromkeys(_source_words(source, language) for source in cited))
    return (text("picture_sources", language, n=len(names), sources=" · ".join(names)),)


def _source_words(source: Source, language: Language) -> str:
    name = source.publisher[language]
    return f"{name}, {source.year}" if source.year else name
