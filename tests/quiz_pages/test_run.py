"""A run by plain forms: from the start to the result, with what readers do on the way."""

from __future__ import annotations

from flask.testing import FlaskClient
from lxml.html import document_fromstring, tostring
from werkzeug.test import TestResponse

from data.models import Language
from pages.quiz.service import QuizService
from quiz.counters import exclusion_counter
from tests.quiz_pages.builders import BROWSER, Clock, Reader, fields_of, form_of, words_of


def test_a_run_leads_from_the_start_through_ten_questions_to_the_result(
    client: FlaskClient, service: QuizService, clock: Clock, language: Language
) -> None:
    reader = Reader(client, service, clock, language)
    answer = reader.start()
    for position in range(1, 11):
        assert answer.status_code == 303
        assert reader.see(position).xpath("//main//form")
        answer = reader.answer(position, rightly=position > 3)
        assert answer.headers["Location"] == reader.address(position)
        page = reader.see(position)
        assert not page.xpath("//main//form")
        way_on = page.get_element_by_id("quiz-next").get("href")
        assert way_on == reader.address(position + 1 if position < 10 else "result")
    title = words_of(reader.see("result").find(".//h1"))
    assert title == {"en": "7 of 10 right", "ru": "7 из 10 верно"}[language]
    assert sum(answer.right for answer in reader.run.answers) == 7
    assert [answer.seconds for answer in reader.run.answers] == [10] * 10


def test_a_question_shows_its_options_in_the_order_of_the_run_however_often(
    reader: Reader,
) -> None:
    orders = {
        tuple(radio.get("value") for radio in reader.see(1).iterfind(".//input[@type='radio']"))
        for _ in range(3)
    }
    assert orders == {reader.item(1).options}


def test_every_option_is_a_native_radio_in_a_fieldset_with_the_question_as_legend(
    reader: Reader,
) -> None:
    page = reader.see(1)
    (fieldset,) = page.findall(".//fieldset")
    question = reader.service.bank.find(*reader.item(1).key)
    assert question
    assert words_of(fieldset.find("legend")) in words_of(page.find(".//h1"))
    for radio in fieldset.iterfind(".//input"):
        assert radio.get("name") == "option"
        assert "required" in radio.attrib
        (label,) = page.xpath(f"//label[@for='{radio.get('id')}']")
        assert label.text_content()


def test_sending_the_same_answer_again_counts_once(reader: Reader) -> None:
    form_fields = reader.fields(1, reader.item(1).right)
    assert [reader.send(1, form_fields).status_code for _ in range(3)] == [303] * 3
    assert len(reader.run.answers) == 1
    assert (
        sum(
            total
            for tally, total in reader.service.store.counts().items()
            if tally.name == "option"
        )
        == 1
    )


def test_another_answer_to_an_answered_question_is_refused_kindly(reader: Reader) -> None:
    form_fields = reader.fields(1)
    first, second = reader.item(1).options[:2]
    reader.send(1, {**form_fields, "option": first})
    answer = reader.send(1, {**form_fields, "option": second})
    assert answer.status_code == 409
    assert "first answer counts" in answer.text
    assert reader.run.answers[0].option == first


def test_starting_twice_with_one_form_gives_one_run(reader: Reader) -> None:
    fields = fields_of(form_of(document_fromstring(reader.client.get("/en/quiz/").text)))
    answers = [reader.client.post("/en/quiz/", data=fields, headers=BROWSER) for _ in range(2)]
    assert answers[0].headers["Location"] == answers[1].headers["Location"]


def test_an_address_that_is_ahead_leads_to_the_open_question(reader: Reader) -> None:
    reader.answer(1)
    for ahead in (3, 10, "result"):
        answer = reader.client.get(reader.address(ahead))
        assert answer.status_code == 303
        assert answer.headers["Location"] == reader.address(2)


