"""The result: the score, the comparison in words and picture, the review, the link to share."""

from __future__ import annotations

import struct
from fractions import Fraction

import pytest
from flask.testing import FlaskClient
from lxml.html import document_fromstring, fragment_fromstring

from components.quiz.card import card_svg
from components.quiz.spread import compare_sentence, spread_svg
from data.models import LANGUAGES, Edition, Language
from pages.quiz.service import QuizService
from quiz.bank import Bank
from quiz.marking import mark
from quiz.statistics import ScoreBin
from tests.quiz.builders import drawn_line
from tests.quiz_pages.builders import Clock, Reader, explanation_of, words_of

BINS = (ScoreBin(0, 2, 30), *(ScoreBin(score, score, 10 * score) for score in range(3, 11)))
TOTAL = sum(score_bin.runs for score_bin in BINS)


def test_the_comparison_counts_lower_same_and_higher() -> None:
    assert compare_sentence(BINS, 7, "en") == (
        f"Of {TOTAL} who finished, 13% scored the same as you, 38% less and 49% more."
    )
    assert compare_sentence(BINS, 7, "ru") == (
        f"Из {TOTAL} прошедших тест до конца 13\xa0% набрали столько же, сколько вы, "
        "38\xa0%\xa0— меньше, 49\xa0%\xa0— больше."
    )


def test_scores_counted_together_are_compared_together() -> None:
    sentence = compare_sentence(BINS, 1, "en")
    assert sentence == (
        f"Of {TOTAL} who finished, 5% scored from 0 to 2 as you did, 0% less and 95% more."
    )


@pytest.mark.parametrize("own", [*range(11), None])
def test_the_picture_marks_chance_and_the_own_score(own: int | None, language: Language) -> None:
    picture = fragment_fromstring(spread_svg(BINS, Fraction(5, 2), language, "label", own))
    assert len(picture.xpath(".//rect")) == len(BINS)
    assert len(picture.xpath(".//rect[@class='q-own']")) == (own is not None)
    assert len(picture.xpath(".//path[@class='q-you']")) == (own is not None)
    (chance,) = picture.xpath(".//text[@class='q-chance-name']")
    assert chance.text.endswith({"en": "2.5", "ru": "2,5"}[language])
    for element in picture.xpath(".//rect | .//text"):
        assert 0 <= float(element.get("x")) <= 360
        assert 0 <= float(element.get("y")) <= 200


def test_areas_are_runs_where_scores_are_counted_together() -> None:
    picture = fragment_fromstring(spread_svg(BINS, Fraction(5, 2), "en", "label", None))
    joined, single = picture.xpath(".//rect")[:2]
    assert float(joined.get("width")) > 2.5 * float(single.get("width"))
    ratio = float(single.get("height")) / float(joined.get("height"))
    assert ratio == pytest.approx(30 / (30 / 3), rel=0.05)


@pytest.mark.parametrize("right", [0, 1, 9, 10])
def test_the_result_tells_the_score_and_every_question(reader: Reader, right: int) -> None:
    reader.answer_all(right)
    page = reader.see("result")
    assert words_of(page.find(".//h1")) == f"{right} of 10 right"
    review = page.find_class("q-review")[0].findall("li")
    assert len(review) == 10
    for row, answer, item in zip(review, reader.run.answers, reader.run.items, strict=True):
        question = reader.service.bank.find(*item.key)
        assert question
        words = words_of(row)
        assert explanation_of(question) in words
        chosen = " ".join(question.option(answer.option).text.en.split())
        assert f"Your answer: {chosen}" in words
        assert bool(row.xpath(".//cite")) == any(source.title for source in question.sources)
        summary = words_of(row.find("details/summary"))
        assert ("Right answer" in summary) != answer.right
        files = [href for href in row.xpath(".//a/@href") if str(href).endswith(".csv")]
        assert bool(files) == (question.indicator is not None)


def test_the_topics_are_those_of_the_data_and_add_up_to_the_score(
    reader: Reader, edition: Edition
) -> None:
    reader.answer_all(6)
    rows = reader.see("result").find_class("q-subjects")[0].findall("li")
    pairs = [words_of(row.find("b")).split(" of ") for row in rows]
    assert sum(int(right) for right, _ in pairs) == 6
    assert sum(int(total) for _, total in pairs) == 10
    names = [words_of(row.find("span")) for row in rows]
    in_order = [topic.name.en for topic in edition.topics if topic.name.en in names]
    assert names[: len(in_order)] == in_order
    assert names[len(in_order) :] in ([], ["Reading figures"])


