"""Lists what the site says of each indicator, for reading: ``python tools/sentences.py``.

``--all`` adds the indicators without a verdict.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from components.observation_table import unit_of_label
from components.sentences import indicator_sentence
from components.trend import trend_series
from components.trend_sentences import trend_sentence
from components.verdicts import verdict_of
from data.editions import load_edition
from data.fulfilment import fulfilment_of
from data.models import LANGUAGES, Edition, Language
from data.scores import IndicatorScore
from data.yardsticks import COMMON


def sentences(edition: Edition, score: IndicatorScore, language: Language) -> Iterator[str]:
    """Yield the names, the verdict of each data point, and the sentences of the trends."""
    indicator = score.indicator
    names = filter(None, (indicator.plain_name[language], indicator.name[language]))
    yield f"{indicator.code} [{score.band}] {' / '.join(names)}"
    yield f"  {indicator.plain_definition[language]}"
    yield f"  {indicator_sentence(score, language)}"
    for part in score.scores:
        verdict = verdict_of(part, language)
        yield f"  - {verdict.short}: {verdict.named}"
    targets = [part.target for part in score.scores if part.target]
    observations = edition.of_city("moscow", indicator.code)
    for series in trend_series(indicator, observations, targets):
        yield f"  ~ {trend_sentence(series, language, unit_of_label(indicator, series.name))}"


def main() -> None:
    """Write the sentences of the edition in force, rated indicators first."""
    edition = load_edition()
    fulfilment = fulfilment_of(edition, "moscow", edition.year, COMMON)
    for score in fulfilment.indicators:
        if score.share is not None or "--all" in sys.argv:
            for language in LANGUAGES:
                print("\n".join(sentences(edition, score, language)))
            print()


if __name__ == "__main__":
    main()