def test_an_answer_that_is_ahead_is_not_stored_and_shows_the_way(reader: Reader) -> None:
    fields = {**reader.fields(1), "stamp": reader.service.tokens.stamp(reader.run_id, 3)}
    answer = reader.send(3, {**fields, "option": reader.item(3).right})
    assert answer.status_code == 409
    assert reader.address(1) in document_fromstring(answer.text).xpath("//main//a/@href")
    assert not reader.run.answers


def test_an_answer_with_the_stamp_of_another_question_is_refused_and_counted(
    reader: Reader,
) -> None:
    answer = reader.send(3, {**reader.fields(1), "option": reader.item(3).right})
    assert answer.status_code == 409
    assert reader.address(1) in document_fromstring(answer.text).xpath("//main//a/@href")
    assert not reader.run.answers
    counted = reader.service.store.counts()
    assert counted[exclusion_counter("impossible_sequence")] == 1


def test_a_reader_who_comes_back_goes_on_where_they_left(reader: Reader) -> None:
    reader.answer(1)
    reader.answer(2)
    again = Reader(reader.client, reader.service, reader.clock)
    again.run_id = reader.run_id
    assert again.see(1).get_element_by_id("quiz-verdict") is not None
    assert again.client.get(again.address("result")).headers["Location"] == again.address(3)
    assert again.answer(3).status_code == 303


def test_another_ten_questions_repeat_none_and_do_not_count_as_first(reader: Reader) -> None:
    reader.answer_all()
    fields = fields_of(form_of(reader.see("result")))
    answer = reader.client.post("/en/quiz/", data=fields, headers=BROWSER)
    before = reader.run
    reader.run_id = answer.headers["Location"].split("/")[3]
    assert reader.run.predecessor == before.id
    assert not reader.run.first
    assert not {item.question_id for item in before.items} & {
        item.question_id for item in reader.run.items
    }


def test_the_other_language_shows_the_same_question(reader: Reader) -> None:
    switch = reader.see(1).get_element_by_id("language-switch").get("href")
    assert switch == f"/ru/quiz/{reader.run_id}/1/"
    page = document_fromstring(reader.client.get(switch).text)
    question = reader.service.bank.find(*reader.item(1).key)
    assert question
    assert words_of(page.find(".//h1"))[:20] == " ".join(question.text.ru.split())[:20]


def test_pages_of_a_run_are_kept_by_nobody_and_told_to_nobody(reader: Reader) -> None:
    reader.answer_all()
    for place in (1, "result"):
        answer = reader.client.get(reader.address(place))
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["Referrer-Policy"] == "same-origin"
        assert '<meta name="robots" content="noindex">' in answer.text
        assert "Set-Cookie" not in answer.headers


def test_the_start_page_is_kept_by_nobody_since_it_holds_a_token(reader: Reader) -> None:
    answer = reader.client.get("/ru/quiz/")
    assert answer.headers["Cache-Control"] == "no-store"
    assert "Set-Cookie" not in answer.headers


def test_a_script_gets_of_each_page_what_it_shows_and_the_answer_at_once(reader: Reader) -> None:
    script = {**BROWSER, "X-Requested-With": "fetch"}
    address = reader.address(1)

    def content(response: TestResponse) -> str:
        assert response.headers["Cache-Control"] == "no-store"
        page = document_fromstring(response.text)
        switch = page.get_element_by_id("language-switch")
        assert switch.get("href") == address.replace("/en/", "/ru/")
        main = [tostring(child) for child in page.get_element_by_id("content")]
        return f"{page.findtext('.//title')} {main}"

    whole, part = reader.client.get(address), reader.client.get(address, headers=script)
    assert content(whole) == content(part)
    assert "<style" not in part.text
    fields = reader.fields(1, reader.item(1).right)
    part = reader.client.post(address, data=fields, headers=script)
    assert part.status_code == 200
    assert len(reader.run.answers) == 1
    assert content(part) == content(reader.client.get(address))
    fields["option"] = next(id for id in reader.item(1).options if id != reader.item(1).right)
    changed = reader.client.post(address, data=fields, headers=script)
    assert (changed.status_code, "<style" in changed.text) == (409, False)
