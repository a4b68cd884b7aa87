"""Sources named below a picture: who published what it shows, cut to the lines there are."""

import re
from collections.abc import Iterable, Mapping, Sequence

from components.not_yet_published import NotYetPublished
from components.pictures.indicator_chart import drawable
from components.pictures.lettering import lines
from components.pictures.svg_boxes import RESERVE
from components.texts import text
from components.trend import TrendSeries
from data.models import Evidence, Language, Source
from data.scores import Category, IndicatorScore

# What a publisher's name says of a copy, such as "; copy by … on GitHub".
_COPY = re.compile(r"(;.*| \((copy|копия) [^)]*\)|, (copy|копия) .*)$")


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
    observations = [score.observation for score in indicator_score.scores if score.observation]
    drawn = drawable(series).values()
    observations += [observation for member in drawn for observation in member.observations]
    targets = [score.target.source_id for score in indicator_score.scored if score.target]
    targets += [member.target.source_id for member in drawn if member.target]
    cited: dict[str, list[tuple[str, Evidence | None]]] = {
        "picture_sources": [
            (observation.source_id, observation.evidence) for observation in observations
        ],
        # A natural limit has no source.
        "picture_target_sources": [(source_id, None) for source_id in targets if source_id],
    }
    lines = []
    for key, pairs in cited.items():
        cites = [(sources[source_id], evidence) for source_id, evidence in pairs]
        if names := publishers(cites, language):
            lines.append(text(key, language, n=len(names), sources=" · ".join(names)))
    return tuple(lines) or (text("picture_sources_none", language),)


def later_sources(
    later: NotYetPublished, sources: Mapping[str, Source], language: Language
) -> tuple[str, ...]:
    """The publishers of the values that a past year hides."""
    cites = [(sources[value.source_id], value.evidence) for value in later.first]
    names = publishers(cites, language)
    return (text("picture_sources", language, n=len(names), sources=" · ".join(names)),)


def publishers(cites: Sequence[tuple[Source, Evidence | None]], language: Language) -> list[str]:
    """Return who published sources, once each with their years, and the kind of their evidence.

    Who copied a source stands on the page of the indicator.
    """
    years: dict[tuple[str, Evidence | None], set[int]] = {}
    for source, evidence in cites:
        name = _COPY.sub("", source.publisher[language])
        years.setdefault((name, evidence), set()).update({source.year} if source.year else ())
    return [
        ", ".join([name, *map(str, sorted(of_publisher))])
        + (f" ({text(f'evidence_{evidence}', language)})" if evidence else "")
        for (name, evidence), of_publisher in years.items()
    ]


_BETWEEN = " · "


def fitted_sources(
    sources: Sequence[str], language: Language, size: float, room: float, most: int
) -> str:
    """The sentences of ``sources`` in at most ``most`` lines; names that do not fit are counted."""
    names = [words.removesuffix(".").split(_BETWEEN) for words in sources]
    left_out = [0 for _ in names]
    while True:
        sentences = " ".join(
            _sentence(kept, missing, language)
            for kept, missing in zip(names, left_out, strict=True)
        )
        longest = max(range(len(names)), key=lambda at: len(names[at]), default=None)
        fits = len(lines(sentences, size, room * RESERVE)) <= most
        if fits or longest is None or len(names[longest]) == 1:
            return sentences
        names[longest].pop()
        left_out[longest] += 1


def _sentence(names: Sequence[str], missing: int, language: Language) -> str:
    sentence = _BETWEEN.join(names)
    if missing:
        sentence += " " + text("picture_sources_more", language, n=missing)
    return f"{sentence}."
