"""Sentences about one indicator's values over the years."""

from collections.abc import Callable, Sequence
from decimal import Decimal

from components.formats import brief_quantity, listing, period, quantity
from components.texts import text
from components.trend import TrendSeries
from data.models import Language, Observation, Words

_FACTORS = (10, 5, 4, 3, 2)  # That the words for a change name, the largest first.


def trend_sentence(series: TrendSeries, language: Language, unit: Words) -> str:
    """Describe the chart in sentences that compare nothing of two definitions or evidences."""
    return " ".join(trend_sentences(series, language, unit))


def trend_sentences(series: TrendSeries, language: Language, unit: Words) -> tuple[str, ...]:
    """Return these sentences: one for each run of comparable values, and one of caveats.

    They name the ends and the extremes of each run, the years in which the definition changed,
    how many values stand apart, and the newest one if it is one of those.
    """
    count, runs = len(series.observations), series.runs()
    latest = series.observations[-1]
    newest = _dated(latest, language, unit)
    if count == 1:
        return (text("trend_one", language, value=newest),)
    if not runs:
        return (text("trend_apart", language, n=count, newest=newest),)
    sentences: list[str] = []
    if changed := dict.fromkeys(period(right.period, language) for _, right in series.breaks()):
        sentences.append(text("trend_changed", language, changed=listing(tuple(changed), language)))
    if apart := count - sum(len(run) for run in runs):
        sentences.append(text("trend_others", language, n=apart))
    if (latest.year or 0) > max(run[-1].year or 0 for run in runs):
        sentences.append(text("trend_newest", language, newest=newest))
    run_sentences = tuple(_run_sentence(run, language, unit) for run in runs)
    return (*run_sentences, " ".join(sentences)) if sentences else run_sentences


def _run_sentence(run: Sequence[Observation], language: Language, unit: Words) -> str:
    first, last = run[0], run[-1]
    values = [_value(observation) for observation in run]
    words = text(
        _change(values),
        language,
        first=_dated(first, language, unit),
        last=_dated(last, language, unit, brief_quantity),
    )
    extremes = {
        name: _dated(extreme, language, unit, brief_quantity)
        for name, extreme in (("low", min(run, key=_value)), ("high", max(run, key=_value)))
        if _value(extreme) not in (values[0], values[-1])
    }
    if extremes:
        words += text(f"trend_{'_'.join(extremes)}", language, **extremes)
    return words + "."


def _change(values: Sequence[Decimal]) -> str:
    """Return the key of the words for a change: its direction, and its size by whole factors."""
    first, last = values[0], values[-1]
    if first == last:
        return "trend_same" if len(set(values)) == 1 else "trend_back"
    direction = "up" if last > first else "down"
    small, large = sorted((first, last))
    factor = next((factor for factor in _FACTORS if 0 < small * factor < large), 0)
    return f"trend_{direction}_{factor}" if factor else f"trend_{direction}"


def _dated(
    observation: Observation,
    language: Language,
    unit: Words,
    written: Callable[[Decimal, Words, Language], str] = quantity,
) -> str:
    """A value with its unit and period: ``1.8% (2023)``."""
    value = written(_value(observation), unit, language)
    return text("dated_value", language, value=value, period=period(observation.period, language))


def _value(observation: Observation) -> Decimal:
    return Decimal(0) if observation.value is None else observation.value
