"""Generated words carry the numbers of the tables: sentence, table, panel and file agree."""

from __future__ import annotations

import csv
import io
import re
from fractions import Fraction

import pytest
from dash import html
from hypothesis import example, given
from hypothesis import strategies as st
from lxml.html import HtmlElement, fragment_fromstring

from components.ages import group_sentence
from components.bands import band_line, band_words
from components.formats import brief_quantity, period
from components.indicator_facts import score_panel
from components.rating_steps import colour_steps
from components.sentences import (
    indicator_sentence,
    parts_finding,
)
from components.sources import place_words
from components.takeover.paint import paint
from components.verdicts import name_of, unit_of, value_words, verdict_of
from data.exports.indicator_files import IndicatorFiles
from data.models import LANGUAGES, Language
from data.scores import IndicatorScore, Score
from data.scoring import BAND_EDGES, BANDS, Band, band_of, group_share
from pages.site import Site
from tests.builders import NO_BREAK, shown_number, table_rows
from tests.data.builders import make_data_point, make_indicator, make_observation, make_target


@pytest.mark.parametrize("band", BANDS)
def test_a_band_on_a_page_has_the_same_characters_as_elsewhere(
    band: Band, language: Language
) -> None:
    line = fragment_fromstring(paint(html.Span(band_line(band, language))))
    assert line.text_content() == band_words(band, language)
    ranges = re.findall(r"\d+–\d+.%", band_words(band, language))
    assert [element.text_content() for element in line.xpath(".//*[@class='whole']")] == ranges


@pytest.fixture(scope="module")
def rows(site: Site) -> dict[tuple[str, str, str, str], set[str]]:
    """The published cells of the city by code, data point, period and source."""
    cells: dict[tuple[str, str, str, str], set[str]] = {}
    for row in table_rows("observations"):
        if row["city"] == site.city:
            key = (row["code"], row["data_point"], row["period"], row["source_id"])
            cells.setdefault(key, set()).add(row["value"])
    return cells


def words_of(tree: object) -> HtmlElement:
    return fragment_fromstring(paint(tree), create_parent="div")


def begins(number: str) -> tuple[str, ...]:
    """How a quantity of this number may go on: a per cent sign, a space or its end."""
    return (f"{number}%", f"{number}{NO_BREAK}")


def says(words: str, cell: str, language: Language) -> bool:
    if any(begin in words for begin in begins(shown_number(cell, language))):
        return True
    answers = {"en": ("no", "yes"), "ru": ("нет", "да")}
    return cell in "01" and answers[language][int(cell)] in words


def test_sentence_and_panel_say_the_number_of_the_file(
    site: Site, language: Language, rows: dict[tuple[str, str, str, str], set[str]]
) -> None:
    compared = 0
    for indicator_score in site.fulfilment().indicators:
        for score in indicator_score.scores:
            observation = score.observation
            if observation is None:
                assert not value_words(score, language)
                continue
            (cell,) = rows[
                indicator_score.indicator.code,
                score.label,
                observation.period,
                observation.source_id,
            ]
            panel = words_of(score_panel(score, site.edition.sources, language)).text_content()
            for words in (
                verdict_of(score, language).named,
                words_of(panel).text_content(),
                value_words(score, language),
            ):
                assert says(words, cell, language), (words, cell)
            compared += 1
    assert compared > 70


def test_the_file_of_an_indicator_has_the_same_cells(
    site: Site, rows: dict[tuple[str, str, str, str], set[str]]
) -> None:
    for score in site.fulfilment().indicators:
        written = IndicatorFiles(site.edition, site.city).csv(score.indicator).decode()
        file_cells: dict[tuple[str, str, str, str], set[str]] = {}
        for row in csv.DictReader(io.StringIO(written, newline="")):
            key = (row["code"], row["data_point"], row["period"], row["source_id"])
            file_cells.setdefault(key, set()).add(row["value"])
        assert file_cells == {
            key: cells for key, cells in rows.items() if key[0] == score.indicator.code
        }


def test_a_rated_indicator_says_value_and_yardstick(site: Site, language: Language) -> None:
    for indicator_score in site.fulfilment().indicators:
        if len(indicator_score.scored) == 1:
            (score,) = indicator_score.scored
            sentence = indicator_sentence(indicator_score, language)
            assert value_words(score, language) in sentence
            assert score.target is not None
            assert brief_quantity(score.target.value, unit_of(score), language) in sentence


