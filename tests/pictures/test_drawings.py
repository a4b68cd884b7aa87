"""A picture says everything by itself, in one language, and its words never touch."""

from __future__ import annotations

import re
from itertools import combinations
from typing import Any

import pytest
from flask.testing import FlaskClient
from lxml import etree
from lxml.html import document_fromstring

from components.ages import city_sentence, years_words
from components.bands import state_counts, state_name
from components.formats import period, shown_share
from components.pictures import lettering
from components.quiz.card import card_svg
from components.sentences import share_words
from components.texts import text
from data.models import LANGUAGES, Language
from pages.site import Site
from tests.builders import shown_number, table_rows
from tests.conftest import BASE_URL
from tests.pictures.places import GROUPS, NAMES, SLUGS, SVG, TELLING, Box, boxes, drawn, words_of

CYRILLIC = re.compile("[А-Яа-яЁё]")
ENGLISH_SENTENCE = re.compile(r"(?:\b[a-z][a-z’'-]+\b[ ,]+){3,}")
ELEMENTS = {"svg", "title", "desc", "g", "rect", "circle", "line", "path", "text", "tspan"}
LOOKS = {
    *("fill", "stroke", "stroke-width", "stroke-opacity", "stroke-dasharray", "stroke-linecap"),
    *("stroke-linejoin", "opacity", "font-size", "font-weight", "font-family", "text-anchor"),
}
PLACES = {*("x", "y", "dx", "x1", "y1", "x2", "y2", "cx", "cy", "r", "rx", "d"), "transform"}
PLACES |= {"width", "height", "viewBox"}
WORDS = {"lang", "role", "aria-label", "aria-hidden", "pointer-events"}
COLOUR = re.compile(r"#(?:[0-9a-f]{3}){1,2}|none")
FORMS = ("", "?size=card", "?size=phone")


@pytest.fixture(scope="module")
def pictures(client: FlaskClient) -> dict[tuple[str, str, str], Any]:
    """Every picture in both languages, whole, as a card and for phones; some for slides."""
    return {
        (language, name, query): drawn(client, language, name, query)
        for language in LANGUAGES
        for name in NAMES
        for query in (*FORMS, *(["?size=landscape"] if name in TELLING else []))
    }


Pictures = dict[tuple[str, str, str], Any]


def faults(root: etree._Element) -> set[str]:
    """Return what office programs may not read, or what reaches into a page around a picture."""
    problems = set()
    for element in root.iter(f"{SVG}*"):
        name = element.tag.removeprefix(SVG)
        problems |= {name} - ELEMENTS
        problems |= {str(attribute) for attribute in element.attrib} - LOOKS - PLACES - WORDS
        for look in ("fill", "stroke"):
            colour = element.get(look, "none")
            problems |= set() if COLOUR.fullmatch(colour) else {colour}
    return problems


def test_a_picture_has_only_what_every_office_program_draws(
    client: FlaskClient, pictures: Pictures
) -> None:
    """It asks nobody for anything, and its rules reach nothing of a page around it."""
    for place, root in pictures.items():
        assert faults(root) == set(), place
    assert faults(drawn(client, "ru", "wheel", "?theme=dark")) == set()
    assert faults(etree.fromstring(card_svg("", 7, "", "", "en"))) == set()


@pytest.mark.parametrize(
    "markup",
    [
        "<style>.a .b{fill:none}</style>",
        '<path class="b4"/>',
        '<path id="ring"/>',
        '<rect fill="transparent"/>',
        '<rect fill="url(#p3)"/>',
        '<use href="#reach"/>',
        '<text><textPath href="#ring">a</textPath></text>',
        '<text paint-order="stroke">a</text>',
    ],
)
def test_what_some_program_does_not_draw_is_a_fault(markup: str) -> None:
    assert faults(etree.fromstring(f'<svg xmlns="http://www.w3.org/2000/svg">{markup}</svg>'))


