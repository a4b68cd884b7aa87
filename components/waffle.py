"""The waffle: every indicator as a square one can tap, grouped by verdict, recent ones first."""

from collections.abc import Callable, Iterable

from dash import html

from components.ages import capitalised
from components.bands import (
    STATES,
    age_key,
    class_of,
    look_of,
    mark,
    state_name,
    swatch,
    value_and_state,
)
from components.formats import integer
from components.markup import Markup, attribute, content
from components.takeover.paint import paint
from components.texts import text
from components.theme import BAND_CLASSES, NO_VALUE_CLASS
from data.ages import ages_of_city
from data.models import Language
from data.scores import Fulfilment, IndicatorScore

_UNRATED = (BAND_CLASSES["none"], NO_VALUE_CLASS)


def waffle(fulfilment: Fulfilment, address: Callable[[str], str], language: Language) -> Markup:
    """Return a list of links per verdict; ``address`` gives the page of an indicator by its slug.

    It is the list for keyboards and screen readers; the wheel shows the same to pointers. It is
    written as text, since a reader who chooses a year waits for it.
    """
    groups = "".join(
        _group(look, members, fulfilment.recent_from, address, language)
        for look in STATES
        if (members := [score for score in fulfilment.indicators if class_of(score) == look])
    )
    return Markup(f"<ul>{groups}</ul>", className="waffle")


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
) -> str:
    scores = sorted(members, key=lambda score: not score.is_recent(recent_from))
    squares = "".join(
        f'<li><a href="{attribute(address(score.indicator.slug))}" aria-label="'
        f'{attribute(_words(score, language))}"><svg class="swatch">'
        f'<rect class="{look_of(score, recent_from)}"/></svg></a></li>'
        for score in scores
    )
    # The place that all squares will take, so that nothing moves while they arrive.
    return (
        f'<li style="--squares:{len(scores)}"><h2 class="waffle-group">{paint(mark(look))}'
        f"{content(_heading(look, language))} <b>{integer(len(scores), language)}</b></h2>"
        f"<ul>{squares}</ul></li>"
    )


def _heading(look: str, language: Language) -> str:
    if look in _UNRATED:
        return capitalised(state_name(look, language))
    return text(f"waffle_{look}", language)


def _words(score: IndicatorScore, language: Language) -> str:
    """Return the name of an indicator and, on a line of its own, its value and verdict.

    They are an attribute, since text that no eye sees would be laid out with every choice.
    """
    return f"{score.indicator.title[language]}\n{value_and_state(score, language)}"