def test_an_indicator_of_several_values_begins_with_each_verdict_the_furthest_first(
    site: Site, language: Language
) -> None:
    for indicator_score in site.fulfilment().indicators:
        parts = [score for score in indicator_score.scored if score.data_point]
        finding = parts_finding(indicator_score, language)
        assert bool(finding) == bool(parts)
        places = []
        for score in sorted(parts, key=lambda score: score.share or 0):
            words = verdict_of(score, language).words
            places.append(finding.index(words, places[-1] if places else 0))
            assert name_of(score, language)[1:] in finding
            assert score.observation is not None
            assert period(score.observation.period, language) in finding
        assert places == sorted(places)


def test_an_unscored_indicator_gives_its_reason_and_never_a_share(
    site: Site, language: Language
) -> None:
    for indicator_score in site.fulfilment().indicators:
        if (
            indicator_score.share is None
            and len(indicator_score.scores) == 1
            and indicator_score.scores[0].observation is None
        ):
            assert indicator_sentence(indicator_score, language).startswith(
                indicator_score.indicator.title[language]
            )
            assert not any(
                sign.isdigit() for sign in indicator_sentence(indicator_score, language)[-30:]
            )


def points_scores(earned: list[int]) -> IndicatorScore:
    """An indicator whose data points earned these points."""
    labels = [f"p{index}" for index in range(len(earned))]
    indicator = make_indicator(*(make_data_point(label) for label in labels))
    scores = []
    for label, points in zip(labels, earned, strict=True):
        share = Fraction(next(edge.lowest for edge in BAND_EDGES if edge.points == points))
        observation = make_observation(2018, "1", data_point=label)
        target = make_target("1", applies_to=(label,))
        scores.append(
            Score(indicator, label, observation, target, share, band_of(share), points, None)
        )
    share_of_all = group_share(earned)
    return IndicatorScore(indicator, tuple(scores), share_of_all, band_of(share_of_all), None)


@given(st.lists(st.integers(1, 4), min_size=2, max_size=40), st.sampled_from(LANGUAGES))
@example([4, 4, 4, 4, 2, 1, 1, 1], "ru")  # 65.625
@example([1] * 7 + [2] * 3, "en")  # 32.5
def test_points_are_never_rounded_into_another_band(earned: list[int], language: Language) -> None:
    indicator_score = points_scores(earned)
    assert indicator_score.share is not None
    steps = paint(colour_steps(indicator_score, language, 2021, {}))
    sentences = {
        "sentence": indicator_sentence(indicator_score, language),
        "steps": steps.rpartition(", ")[2].partition("%")[0] + "%",
        "group": group_sentence([indicator_score], language),
    }
    for place, words in sentences.items():
        before = words.partition("%")[0].rstrip(NO_BREAK)
        number = before[before.rfind(" ") + 1 :].replace(",", ".")
        assert band_of(Fraction(number)) == indicator_score.band, (place, words)


def test_points_of_the_steps_add_up(site: Site, language: Language) -> None:
    several = [
        indicator_score
        for indicator_score in site.fulfilment().indicators
        if len(indicator_score.scored) > 1
    ]
    assert several
    for indicator_score in several:
        steps = words_of(colour_steps(indicator_score, language, 2021, {})).text_content()
        each = [int(number) for number in re.findall(r"\((\d) (?:point|балл)", steps)]
        assert each == [score.points for score in indicator_score.scored]
        total = re.findall(r"(\d+) (?:point|балл)\w* (?:of|из) (\d+)", steps)
        assert total == [(str(sum(each)), str(4 * len(each)))]


@pytest.mark.parametrize(
    ("language", "cell", "printed"),
    [
        ("en", "flip-book 60 (printed 48)", "p. 48 (60 in the online edition)"),
        ("en", "flip-book p. 63 (printed p. 51)", "p. 51 (63 in the online edition)"),
        ("en", "flip-book 28", "flip-book 28"),
        ("ru", "стр. 60 электронной версии (в печати с. 48)", "с. 48 (в электронной версии — 60)"),
        (
            "ru",
            "с. 63 электронного издания (номер на странице — 51)",
            "с. 51 (в электронной версии — 63)",
        ),
    ],
)
def test_a_page_is_named_by_its_printed_number(language: Language, cell: str, printed: str) -> None:
    (words,) = place_words(cell, language)
    assert words.replace(NO_BREAK, " ") == printed