def test_a_picture_says_title_year_source_terms_and_address(
    pictures: Pictures, site: Site, language: Language
) -> None:
    years = {score.indicator.slug: score.years for score in site.fulfilment().indicators}
    for name in NAMES:
        for query in FORMS:
            root = pictures[language, name, query]
            words = " ".join(words_of(root))
            title = root.findtext(f"{SVG}title")
            assert root.get("role") == "img"
            assert root.get("lang") == language
            assert root[0].tag == f"{SVG}title"
            assert root[1].tag == f"{SVG}desc"
            assert len(root[1].text) > 20
            # A card may break its title into other lines than the words of one text.
            assert title.split()[0].rstrip(".") in words
            assert all(str(year) in words for year in years.get(name, ())), (name, query)
            assert "CC BY 4.0" in words
            assert text("own_targets", language) in words
            assert {"ru": "сточник", "en": "ource"}[language] in words
            folder = "" if name == "wheel" else f"{'' if name in GROUPS else 'kpi/'}{name}/"
            page = f"{BASE_URL.partition('://')[2]}/{language}/{folder}"
            assert page in words
            assert site.name(language).split()[0] in words


def test_the_legend_counts_all_indicators_by_state(
    pictures: Pictures, site: Site, language: Language
) -> None:
    words = words_of(pictures[language, "wheel", ""])
    assert city_sentence(site.fulfilment(), language) in words
    counts = state_counts(site.fulfilment().indicators)
    assert sum(counts.values()) == len(site.fulfilment().indicators)
    for state, count in counts.items():
        assert words[words.index(state_name(state, language)) - 1] == str(count)


def test_every_word_is_in_the_language_of_the_picture(pictures: Pictures) -> None:
    for (language, name, query), root in pictures.items():
        texts = [*words_of(root), *(title.text or "" for title in root.iter(f"{SVG}title"))]
        texts += [root.findtext(f"{SVG}desc"), root.get("aria-label")]
        fault = CYRILLIC if language == "en" else ENGLISH_SENTENCE
        wrong = [words for words in texts if fault.search(words)]
        assert not wrong, (name, query)


def test_the_font_has_every_letter(pictures: Pictures) -> None:
    assert not lettering.covers("\ue000")
    for place, root in pictures.items():
        assert all(lettering.covers(words) for words in words_of(root)), place


def test_no_words_leave_the_picture(pictures: Pictures) -> None:
    for place, root in pictures.items():
        _, _, wide, high = (float(number) for number in root.get("viewBox").split())
        lines = boxes(root)
        assert len(lines) > 5
        for box in lines:
            assert box.left >= 0, (place, box)
            assert box.right <= wide - 20, (place, box)
            assert box.top >= 0, (place, box)
            assert box.bottom <= high - 8, (place, box)


def test_no_words_touch_other_words(pictures: Pictures) -> None:
    for place, root in pictures.items():
        touching = [pair for pair in combinations(boxes(root), 2) if pair[0].touches(pair[1])]
        assert not touching, (place, touching[:2])


def test_a_dimension_shows_the_share_or_the_reason_of_each_indicator(
    pictures: Pictures, site: Site, language: Language
) -> None:
    keys = {"economy": "economy", "environment": "environment"}
    for name, key in {**keys, "society-culture": "society_culture"}.items():
        words = words_of(pictures[language, name, ""])
        place = -1
        ordered = [
            score for group in site.fulfilment().categories(key) for score in group.indicators
        ]
        for score in ordered:
            place = words.index(score.indicator.title[language], place + 1)
            state = (
                text(f"reason_{score.reason}", language)
                if score.share is None
                else shown_share(score.share, language)
            )
            assert words[place + 1] == state
            if len(score.scored) > 1:
                place += 1
                assert f"{state} {words[place + 1]}" == share_words(score, language)
            if score.share is not None:
                assert words[place + 2] == years_words(score.years)


