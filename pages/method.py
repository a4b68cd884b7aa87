"""Counts and lists of the page of the method: rules in words, and their results."""

from collections.abc import Iterable
from fractions import Fraction

from components.formats import integer, listing, period, quantity, shown_share
from components.texts import text
from components.verdicts import unit_of, value_words, whose_words, yardstick_label
from data.ages import ages_of_city
from data.groups import group_score
from data.models import EVIDENCE, Language, Observation, YardstickKind
from data.robustness import Robustness, all_robustness
from data.scores import Fulfilment, IndicatorScore
from data.scoring import group_share, points_of
from data.yardsticks import BASES, KINDS, VIEWS
from pages.site import Site

# The states whose words stand as an example of each kind.
_EXAMPLES: dict[YardstickKind, tuple[str, ...]] = {
    "goal": ("goal_met", "goal_near", "goal_very_far"),
    "limit": ("limit_lower_met", "limit_lower_near", "limit_lower_very_far"),
    "natural_limit": ("natural_limit_met", "natural_limit_near", "natural_limit_very_far"),
    "norm": ("norm_lower_met", "norm_lower_far", "norm_lower_very_far"),
    "city": ("city_met", "city_near", "city_very_far"),
    "average": ("average_met", "average_near", "average_very_far"),
    "own_goal": ("own_goal_kept", "own_goal_missed", "own_goal_open"),
}


def method_values(site: Site, language: Language) -> dict[str, str]:
    """Return what the words of the method leave open, as Markdown of one language."""
    fulfilment = site.fulfilment()
    ages = ages_of_city(fulfilment)
    tried = all_robustness(site.edition, fulfilment)
    depending = [robustness for robustness in tried if robustness.depends]
    return {
        "recent_from": str(fulfilment.recent_from),
        "recent": integer(ages.recent, language),
        "median_year": str(ages.median or site.edition.year),
        "order_of_bases": _bases(language),
        "kinds": _kinds(language),
        "order_of_evidence": listing(
            [text(f"evidence_{evidence}", language) for evidence in EVIDENCE], language
        ),
        "tried": integer(sum(robustness.yardsticks > 1 for robustness in tried), language),
        "depending": integer(len(depending), language),
        "depending_list": _depending(depending, language),
        "views": _views(site, language),
        **_example_of_weights(fulfilment, language),
    }


def _bases(language: Language) -> str:
    ranks = (
        listing([text(f"method_basis_{basis}", language) for basis in rank], language)
        for rank in BASES
    )
    return "\n".join(f"{place}. {words}" for place, words in enumerate(ranks, start=1))


def _kinds(language: Language) -> str:
    """The rows of a table: each kind in the order of the tie-break, and some of its words."""
    return "\n".join(
        "| **{}:** {} | {} |".format(
            text(f"verdict_{kind}_label", language),
            text(f"method_kind_{kind}", language),
            ", ".join(
                text("method_quoted", language, words=text(f"verdict_{state}", language))
                for state in _EXAMPLES[kind]
            ),
        )
        for kind in (*KINDS, "own_goal")
    )


def _depending(depending: Iterable[Robustness], language: Language) -> str:
    items = [
        f"- {_depending_line(robustness, robustness.score.observation, language)}"
        for robustness in depending
        if robustness.score.observation
    ]
    return "\n".join(items) or text("method_depends_none", language)


def _depending_line(robustness: Robustness, observation: Observation, language: Language) -> str:
    score = robustness.score
    results = [(alternative.yardstick, alternative.share) for alternative in robustness.other_bands]
    if score.target and score.share is not None:
        results.insert(0, (score.target, score.share))
    whole, part = score.indicator.title[language], score.data_point
    return text(
        "method_depends",
        language,
        name=f"{whole}: {part.name[language]}" if part else whole,
        slug=score.indicator.slug,
        value=value_words(score, language),
        period=period(observation.period, language),
        results="; ".join(
            text(
                "method_result",
                language,
                kind=yardstick_label(target, language).lower()
                if place
                else yardstick_label(target, language),
                value=quantity(target.value, unit_of(score), language),
                whose=whose_words(target, language),
                share=shown_share(share, language),
            )
            for place, (target, share) in enumerate(results)
        ),
    )


def _views(site: Site, language: Language) -> str:
    """The rows of a table: each view, how many indicators it rates and the points they earn."""
    rows = []
    for view in VIEWS:
        group = group_score(site.fulfilment(view=view).indicators)
        share = "–" if group.share is None else shown_share(group.share, language)
        name = text(f"view_{view}", language)
        scored = integer(group.scored_indicators, language)
        rows.append(f"| {name} | {scored} | {share} |")
    return "\n".join(rows)


def _example_of_weights(fulfilment: Fulfilment, language: Language) -> dict[str, str]:
    """The dimension whose share would change the most if each indicator counted once."""

    def shares(members: Iterable[IndicatorScore]) -> tuple[Fraction, Fraction]:
        scores = tuple(members)
        by_indicators = group_share(points_of(score.band) for score in scores)
        return group_score(scores).share or Fraction(0), by_indicators or Fraction(0)

    pairs = {
        dimension: shares(fulfilment.of_dimension(dimension))
        for dimension in fulfilment.dimensions()
    }
    dimension, (by_parts, by_indicators) = max(
        pairs.items(), key=lambda pair: abs(pair[1][0] - pair[1][1])
    )
    return {
        "weighed_dimension": text(f"dimension_{dimension}", language),
        "by_parts": shown_share(by_parts, language),
        "by_indicators": shown_share(by_indicators, language),
    }
