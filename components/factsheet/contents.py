"""Contents of the fact sheet: words and drawings of one edition, ready to be set."""

from collections.abc import Iterable
from itertools import groupby
from typing import Any

from components.ages import (
    city_sentence,
    dimension_sentence,
    group_is_older,
    years_of,
    years_words,
)
from components.bands import age_key, group_state, state_counts, state_name
from components.formats import day, integer, shown_share
from components.pictures.sheet_sources import group_sources
from components.pictures.style import svg_file
from components.pictures.svg_boxes import mark, share_bar
from components.texts import text
from components.theme import COLOURS
from components.wheel import WHEEL_BOX, wheel_drawing
from data.ages import ages_of_city
from data.groups import group_score
from data.models import Edition, Language
from data.scores import Fulfilment, IndicatorScore

_BAR = (54.0, 11.0)
_SWATCH = (34.0, 16.0)
Contents = dict[str, Any]


def factsheet_contents(
    fulfilment: Fulfilment,
    edition: Edition,
    language: Language,
    *,
    city: str,
    site_name: str,
    address: str,
) -> Contents:
    """All words and drawings of the sheet, as JSON takes them.

    ``address`` is that of the home page, with its origin. Drawings are SVG that stands alone.
    """
    finding = city_sentence(fulfilment, language)
    return {
        "language": language,
        "colours": COLOURS["light"],
        "title": text("factsheet_title", language, city=city),
        "site": site_name,
        "finding": finding,
        "wheel": _drawing(wheel_drawing(fulfilment, language), WHEEL_BOX[:2], WHEEL_BOX[2:]),
        "wheel_words": text("wheel_label", language, sentence=finding),
        "legend_title": text("legend_title", language),
        "legend": _legend(fulfilment, language),
        "groups_title": text("factsheet_groups", language),
        "columns": [
            text(f"factsheet_column_{name}", language)
            for name in ("group", "share", "scored", "years")
        ],
        "dimensions": [_dimension(fulfilment, key, language) for key in fulfilment.dimensions()],
        "notes": _notes(fulfilment, edition, language),
        "address_words": text("factsheet_address", language),
        "address": address,
        "edition": text(
            "footer_edition", language, version=edition.version, date=day(edition.date, language)
        ),
        "date": edition.date,
    }


def _drawing(drawn: str, corner: tuple[float, float], size: tuple[float, float]) -> str:
    box = f"{corner[0]:g} {corner[1]:g} {size[0]:g} {size[1]:g}"
    attributes = f'viewBox="{box}" width="{size[0]:g}" height="{size[1]:g}"'
    return svg_file(drawn, "light", attributes)


def _legend(fulfilment: Fulfilment, language: Language) -> list[Contents]:
    rows = [
        _state(look, state_name(look, language), integer(count, language))
        for look, count in state_counts(fulfilment.indicators).items()
    ]
    rows += [_state(look, words) for look, words in age_key(ages_of_city(fulfilment), language)]
    return rows


def _state(band_class: str, words: str, count: str = "") -> Contents:
    width, height = _SWATCH
    field = f'<rect class="{band_class}" width="{width:g}" height="{height:g}" rx="2"/>'
    return {"words": words, "count": count, "mark": _drawing(field, (0, 0), _SWATCH)}


def _dimension(fulfilment: Fulfilment, key: str, language: Language) -> Contents:
    """A dimension with its sub-dimensions and their categories, each with its own score."""
    members, recent_from = fulfilment.of_dimension(key), fulfilment.recent_from
    name = text(f"dimension_{key}", language)
    groups: list[Contents] = []
    for sub_title, categories in groupby(
        fulfilment.categories(key), key=lambda category: category.sub_title
    ):
        named = list(categories)
        # A category that is the whole of its sub-dimension and has its name says nothing more.
        alone = len(named) == 1 and named[0].title == sub_title
        inner = [
            _group(category.title[language], category.indicators, recent_from, language)
            for category in ([] if alone else named)
        ]
        whole = [score for category in named for score in category.indicators]
        groups.append(
            _group(sub_title[language], whole, recent_from, language) | {"categories": inner}
        )
    return {
        **_group(name, members, recent_from, language),
        "sentence": dimension_sentence(fulfilment, key, language),
        "groups": groups,
    }


def _group(
    name: str, members: Iterable[IndicatorScore], recent_from: int, language: Language
) -> Contents:
    scores = tuple(members)
    score = group_score(scores)
    older = group_is_older(scores, recent_from)
    if score.share is None:
        state, share = group_state(scores, language)
        drawn = mark(state, _BAR[1])
    else:
        share = shown_share(score.share, language)
        drawn = share_bar(score.share, score.band, *_BAR, older=older)
    return {
        "name": name,
        "share": share,
        "rated": score.share is not None,
        "scored": text(
            "factsheet_scored", language, scored=score.scored_indicators, n=score.indicators
        ),
        "years": years_words(years_of(scores)),
        "older": older,
        "mark": _drawing(drawn, (-1, -1), (_BAR[0] + 2, _BAR[1] + 2)),
    }


def _notes(fulfilment: Fulfilment, edition: Edition, language: Language) -> list[str]:
    return [
        text("factsheet_points", language),
        text("factsheet_wheel", language),
        text("own_targets", language),
        *group_sources(fulfilment.categories(), edition.sources, language),
        text("footer_licence", language),
    ]
