"""The wheel: every indicator a link, every length its share, every label readable."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from math import hypot

import pytest
from lxml import etree

from components.ages import city_sentence, years_words
from components.bands import class_of, state_words
from components.pictures import lettering
from components.wheel import WHEEL_BOX, Part, sector_title, wheel_drawing, wheel_svg
from components.wheel_labels import LABEL_SIZE
from data.models import LANGUAGES, Language
from data.scores import Fulfilment, IndicatorScore
from pages.site import Site

SVG = "{http://www.w3.org/2000/svg}"
LEFT, TOP, WIDTH, HEIGHT = WHEEL_BOX

Drawn = tuple[Fulfilment, Language, etree._Element]


@pytest.fixture(
    scope="module", params=[(language, year) for language in LANGUAGES for year in (None, 2012)]
)
def drawn(request: pytest.FixtureRequest, site: Site) -> Drawn:
    language, year = request.param
    fulfilment = site.fulfilment(year)
    written = wheel_svg(
        fulfilment, language, "Q & <A>", lambda slug: f"/i/{slug}", lambda key: f"/d/{key}"
    )
    root = etree.fromstring(written.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1))
    return fulfilment, language, root


def sectors(picture: etree._Element) -> dict[str, etree._Element]:
    links = [link for link in picture.iter(f"{SVG}a") if link.get("href", "").startswith("/i/")]
    return {link.get("href", "").removeprefix("/i/"): link for link in links}


def bar_of(sector: etree._Element) -> tuple[str, float]:
    """The class of a bar and how far from the hub it ends; of a dot, where that stands."""
    dot = sector.find(f"{SVG}circle")
    if dot is not None:
        return dot.get("class", ""), -float(dot.get("cy", ""))
    path = sector.findall(f"{SVG}path")[-1]
    x, y = re.match(r"M(\S+) (\S+?)H", path.get("d", "")).groups()
    return path.get("class", ""), hypot(float(x), float(y))


def test_every_indicator_is_a_link_that_says_its_name_and_state(drawn: Drawn) -> None:
    fulfilment, language, picture = drawn
    links = sectors(picture)
    assert list(links) == [indicator.indicator.slug for indicator in fulfilment.indicators]
    assert len(links) == 91
    for score in fulfilment.indicators:
        title = links[score.indicator.slug].findtext(f"{SVG}title")
        assert title == sector_title(score, language)
        assert title.startswith(score.indicator.title[language])
        assert title.endswith(state_words(score, language))
        if score.share is not None:
            assert years_words(score.years) in title


def test_the_picture_has_a_name_and_links_its_three_dimensions(drawn: Drawn) -> None:
    fulfilment, _, picture = drawn
    assert picture.get("aria-label") == "Q & <A>"
    links = [link.get("href", "") for link in picture.iter(f"{SVG}a")]
    assert [link for link in links if link.startswith("/d/")] == [
        f"/d/{key}" for key in fulfilment.dimensions()
    ]


def test_a_longer_bar_is_a_larger_share(drawn: Drawn) -> None:
    fulfilment, _, picture = drawn
    links = sectors(picture)
    scored = [indicator for indicator in fulfilment.indicators if indicator.share is not None]
    by_share = sorted(scored, key=lambda score: score.share or 0)
    ends = {score.indicator.code: bar_of(links[score.indicator.slug])[1] for score in scored}
    # Coordinates have one decimal, so equal shares may differ by that much.
    for left, right in pairwise(by_share):
        assert ends[left.indicator.code] <= ends[right.indicator.code] + 0.15
    whole = [ends[score.indicator.code] for score in scored if score.share == 100]
    assert max(whole) - min(whole) < 0.2
    assert max(whole) == pytest.approx(max(ends.values()), abs=0.1)


def test_a_bar_has_the_class_of_its_band_and_an_unscored_one_is_a_dot(drawn: Drawn) -> None:
    fulfilment, _, picture = drawn
    links = sectors(picture)
    dots = set()
    for score in fulfilment.indicators:
        class_name, end = bar_of(links[score.indicator.slug])
        band_class, _, older = class_name.partition(" ")
        assert band_class == class_of(score)
        # A bar is an outline where one of its values is older than the last five years.
        assert older == ("o" if score.years and score.years[0] < fulfilment.as_of - 5 else "")
        if score.share is None:
            dots.add(round(end))
            assert sectors(picture)[score.indicator.slug].find(f"{SVG}circle") is not None
    assert len(dots) == 1


def test_rings_stand_at_the_band_edges(drawn: Drawn) -> None:
    fulfilment, _, picture = drawn
    rings = [float(circle.get("r", "")) for circle in picture.find(f"{SVG}g").iter(f"{SVG}circle")]
    ends = [
        (bar_of(sectors(picture)[score.indicator.slug])[1], score)
        for score in fulfilment.indicators
    ]
    edges = dict(zip((33, 66, 95, 100), rings, strict=True))
    for end, score in ends:
        if score.share is not None:
            assert (end >= edges[95] - 0.1) == (score.band == "95-100")
            assert (end < edges[33] - 0.1) == (score.band == "0-33")


Box = tuple[float, float, float, float]


def labels(picture: etree._Element) -> dict[str, Box]:
    """Left, top, right and lower edge of each category's name, by the name."""
    group = next(group for group in picture.iter(f"{SVG}g") if group.get("class") == "w-labels")
    boxes = {}
    for label in group.iter(f"{SVG}text"):
        lines = [(span.text or "", span) for span in label.iter(f"{SVG}tspan")]
        width = max(lettering.width(line, LABEL_SIZE) for line, _ in lines)
        foot = float(lines[0][1].get("x", ""))
        left = foot - width if label.get("text-anchor") == "end" else foot
        feet = [float(span.get("y", "")) for _, span in lines]
        boxes[" ".join(line for line, _ in lines)] = (
            left,
            feet[0] - LABEL_SIZE * 0.75,
            left + width,
            feet[-1] + LABEL_SIZE * 0.2,
        )
    return boxes


