"""Changes are those that the scores of both years or editions have, each with its causes."""

from __future__ import annotations

import pytest
from lxml.html import fragment_fromstring

from components.explore.views import VIEWS
from components.explore.views.change_causes import changes_of
from components.takeover.paint import paint
from data.comparison import compare
from data.exploration.filters import Selected
from data.fulfilment import fulfilment_of
from data.models import slug_of
from data.scores import Fulfilment
from tests.components.explore.selections import CITY, context_of, editions, selected_of

VIEW = VIEWS["changes"]
SAME_BAND = ("weaker", "same")


def kinds(selected: Selected) -> dict[str, str]:
    return {change.code: change.kind for change in changes_of(selected, context_of("en"))}


def expected_kinds(old: Fulfilment, new: Fulfilment) -> dict[str, str]:
    """Return the kind of each indicator whose band differs."""
    order = ["none", "0-33", "33-66", "66-95", "95-100"]
    expected = {}
    for score in new.indicators:
        before = old.find(score.indicator.code)
        bands = order.index(before.band if before else "none"), order.index(score.band)
        if bands[0] != bands[1]:
            kind = "better" if bands[1] > bands[0] else "worse"
            kind = "known" if not bands[0] else kind
            expected[score.indicator.code] = "gone" if not bands[1] else kind
    return expected


@pytest.mark.parametrize("year", [2010, 2015, 2018, 2023, 2025])
def test_every_changed_colour_is_told(year: int) -> None:
    edition = editions()[-1]
    expected = expected_kinds(
        fulfilment_of(edition, CITY, year), fulfilment_of(edition, CITY, edition.year)
    )
    drawn = kinds(selected_of(before=year))
    assert {code: kind for code, kind in drawn.items() if kind not in SAME_BAND} == expected


@pytest.mark.parametrize("year", [2010, 2015, 2018, 2023])
def test_a_worse_value_in_the_same_colour_is_told(year: int) -> None:
    edition = editions()[-1]
    old, new = (fulfilment_of(edition, CITY, as_of) for as_of in (year, edition.year))
    for change in changes_of(selected_of(before=year), context_of("en")):
        scores = [years.find(change.code) for years in (old, new)]
        was, now = (
            score.decisive.observation if score and score.decisive else None for score in scores
        )
        if change.kind not in SAME_BAND or set(change.causes) != {"value"} or not was or not now:
            assert change.kind != "weaker"
            continue
        direction = change.after[0].direction
        worse = {
            "higher_is_better": now.value < was.value,
            "lower_is_better": now.value > was.value,
        }
        same_part = was.data_point == now.data_point
        assert (change.kind == "weaker") is (same_part and worse.get(direction, False)), change.code


def test_editions_are_compared_as_their_page_compares_them() -> None:
    before, after = editions()[0], editions()[-1]
    selected = selected_of(before=before.version)
    expected = expected_kinds(
        fulfilment_of(before, CITY, before.year), fulfilment_of(after, CITY, after.year)
    )
    changed = {code: kind for code, kind in kinds(selected).items() if kind not in SAME_BAND}
    assert changed == expected
    colours = {colour.indicator.code: colour for colour in compare(before, after, CITY).colours}
    assert changed.keys() == colours.keys()
    for change in changes_of(selected, context_of("en")):
        if change.kind in ("better", "worse"):
            published = {"target": "yardstick"}
            causes = {published.get(cause, cause) for cause in colours[change.code].causes}
            assert causes & set(change.causes) or "correction" in causes, change.code


def test_dots_stand_at_both_shares_and_no_line_joins_two_definitions() -> None:
    selected = selected_of(before=2015)
    document = fragment_fromstring(paint(VIEW.paint(selected, context_of("en"))))
    edition = editions()[-1]
    old, new = (fulfilment_of(edition, CITY, year) for year in (2015, 2026))
    lines = 0
    for change in changes_of(selected, context_of("en")):
        (link,) = document.iterfind(f".//a[@href='#{slug_of(change.code)}']")
        row = link.getparent()
        assert row is not None
        shares = [scores.find(change.code) for scores in (old, new)]
        expected = [
            round(float(score.share), 1) for score in shares if score and score.share is not None
        ]
        assert [float(str(dot.get("cx")).rstrip("%")) for dot in row.iter("circle")] == expected
        joined = bool(row.find_class("way"))
        assert joined is (len(expected) == 2 and "definition" not in change.causes)
        lines += joined
    assert lines


def test_the_finding_names_what_got_worse() -> None:
    assert VIEW.sentence(selected_of(before=2015), context_of("en")) == (
        "Since 2015: no indicator has a worse colour, 2 have a worse value and the same colour, "
        "3 have a better colour, 23 are rated for the first time and 7 have another value and the "
        "same colour. With a worse value: Spending on research (R&D) and Hospital beds."
    )
    worse = selected_of(before=2017, last_year=2018)
    assert VIEW.sentence(worse, context_of("en")).endswith(
        " With a worse colour: Spending on research (R&D). "
        "With a worse value: Turnout in city elections."
    )


def test_without_an_earlier_year_or_a_change_there_are_words() -> None:
    alone = selected_of(first_year=2026)
    assert VIEW.reason_empty(alone, context_of("en")).startswith("There is nothing to compare with")
    still = selected_of(indicators=("EC: P: EM: 1C",), before=2025)
    assert VIEW.reason_empty(still, context_of("ru")).startswith("С\u00a02025 года не")
