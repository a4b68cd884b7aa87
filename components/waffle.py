"""The waffle: every indicator as a square one can tap, grouped by verdict, recent ones first."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from dash import html

from components.ages import capitalised
from components.bands import age_key, class_of, look_of, mark, swatch, whole_range
from components.formats import integer
from components.texts import text
from components.theme import BAND_CLASSES, NO_VALUE_CLASS
from components.wheel import value_and_state
from data.ages import ages_of_city
from data.models import Language
from data.scores import Fulfilment, IndicatorScore
from data.scoring import BANDS

_LOOKS = (*(BAND_CLASSES[band] for band in BANDS), NO_VALUE_CLASS)


def waffle(fulfilment: Fulfilment, address: Callable[[str], str], language: Language) -> html.Div:
    """Return a list of links per verdict; ``address`` gives the page of an indicator by its slug.

    It is the list for keyboards and screen readers; the wheel shows the same to pointers.
    """
    groups = [
        _group(look, members, fulfilment.recent_from, address, language)
        for look in _LOOKS
        if (members := [score for score in fulfilment.indicators if class_of(score) == look])
    ]
    return html.Div(html.Ul(groups), className="waffle")


def waffle_key(fulfilment: Fulfilment, language: Language) -> list[html.P]:
    """Return the sentence that explains a square and its verdicts, and the key of ages."""
    ages = [
        html.Span([swatch(look), capitalised(words)])
        for look, words in age_key(ages_of_city(fulfilment), language)
    ]
    return [html.P(text("waffle_hint", language)), html.P(ages, className="waffle-key")]


def _group(
    look: str,
    members: Iterable[IndicatorScore],
    recent_from: int,
    address: Callable[[str], str],
    language: Language,
) -> html.Li:
    scores = sorted(members, key=lambda score: not score.is_recent(recent_from))
    heading: list[Any] = [
        mark(look),
        text(f"waffle_{look}", language),
        " ",
        html.B(integer(len(scores), language)),
    ]
    squares = [
        html.Li(
            html.A(
                [
                    swatch(look_of(score, recent_from)),
                    html.Span(
                        [
                            html.B(score.indicator.title[language]),
                            " ",
                            *whole_range(value_and_state(score, language)),
                        ]
                    ),
                ],
                href=address(score.indicator.slug),
            )
        )
        for score in scores
    ]
    # The place that all squares will take, so that nothing moves while they arrive.
    room = {"--squares": len(squares)}
    return html.Li([html.H2(heading, className="waffle-group"), html.Ul(squares)], style=room)
