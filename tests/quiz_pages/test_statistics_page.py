"""What is published about answers: the page and the files say what the store has counted."""

from __future__ import annotations

import csv
import io
from collections import Counter

import pytest
import simplejson
from flask.testing import FlaskClient
from lxml.html import HtmlElement, document_fromstring, fragment_fromstring

from data.models import Language, slug_of
from pages.quiz.service import QuizService
from quiz.models import Question
from quiz.statistics import summarise
from tests.builders import root_of
from tests.quiz.builders import simulate_readers
from tests.quiz_pages.builders import Clock, Reader, words_of
from tests.quiz_pages.conftest import fill


def page_of(client: FlaskClient, language: Language = "en") -> HtmlElement:
    return root_of(client, f"/{language}/quiz/statistics/")


def figures_of(page: HtmlElement) -> list[str]:
    return [words_of(element) for element in page.xpath("(//ul[@class='figures'])[1]/li/b")]


def test_before_anybody_answered_the_page_says_so(
    client: FlaskClient, service: QuizService, language: Language
) -> None:
    assert service.statistics.read().participants is None
    page = page_of(client, language)
    words = words_of(page.find(".//main"))
    assert {"en": "Too few people have answered", "ru": "Ответов пока слишком мало"}[
        language
    ] in words
    assert "1,300" in words or "1300" in words


def test_the_headline_figures_are_those_of_the_raw_answers(
    client: FlaskClient, answered: QuizService
) -> None:
    statistics = summarise(answered.store.counts(), answered.bank)
    assert statistics.first.right
    shares = [
        f"{int(100 * right.right / right.answers + 0.5)}%"
        for right in (statistics.first.right, statistics.all.right)
        if right
    ]
    wanted = [statistics.participants, statistics.all.runs, statistics.all.completed]
    assert figures_of(page_of(client)) == [*map(str, wanted), *shares]


def test_every_question_stands_in_its_subject_with_first_and_all_runs_apart(
    client: FlaskClient, answered: QuizService
) -> None:
    statistics = answered.statistics.read()
    page = page_of(client)
    rows = {
        words_of(row.find("th/span")): [words_of(cell) for cell in row.findall("td")]
        for row in page.xpath("//details[@class='q-group']//tbody/tr")
    }
    assert len(rows) == len(statistics.all.questions)
    for key, figures in statistics.first.questions.items():
        question = answered.bank.find(*key)
        assert question
        first, every, *_ = rows[" ".join(question.text.en.split())]
        if figures.right:
            assert first.endswith(f"of {figures.right.answers} answers")
        whole = statistics.all.questions[key].right
        if whole:
            assert every.endswith(f"of {whole.answers} answers")


def test_rooms_and_frames_stand_apart_once_there_are_enough_answers(
    client: FlaskClient, answered: QuizService
) -> None:
    headings = ("Together, in rooms", "On other sites")
    before = [words_of(heading) for heading in page_of(client).xpath("//h2")]
    assert not set(headings) & set(before)
    first = answered.statistics.read().first
    simulate_readers(answered.store, answered.bank, 60, origins=("room", "embed"))
    answered.statistics._read_at = float("-inf")  # As if a minute had passed.
    statistics = answered.statistics.read()
    assert statistics.first == first
    page = page_of(client)
    for heading, summary in zip(headings, (statistics.room, statistics.embed), strict=True):
        assert summary.right
        (section,) = page.xpath(f"//section[h2='{heading}']")
        share = int(100 * summary.right.right / summary.right.answers + 0.5)
        assert words_of(section).startswith(
            f"{heading}{share}% of {summary.right.answers} answers given in"
        )


def test_the_table_of_scores_adds_up_to_all_finished_first_runs(
    client: FlaskClient, answered: QuizService
) -> None:
    rows = page_of(client).xpath("//section[.//svg[@class='q-spread']]//tbody/tr")
    counted = sum(int(words_of(row.findall("td")[0])) for row in rows)
    finished = summarise(answered.store.counts(), answered.bank).first.completed
    assert counted == finished


def test_exclusions_are_counted_by_reason(client: FlaskClient, service: QuizService) -> None:
    service.store.count_exclusion("rate_limited", 7)
    rows = page_of(client).xpath("//section[h2='What was left out']//tbody/tr")
    counts = {words_of(row.find("th")): words_of(row.find("td")) for row in rows}
    assert len(counts) == 5
    assert counts["Too many requests at once from one network"] == "7"


def test_the_original_figures_stand_apart_and_marked(
    client: FlaskClient, answered: QuizService
) -> None:
    assert answered.statistics.read().participants
    (section,) = page_of(client).xpath("//section[h2='The original quiz of 2018']")
    words = words_of(section)
    assert "47%" in words
    assert "never mixed" in words
    assert "1,300" not in " ".join(figures_of(page_of(client)))


def test_who_answered_and_who_is_missing_is_said(
    client: FlaskClient, answered: QuizService
) -> None:
    assert answered.statistics.read().participants
    assert "not the people of Moscow" in words_of(page_of(client))
    assert "а не о жителях Москвы" in words_of(page_of(client, "ru"))