def test_a_trend_holds_a_point_for_every_dated_value_of_the_table(
    pictures: Pictures, language: Language
) -> None:
    compared = 0
    for slug in SLUGS:
        rows: dict[str, list[dict[str, str]]] = {}
        for row in table_rows("observations"):
            same = row["code"].lower().replace(": ", "-") == slug and row["city"] == "moscow"
            if same and row["value"] and row["period"]:
                rows.setdefault(row["data_point"], []).append(row)
        expected = [
            f"{period(row['period'], language)}: {shown_number(row['value'], language)}"
            for several in rows.values()
            if len(several) > 1
            for row in several
        ]
        root = pictures[language, slug, ""]
        points = [
            mark
            for kind in ("circle", "path")
            for mark in root.iter(f"{SVG}{kind}")
            if mark.find(f"{SVG}title") is not None
        ]
        titles = [str(point.findtext(f"{SVG}title")) for point in points]
        assert len(titles) == len(expected), slug
        compared += len(titles)
        # Longer numbers first, since 1,2 begins as 1,27 does.
        for wanted in sorted(expected, key=len, reverse=True):
            match = next((candidate for candidate in titles if candidate.startswith(wanted)), None)
            assert match, (slug, wanted)
            titles.remove(match)
    assert compared > 100


@pytest.mark.parametrize(
    "query", ["?as_of=2012", "?as_of=2012&size=card", "?as_of=2012&size=phone"]
)
def test_a_year_before_the_first_value_says_when_the_values_begin(
    client: FlaskClient, language: Language, query: str
) -> None:
    root = drawn(client, language, "ec-ict-ict-1c", query)
    words = " ".join(words_of(root))
    published = [row for row in table_rows("observations") if row["code"] == "EC: ICT: ICT: 1C"]
    first = min(row["period"] for row in published if row["city"] == "moscow" and row["value"])
    assert text("later_state", language, year=2012) in words
    assert text("later_first", language, first=first) in words
    assert {"ru": "Источник: ", "en": "Source: "}[language] in words
    assert text("lacks_no_value", language) not in words
    never = " ".join(words_of(drawn(client, language, "ec-ict-ws-1c", query)))
    assert text("lacks_no_value", language) in never
    assert not [box for box in boxes(root) if box.right > 1180]


def test_no_source_is_cut_off(pictures: Pictures) -> None:
    for (language, name, query), root in pictures.items():
        assert not [words for words in words_of(root) if lettering.ELLIPSIS in words], (name, query)
        if query:
            # What a card has no room for is counted.
            words = " ".join(words_of(root))
            assert {"ru": "сточник", "en": "ource"}[language] in words


def test_source_lines_name_who_published_and_not_who_copied(
    pictures: Pictures, client: FlaskClient
) -> None:
    copied = re.compile(r"GitHub|\bcopy\b|копия")
    for place, root in pictures.items():
        assert not copied.search(" ".join(words_of(root))), place
    for language in LANGUAGES:
        for name in TELLING:
            frame = document_fromstring(client.get(f"/embed/{language}/{name}").text)
            assert not copied.search(frame.find(".//footer").text_content()), (language, name)


def test_fields_and_columns_of_a_dimension_say_what_they_are(
    pictures: Pictures, site: Site, language: Language
) -> None:
    for name, key in (("economy", "economy"), ("society-culture", "society_culture")):
        assert text("picture_square", language) in words_of(pictures[language, name, "?size=card"])
        root = pictures[language, name, ""]
        headings = {group.sub_title[language] for group in site.fulfilment().categories(key)}
        tops: dict[bool, list[Box]] = {False: [], True: []}
        for box in boxes(root):
            whole = any(box.words in heading for heading in headings)
            if whole or box.words in {g.title[language] for g in site.fulfilment().categories(key)}:
                tops[box.left > 600].append(box)
        for column in tops.values():
            first = min(column, key=lambda box: box.top)
            assert any(first.words in heading for heading in headings), first


def test_a_year_shows_nothing_newer(client: FlaskClient) -> None:
    root = drawn(client, "ru", "sc-eh-h-3c", "?as_of=2015")
    words = " ".join(words_of(root))
    points = [circle.findtext(f"{SVG}title") or "" for circle in root.iter(f"{SVG}circle")]
    assert points
    assert max(point[:4] for point in points if point) == "2015"
    assert "Данные по 2015 год" in words
    assert "2023" not in words.split("Источник")[0]
    wheel = " ".join(words_of(drawn(client, "en", "wheel", "?as_of=2015")))
    assert "Values up to 2015" in wheel
    assert "/en/?as_of=2015" in wheel
