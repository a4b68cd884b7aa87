"""The year of a value beside its verdict, and sentences that say how old the verdicts are."""

from collections.abc import Iterable, Sequence

from dash import html

from components.formats import shown_share
from components.texts import text
from components.theme import BAND_CLASSES, NO_VALUE_CLASS, OLDER_CLASS
from data.ages import Ages, ages_of, ages_of_city
from data.groups import group_score
from data.models import Language
from data.scores import Fulfilment, IndicatorScore, Score
from data.scoring import TOP_BAND
from data.yardsticks import COMMON

# Half of fewer values than these would say less than their years.
_FEW = 4


def years_words(years: Sequence[int]) -> str:
    """Write years as one, or as a range: ``2018``, ``2016–2021``; empty for none."""
    ends = sorted({years[0], years[-1]}) if years else ()
    return "–".join(str(year) for year in ends)


def year_chip(words: str, *, older: bool) -> html.Span:
    """The year of a value: plain for a recent one, in an outlined pill for an older one."""
    return html.Span(words, className="year older" if older else "year")


def chip_of(indicator_score: IndicatorScore, recent_from: int) -> html.Span | None:
    """The years of the scored values of an indicator as a chip; None without a score."""
    if not indicator_score.years:
        return None
    older = not indicator_score.is_recent(recent_from)
    return year_chip(years_words(indicator_score.years), older=older)


def is_older(score: Score, recent_from: int) -> bool:
    """Return whether the value of one data point has a year before ``recent_from``."""
    year = score.observation.year if score.observation else None
    return year is not None and year < recent_from


def years_of(scores: Iterable[IndicatorScore]) -> tuple[int, ...]:
    """Return the years of the scored values of a group, each once, from the oldest on."""
    years = {year for indicator_score in scores for year in indicator_score.years}
    return tuple(sorted(years))


def group_is_older(members: Iterable[IndicatorScore], recent_from: int) -> bool:
    """Return whether a group has a scored value of before ``recent_from``, as of an indicator."""
    years = years_of(members)
    return bool(years) and years[0] < recent_from


def aged_class(band_class: str, *, older: bool) -> str:
    """Return the classes of a field or mark whose value is recent, or older."""
    return f"{band_class} {OLDER_CLASS}" if older else band_class


def state_class(score: Score) -> str:
    """Return the class of one data point: its band, or ``bx`` where not even a value is known."""
    return BAND_CLASSES[score.band] if score.observation else NO_VALUE_CLASS


def mark_class(score: Score, recent_from: int) -> str:
    """Return the classes of the mark of one data point: its state, and whether it is older."""
    return aged_class(state_class(score), older=is_older(score, recent_from))


def top_band_count(fulfilment: Fulfilment) -> tuple[int, int]:
    """Return the numbers of indicators in the highest band and of all that are scored."""
    bands = [score.band for score in fulfilment.indicators if score.share is not None]
    return bands.count(TOP_BAND), len(bands)


def city_sentence(fulfilment: Fulfilment, language: Language) -> str:
    """Say how many indicators are scored, by how old values, and how many reach the highest band.

    It begins with the yardsticks, years or both that a reader chose.
    """
    reached = reached_sentence(fulfilment, language)
    return f"{rated_sentence(fulfilment, language)} {reached}".rstrip()


def rated_sentence(fulfilment: Fulfilment, language: Language) -> str:
    """Say how many indicators are scored and by how old values, after what a reader chose."""
    ages = ages_of_city(fulfilment)
    rated = text(
        f"overview_rated{_since(fulfilment)}",
        language,
        n=len(fulfilment.indicators),
        scored=ages.scored,
        since=fulfilment.since,
    )
    facts = "; ".join([rated, *_ages(ages, fulfilment, language)])
    return _after_choice(f"{facts}.", fulfilment, language)


def reached_sentence(fulfilment: Fulfilment, language: Language) -> str:
    """Say how many of the scored indicators reach the highest band; empty where none is scored."""
    reached, scored = top_band_count(fulfilment)
    if not scored:
        return ""
    key = "overview_reached" if reached else "overview_reached_none"
    return text(key, language, n=scored, reached=reached)