def test_the_files_hold_the_same_figures(client: FlaskClient, answered: QuizService) -> None:
    statistics = answered.statistics.read()
    answer = client.get("/quiz/statistics.csv")
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    (runs,) = [
        row["value"]
        for row in rows
        if (row["series"], row["measure"], row["question"]) == ("first", "runs", "")
    ]
    document = client.get("/quiz/statistics.json")
    assert document.json
    assert int(runs) == statistics.participants == document.json["participants"]
    for response in (answer, document):
        assert response.headers["Cache-Control"] == "public, no-cache"
        assert response.headers["Access-Control-Allow-Origin"] == "*"
        assert (
            client.get(
                response.request.path, headers={"If-None-Match": response.headers["ETag"]}
            ).status_code
            == 304
        )


def test_the_codebook_is_linked_beside_the_statistics_and_from_no_page_of_a_run(
    reader: Reader,
) -> None:
    answer = reader.client.get("/quiz/codebook.csv")
    listed = {row["question"] for row in csv.DictReader(io.StringIO(answer.text))}
    assert {question.id for question in reader.service.bank.questions} <= listed
    assert answer.headers["X-Robots-Tag"] == "noindex"
    assert simplejson.loads(reader.client.get("/quiz/codebook.json").text)["questions"]
    for address in ("/ru/quiz/statistics/", "/en/data/"):
        links = document_fromstring(reader.client.get(address).text).xpath("//main//a/@href")
        for name in ("statistics", "codebook"):
            assert {f"/quiz/{name}.csv", f"/quiz/{name}.json"} <= set(links), address
    addresses = ["/en/quiz/", reader.address(1)]
    reader.answer_all()
    addresses += [reader.address(1), reader.address("result")]
    for address in addresses:
        assert "codebook" not in reader.client.get(address).text, address


def test_statistics_are_read_again_after_a_minute_and_not_before(
    client: FlaskClient, answered: QuizService
) -> None:
    clock = Clock()
    answered.statistics._clock = clock
    before = figures_of(page_of(client))
    simulate_readers(answered.store, answered.bank, 50, seed=2)
    clock.now += 59
    assert figures_of(page_of(client)) == before
    clock.now += 2
    assert figures_of(page_of(client)) != before


def test_the_statistics_of_a_minute_are_read_from_the_store_once(
    client: FlaskClient, answered: QuizService, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls = Counter[str]()
    plain = answered.store.counts

    def counted() -> object:
        calls["counts"] += 1
        return plain()

    monkeypatch.setattr(answered.store, "counts", counted)
    for address in ("/en/quiz/statistics/", "/ru/quiz/statistics/", "/quiz/statistics.csv"):
        assert client.get(address).status_code == 200
    assert client.get("/en/kpi/ec-ict-ict-1c/").status_code == 200
    assert calls["counts"] == 1


def test_an_indicator_says_how_many_knew_it_as_soon_as_it_may_be_said(
    client: FlaskClient, service: QuizService, many_answers: str
) -> None:
    clock = Clock()
    service.statistics._clock = clock
    questions = [question for question in service.bank.current if question.indicator]
    for question in questions:
        assert "quiz-knew" not in client.get(indicator_address(question)).text
    fill(service, many_answers)
    clock.now += 61
    published = service.statistics.read().first.questions
    number_shown = 0
    for question in questions:
        figures = published[question.key].right
        page = document_fromstring(client.get(indicator_address(question)).text)
        lines = [
            words_of(line)
            for line in page.find_class("quiz-knew")
            if words_of(html_of(question)) in words_of(line)
        ]
        assert len(lines) == (figures is not None)
        if figures:
            number_shown += 1
            share = int(100 * figures.right / figures.answers + 0.5)
            assert lines[0].startswith(
                f"{share}% of those who were asked this in the quiz knew the answer:"
            )
            assert "/en/quiz/" in page.xpath("//li[@class='quiz-knew']/a/@href")
    assert number_shown > 10


def indicator_address(question: Question) -> str:
    return f"/en/kpi/{slug_of(str(question.indicator))}/"


def html_of(question: Question) -> HtmlElement:
    """The English words of a question up to its value, which is printed by the page."""
    return fragment_fromstring(question.text.en.split("{value}")[0], create_parent="p")


def test_after_an_answer_others_are_told_of_only_when_there_are_enough(
    client: FlaskClient, answered: QuizService, clock: Clock
) -> None:
    reader = Reader(client, answered, clock)
    reader.start()
    reader.answer_all()
    outcomes = Counter[bool]()
    for position, item in enumerate(reader.run.items, 1):
        sentence = words_of(reader.see(position).find_class("q-others")[0])
        figures = answered.statistics.read().first.questions[item.key].right
        if figures is None:
            assert "once there are enough answers" in sentence
        else:
            share = int(100 * figures.right / figures.answers + 0.5)
            assert sentence == f"{share}% of the {figures.answers} answers so far are right."
        outcomes[figures is not None] += 1
    assert outcomes[True]


def test_the_first_readers_are_not_compared_with_anybody(reader: Reader) -> None:
    reader.answer(1)
    sentence = reader.see(1).find_class("q-others")[0]
    assert "once there are enough answers" in words_of(sentence)
