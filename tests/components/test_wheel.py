"""The wheel: every indicator a link, every length its share, every label readable."""

from __future__ import annotations

import re
from itertools import pairwise
from math import hypot, radians

import pytest
from lxml import etree

from components.ages import city_sentence, years_words
from components.bands import class_of
from components.wheel import sector_title, wheel_svg
from data.models import LANGUAGES, Language
from data.scores import Fulfilment, IndicatorScore
from pages.site import Site

SVG = "{http://www.w3.org/2000/svg}"
# An estimate of the widest letters at the size of a label, in units of the picture.
LETTER, LABEL_FOOT, LINE, HALF_SIDE = 9.0, 340, 17, 500

Drawn = tuple[Fulfilment, Language, etree._Element]


@pytest.fixture(scope="module", params=[(one, year) for one in LANGUAGES for year in (None, 2012)])
def drawn(request: pytest.FixtureRequest, site: Site) -> Drawn:
    language, year = request.param
    fulfilment = site.fulfilment(year)
    written = wheel_svg(
        fulfilment, language, "Q & <A>", lambda slug: f"/i/{slug}", lambda key: f"/d/{key}"
    )
    root = etree.fromstring(written.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1))
    return fulfilment, language, root


def sectors(picture: etree._Element) -> dict[str, etree._Element]:
    links = [one for one in picture.iter(f"{SVG}a") if one.get("href", "").startswith("/i/")]
    return {one.get("href", "").removeprefix("/i/"): one for one in links}


def bar_of(sector: etree._Element) -> tuple[str, float]:
    """The class of a bar and how far from the hub it ends."""
    path = sector.findall(f"{SVG}path")[-1]
    x, y = re.match(r"M(\S+) (\S+?)A", path.get("d", "")).groups()
    return path.get("class", ""), hypot(float(x), float(y))


def test_every_indicator_is_a_link_that_says_its_name_and_state(drawn: Drawn) -> None:
    fulfilment, language, picture = drawn
    found = sectors(picture)
    assert list(found) == [one.indicator.slug for one in fulfilment.indicators]
    assert len(found) == 91
    for one in fulfilment.indicators:
        title = found[one.indicator.slug].findtext(f"{SVG}title")
        assert title == sector_title(one, language)
        assert one.indicator.title[language] in title
        if one.share is not None:
            assert title.endswith(f", {years_words(one.years)}")


def test_the_picture_has_a_name_and_links_its_three_dimensions(drawn: Drawn) -> None:
    fulfilment, _, picture = drawn
    assert picture.get("aria-label") == "Q & <A>"
    links = [one.get("href", "") for one in picture.iter(f"{SVG}a")]
    assert [one for one in links if one.startswith("/d/")] == [
        f"/d/{key}" for key in fulfilment.dimensions()
    ]


def test_a_longer_bar_is_a_larger_share(drawn: Drawn) -> None:
    fulfilment, _, picture = drawn
    found = sectors(picture)
    scored = [one for one in fulfilment.indicators if one.share is not None]
    by_share = sorted(scored, key=lambda one: one.share or 0)
    ends = {one.indicator.code: bar_of(found[one.indicator.slug])[1] for one in scored}
    # Coordinates have one decimal, so equal shares may differ by that much.
    for left, right in pairwise(by_share):
        assert ends[left.indicator.code] <= ends[right.indicator.code] + 0.15
    whole = [ends[one.indicator.code] for one in scored if one.share == 100]
    assert max(whole) - min(whole) < 0.2
    assert max(whole) == pytest.approx(max(ends.values()), abs=0.1)


def test_a_bar_has_the_class_of_its_band_and_an_unscored_one_is_a_stub(drawn: Drawn) -> None:
    fulfilment, _, picture = drawn
    found = sectors(picture)
    stubs = set()
    for one in fulfilment.indicators:
        class_name, end = bar_of(found[one.indicator.slug])
        band_class, _, older = class_name.partition(" ")
        assert band_class == class_of(one)
        # A bar is an outline where one of its values is older than the last five years.
        assert older == ("o" if one.years and one.years[0] < fulfilment.as_of - 5 else "")
        if one.share is None:
            stubs.add(round(end))
    assert len(stubs) == 1


def test_rings_stand_at_the_band_edges(drawn: Drawn) -> None:
    fulfilment, _, picture = drawn
    rings = [float(one.get("r", "")) for one in picture.iter(f"{SVG}circle")]
    ends = [(bar_of(sectors(picture)[one.indicator.slug])[1], one) for one in fulfilment.indicators]
    edges = dict(zip((33, 66, 95, 100), rings, strict=True))
    for end, one in ends:
        if one.share is not None:
            assert (end >= edges[95] - 0.1) == (one.band == "95-100")
            assert (end < edges[33] - 0.1) == (one.band == "0-33")


def labels(picture: etree._Element) -> list[tuple[float, list[str]]]:
    """Angle in degrees, clockwise from twelve o'clock, and lines of each category's name."""
    group = next(one for one in picture.iter(f"{SVG}g") if one.get("class") == "w-labels")
    found = []
    for one in group.iter(f"{SVG}text"):
        turn = float(re.search(r"rotate\((\S+)\)", one.get("transform", "")).group(1))
        angle = turn - 90 if one.get("text-anchor") == "end" else turn + 90
        found.append((angle % 360, [span.text or "" for span in one.iter(f"{SVG}tspan")]))
    return sorted(found)


def test_every_category_is_named_once_beside_its_arc(drawn: Drawn) -> None:
    fulfilment, language, picture = drawn
    written = [" ".join(lines) for _, lines in labels(picture)]
    assert written == [group.name[language] for group in fulfilment.categories()]


def test_labels_do_not_touch_and_stay_inside_the_picture(drawn: Drawn) -> None:
    _, _, picture = drawn
    all_labels = labels(picture)
    around = [*all_labels, (all_labels[0][0] + 360, all_labels[0][1])]
    for (left, left_lines), (right, right_lines) in pairwise(around):
        apart = radians(right - left) * LABEL_FOOT
        assert apart >= (len(left_lines) + len(right_lines)) / 2 * LINE, (left_lines, right_lines)
    for _, lines in all_labels:
        assert LABEL_FOOT + max(len(line) for line in lines) * LETTER <= HALF_SIDE, lines


def test_the_middle_says_how_many_reach_the_highest_band(drawn: Drawn) -> None:
    fulfilment, language, picture = drawn
    scored = [one for one in fulfilment.indicators if one.share is not None]
    reached = [one for one in scored if one.share is not None and one.share >= 95]
    figure = next(one for one in picture.iter(f"{SVG}text") if one.get("class") == "w-figure")
    assert re.findall(r"\d+", figure.text or "") == [str(len(reached)), str(len(scored))]
    numbers = re.findall(r"\d+", city_sentence(fulfilment, language))
    assert {str(len(reached)), str(len(scored)), "91"} <= set(numbers)


def test_a_name_with_signs_of_markup_cannot_break_the_picture(site: Site) -> None:
    fulfilment = site.fulfilment()
    one: IndicatorScore = fulfilment.indicators[0]
    assert "<" not in sector_title(one, "en")
    written = wheel_svg(fulfilment, "en", '"><b>', lambda slug: f'"&{slug}', lambda key: f'"<{key}')
    assert "<b>" not in written
    assert '"&ec' not in written