def dimension_sentence(fulfilment: Fulfilment, dimension: str, language: Language) -> str:
    """Say which share of the points a dimension earns, from how many indicators and how old ones.

    It begins with the yardsticks, years or both that a reader chose.
    """
    members = fulfilment.of_dimension(dimension)
    group = group_score(members)
    if group.share is None:
        sentence = f"{text('overview_group_none', language, n=group.indicators)}."
        return _after_choice(sentence, fulfilment, language)
    facts = [
        text(
            f"overview_group{_since(fulfilment)}",
            language,
            share=shown_share(group.share, language),
            scored=group.scored_indicators,
            n=group.indicators,
            since=fulfilment.since,
        ),
        *_ages(ages_of(members, fulfilment.recent_from), fulfilment, language),
    ]
    return _after_choice(f"{'; '.join(facts)}.", fulfilment, language)


def group_sentence(members: Iterable[IndicatorScore], language: Language) -> str:
    """Say which share of the points a group earns, from how many indicators and which years."""
    scores = tuple(members)
    group = group_score(scores)
    if group.share is None:
        words = text("overview_group_none", language, n=group.indicators)
        return f"{capitalised(words)}."
    years = years_of(scores)
    words = text(
        "overview_group",
        language,
        share=shown_share(group.share, language),
        scored=group.scored_indicators,
        n=group.indicators,
    )
    return f"{words}; {_range(years, language)}."


def chosen_title(title: str, fulfilment: Fulfilment, language: Language, edition: str = "") -> str:
    """Return a title with what a reader chose: ``Share of the yardstick: values up to 2015``."""
    kept = text("chosen_edition", language, version=edition) if edition else ""
    words = ", ".join(filter(None, [choice_words(fulfilment, language), kept]))
    return f"{title}: {words}" if words else title


def choice_words(fulfilment: Fulfilment, language: Language) -> str:
    """Return what a reader chose, such as ``goals only, values up to 2015``; empty for nothing."""
    words = _choice(fulfilment, language)
    if fulfilment.since is not None:
        words.append(text("overview_since", language, year=fulfilment.since))
    return ", ".join(words)


def _choice(fulfilment: Fulfilment, language: Language) -> list[str]:
    """Name the yardsticks and the year that are not the usual ones."""
    words = []
    if fulfilment.view != COMMON:
        words.append(text(f"view_{fulfilment.view}", language))
    if fulfilment.is_past:
        words.append(text("overview_until", language, year=fulfilment.as_of))
    return words


def _since(fulfilment: Fulfilment) -> str:
    return "" if fulfilment.since is None else "_since"


def _ages(ages: Ages, fulfilment: Fulfilment, language: Language) -> list[str]:
    """Return how many verdicts are recent, and the year that half of the values are not past."""
    if not ages.scored:
        return []
    facts = []
    if fulfilment.since is None or fulfilment.since < ages.recent_from:
        share = {0: "none", ages.scored: "all"}.get(ages.recent, "some")
        facts.append(
            text(f"overview_recent_{share}", language, n=ages.recent, year=ages.recent_from)
        )
    if len(ages.years) < _FEW or len(set(ages.years)) == 1:
        return [*facts, _range(ages.years, language)]
    return [*facts, text("overview_half", language, years=ages.median)]


def _range(years: Sequence[int], language: Language) -> str:
    key = "overview_year" if years[0] == years[-1] else "overview_years"
    return text(key, language, years=years_words(years))


def _after_choice(sentence: str, fulfilment: Fulfilment, language: Language) -> str:
    words = ", ".join(_choice(fulfilment, language))
    return capitalised(f"{words}: {sentence}" if words else sentence)


def uncapitalised(name: str) -> str:
    """Return a name with a small first letter, unless it begins with an abbreviation."""
    return name if name[1:2].isupper() else name[:1].lower() + name[1:]


def capitalised(words: str) -> str:
    """Return words as the beginning of a sentence."""
    return words[:1].upper() + words[1:]