@pytest.mark.parametrize(
    ("worse", "better", "finding"),
    [
        (4, 2, "doing worse than it is: 4 of 6 errors"),
        (1, 5, "doing better than it is: 5 of 6 errors"),
        (3, 3, "of 6, 3 make Moscow worse"),
        (1, 1, ""),
    ],
)
def test_the_side_of_the_errors_is_told_with_its_indicators(
    client: FlaskClient, service: QuizService, clock: Clock, worse: int, better: int, finding: str
) -> None:
    whole = service.bank
    lines = [
        line
        for line in whole.current
        if line.scale and line.direction != "neutral"
        if min(line.scale.value - line.scale.lowest, line.scale.highest - line.scale.value)
        > line.scale.close
    ][:6]
    choices = [question for question in whole.current if question.kind == "choice"][:4]
    service.bank = Bank((*lines, *choices))
    reader = Reader(client, service, clock)
    assert reader.start().status_code == 303
    sides = iter([-1] * worse + [1] * better)
    for position, item in enumerate(reader.run.items, 1):
        assert answer_aside(reader, position, next(sides, 0) if item.scale else 0)
    page = reader.see("result")
    parts = page.find_class("q-sides")
    assert len(parts) == bool(finding)
    for part in parts:
        assert finding in words_of(part.getparent())
        linked = [len(row.findall("a")) for row in part.iter("dd")]
        assert linked == [number for number in (worse, better) if number]
    review = page.find_class("q-review")[0].findall("li")
    run = reader.run
    for answer, item, row in zip(run.answers, run.items, review, strict=True):
        question = whole.find(*answer.key)
        assert question
        assert len(row.xpath(".//path[@class='q-guess']")) == (question.kind == "draw")
        if answer.question_id == item.question_id and item.kind == "estimate":
            assert f"Your answer: {answer.option}" in words_of(row).replace(",", "")


def answer_aside(reader: Reader, position: int, side: int) -> bool:
    """Answer a question; on a line make the city worse (-1) or better (1) than it is."""
    item = reader.item(position)
    question = reader.service.bank.find(*item.key)
    if not side or item.scale is None or question is None:
        return reader.answer(position).status_code == 303
    above = (side > 0) == (question.direction == "higher_is_better")
    end = item.scale.highest if above else item.scale.lowest
    response = {"line": drawn_line(item, end)} if item.kind == "draw" else {"number": str(end)}
    return reader.send(position, reader.fields(position) | response).status_code == 303


def test_without_enough_others_there_is_chance_and_history(reader: Reader) -> None:
    reader.answer_all(7)
    page = reader.see("result")
    chance = mark(reader.run, reader.service.bank).chance
    words = words_of(page)
    assert f"gives {float(chance):.1f} on average" in words
    assert page.xpath("//svg[contains(@class, 'q-spread')]//path[@class='q-chance']")
    assert not page.xpath("//svg[contains(@class, 'q-spread')]//rect")
    assert "once enough people have finished" in words
    history = words_of(page.find_class("q-history")[0])
    assert history.startswith("History, 2018: 1,300 participants, 47% right answers.")
    assert "Source: Presentation of the Moscow Case Study" in words


def test_with_enough_others_the_own_score_stands_among_theirs(
    client: FlaskClient, answered: QuizService, clock: Clock
) -> None:
    reader = Reader(client, answered, clock)
    reader.start()
    reader.answer_all(7)
    page = reader.see("result")
    assert len(page.find_class("q-spread")) == 1
    assert "scored the same as you" in words_of(page)
    assert not page.find_class("q-history")


def test_what_is_shared_says_the_score_and_nothing_about_the_run(reader: Reader) -> None:
    reader.answer_all(8)
    page = reader.see("result")
    (card,) = page.find_class("q-card")
    (link,) = card.xpath(".//a/@href")
    assert link == "https://indicators.example.org/en/quiz/?score=8"
    share = page.get_element_by_id("quiz-share")
    assert share.get("data-share") == link
    for words in (*share.attrib.values(), card.text_content()):
        assert reader.run_id not in str(words)


def test_nobody_passes_or_fails(reader: Reader) -> None:
    reader.answer_all(0)
    page = reader.see("result")
    for part in ("q-score", "q-subjects", "q-card", "q-more"):
        words = words_of(page.find_class(part)[0]).lower()
        assert not {"fail", "failed", "pass", "passed", "congratulations"} & set(words.split())


def test_a_shared_link_brings_a_picture_of_its_score(reader: Reader, language: Language) -> None:
    pictures = set()
    for score in ("0", "7", "10"):
        page = document_fromstring(reader.client.get(f"/{language}/quiz/?score={score}").text)
        (address,) = page.xpath("//meta[@property='og:image']/@content")
        image = reader.client.get(address.removeprefix("https://indicators.example.org"))
        assert image.content_type == "image/png"
        assert struct.unpack(">II", image.data[16:24]) == (1200, 630)
        pictures.add(image.data)
        headers = {"If-None-Match": image.headers["ETag"]}
        assert reader.client.get(image.request.path, headers=headers).status_code in (200, 304)
    assert len(pictures) == 3
    assert reader.client.get(f"/{language}/quiz/card.png?score=11").status_code == 400


def test_the_words_of_the_picture_stay_inside_it() -> None:
    for language in LANGUAGES:
        card = card_svg("Что вы знаете?", 10, "Ключевые показатели", "example.org", language)
        picture = fragment_fromstring(card)
        assert all(
            80 <= float(circle.get("cx")) <= 1120 for circle in picture.iterfind(".//circle")
        )
        assert len(picture.xpath(".//circle[@fill != 'none']")) == 10