def test_every_category_is_named_once_by_its_plain_label(drawn: Drawn) -> None:
    fulfilment, language, picture = drawn
    wanted = [group.label[language] for group in fulfilment.categories()]
    assert sorted(labels(picture)) == sorted(wanted)
    assert all(wanted)


def test_labels_do_not_touch_and_stay_inside_the_picture(drawn: Drawn) -> None:
    _, _, picture = drawn
    boxes = labels(picture)
    for name, (left, top, right, foot) in boxes.items():
        assert left >= LEFT, name
        assert right <= LEFT + WIDTH, name
        assert top >= TOP, name
        assert foot <= TOP + HEIGHT, name
        # Outside the arcs of the categories.
        nearest = hypot(max(left, -right, 0), max(top, -foot, 0))
        assert nearest > 388, name
        for other, (its_left, its_top, its_right, its_foot) in boxes.items():
            beside = right <= its_left or its_right <= left
            assert other == name or beside or foot <= its_top or its_foot <= top, (name, other)


def test_an_edition_without_plain_words_names_the_categories_of_the_standard(
    site: Site, language: Language
) -> None:
    fulfilment = site.fulfilment()
    plain = wheel_svg(replace(fulfilment, plain_groups=()), language, "", str, str)
    root = etree.fromstring(plain.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1))
    wanted = [group.name[language] for group in fulfilment.categories()]
    assert sorted(labels(root)) == sorted(dict.fromkeys(wanted))


def test_beside_a_list_of_the_same_links_it_is_a_picture_without_tab_stops(site: Site) -> None:
    written = wheel_svg(site.fulfilment(), "en", "", str, str, listed=True)
    root = etree.fromstring(written)
    links = list(root.iter("a"))
    assert root.get("aria-hidden") == "true"
    assert len(links) == 91 + 3
    assert {link.get("tabindex") for link in links} == {"-1"}
    assert "<title>" not in written


def test_the_middle_says_how_many_reach_the_highest_band(drawn: Drawn) -> None:
    fulfilment, language, picture = drawn
    scored = [indicator for indicator in fulfilment.indicators if indicator.share is not None]
    reached = [score for score in scored if score.share is not None and score.share >= 95]
    figure = next(
        element for element in picture.iter(f"{SVG}text") if element.get("class") == "w-figure"
    )
    assert re.findall(r"\d+", figure.text or "") == [str(len(reached)), str(len(scored))]
    numbers = re.findall(r"\d+", city_sentence(fulfilment, language))
    assert {str(len(reached)), str(len(scored)), "91"} <= set(numbers)


def test_a_name_with_signs_of_markup_cannot_break_the_picture(site: Site) -> None:
    fulfilment = site.fulfilment()
    score: IndicatorScore = fulfilment.indicators[0]
    assert "<" not in sector_title(score, "en")
    written = wheel_svg(fulfilment, "en", '"><b>', lambda slug: f'"&{slug}', lambda key: f'"<{key}')
    assert "<b>" not in written
    assert '"&ec' not in written


def test_a_part_keeps_its_places_and_is_counted_in_the_hub(drawn: Drawn) -> None:
    fulfilment, language, picture = drawn
    economy = replace(fulfilment, indicators=fulfilment.of_dimension("economy"))
    marked = economy.indicators[3].indicator
    place = Part(economy, marked.code)
    inside = wheel_drawing(fulfilment, language, lambda slug: f"/i/{slug}", str, part=place)
    part = etree.fromstring(f'<svg xmlns="http://www.w3.org/2000/svg">{inside}</svg>')
    whole, kept = sectors(picture), sectors(part)
    assert list(kept) == [score.indicator.slug for score in economy.indicators]
    assert all(kept[slug].get("transform") == whole[slug].get("transform") for slug in kept)
    assert [slug for slug, link in kept.items() if link.get("class") == "on"] == [marked.slug]
