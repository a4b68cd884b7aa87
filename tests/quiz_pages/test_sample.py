"""The question of the home page: answered on a page of its own, and counted nowhere."""

from __future__ import annotations

from flask.testing import FlaskClient
from lxml.html import document_fromstring

from components.texts import text
from data.models import Language
from pages.quiz.service import QuizService
from pages.site import Site
from tests.builders import table_rows


def test_each_option_of_the_home_page_leads_to_the_answer_and_stores_nothing(
    client: FlaskClient, service: QuizService, site: Site, language: Language
) -> None:
    question = service.sample(site.city)
    assert question is not None
    before = service.store.counts()
    home = document_fromstring(client.get(f"/{language}/").text)
    (form,) = home.xpath("//form[button[@name='option']]")
    buttons = form.xpath("button")
    assert [button.text for button in buttons] == [
        option.text[language] for option in question.options
    ]
    # Nothing on the page tells which one is right.
    assert question.explanation[language] not in home.text_content()
    assert len({tuple(sorted(set(button.keys()))) for button in buttons}) == 1
    for button in buttons:
        answer = client.get(f"{form.get('action')}?option={button.get('value')}")
        assert answer.status_code == 200
        right = button.get("value") == question.answer
        assert text("quiz_right" if right else "quiz_wrong", language) in answer.text
        assert question.explanation[language] in answer.text
        assert text("sample_not_counted", language) in answer.text
    assert service.store.counts() == before
    assert client.get(f"{form.get('action')}?option=z").status_code == 400
    assert client.get(form.get("action")).status_code == 200


def test_no_run_draws_a_question_of_the_home_page(service: QuizService) -> None:
    samples = service.samples.questions
    assert samples
    drawn = service.bank.questions
    assert not {question.id for question in samples} & {question.id for question in drawn}
    # Nor is the same thing asked in other words.
    assert not {question.indicator for question in samples} & {
        question.indicator for question in drawn
    }


def test_the_right_option_is_the_value_of_the_tables(service: QuizService, site: Site) -> None:
    question = service.sample(site.city)
    assert question is not None
    values = {
        row["period"]: row["value"]
        for row in table_rows("observations")
        if (row["city"], row["code"]) == (site.city, question.indicator)
    }
    assert question.option(question.answer).text["en"] == f"{float(values['2021']):.0f}"
    assert f"{float(values['2010']):.0f}" in question.text["en"]


def test_another_city_has_no_question_about_moscow(service: QuizService) -> None:
    assert service.sample("asker") is None
