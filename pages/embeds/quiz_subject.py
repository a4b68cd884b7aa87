"""Content of the frames of the quiz: its start, or a question as it is asked now."""

from dataclasses import dataclass
from random import Random

from dash.development.base_component import Component

from components import urls
from components.embeds.page import Surface, embed_body
from components.embeds.quiz import Around, Asked, question_body, start_body
from components.texts import text
from data.models import Language
from pages.embeds.quiz_statistics import fullest_statistics_embed
from pages.quiz.service import QuizService, current_quiz_service
from pages.requests import NoSuchThing
from pages.site import Site
from quiz.items import KINDS
from quiz.models import Item, Question


class RetiredQuestion(NoSuchThing):
    """The question was asked once, and is no longer."""


def current_question(service: QuizService, city: str, question_id: str) -> Question:
    """Return a question of a city's quiz as it is asked now.

    Raises:
        RetiredQuestion: it is no longer asked.
        NoSuchThing: there is none of this id for the city, or the city has no quiz.
    """
    if service.offers_quiz(city):
        for question in service.bank.questions_for(city):
            if question.id == question_id:
                return question
        if any(
            question.id == question_id and question.city in (None, city)
            for question in service.bank.questions
        ):
            raise RetiredQuestion(question_id)
    raise NoSuchThing(question_id)


def item_of(question: Question, nonce: str) -> Item:
    """Return the item that a token's nonce stands for: its options in an order of their own."""
    return KINDS[question.kind].draw(question, Random(nonce))  # noqa: S311  # An order is no secret.


def around_in(site: Site, language: Language, after: str | None = None) -> Around:
    """Return what frames in one language share; the way to the quiz follows the run ``after``."""
    quiz = urls.page(language, "quiz", origin="embed", after=after)
    title = text("quiz_title", language, **site.city_words(language))
    return Around(language, site.name(language), title, site.around.base_url + quiz)


def frame_path(language: Language, chart: str, theme: str = "auto") -> str:
    """Return the path of a frame of the quiz by its name in URLs."""
    query = "" if theme == "auto" else f"?theme={theme}"
    return f"/embed/{language}/{chart}{query}"


@dataclass(frozen=True, slots=True)
class Subject:
    """Title and page of a frame of the quiz, and its content before anything is answered.

    That of the statistics is what their frame has room for.
    ``page`` is an address with origin.
    """

    title: str
    body: list[Component]
    page: str


def subject_of(site: Site, language: Language, chart: str) -> Subject:
    """Return the subject of a frame by its name in URLs (``urls.quiz_chart``).

    Raises ``NoSuchThing`` where there is no such question, or no quiz.
    """
    service, around = current_quiz_service(), around_in(site, language)
    if chart == urls.QUIZ_STATISTICS:
        shown = fullest_statistics_embed(site, language)
        body = embed_body(shown, language, site.name(language), Surface())
        return Subject(shown.title, body, shown.address)
    page = site.around.base_url + urls.page(language, "quiz")
    question_id = chart.removeprefix(urls.quiz_chart()).removeprefix("/")
    if question_id:
        question = current_question(service, site.city, question_id)
        asked = Asked(question, item_of(question, ""), "")
        return Subject(question.text[language], question_body(asked, "", around), page)
    if not service.offers_quiz(site.city):
        raise NoSuchThing(chart)
    lead = text("quiz_lead", language, **site.city_words(language))
    return Subject(around.quiz_title, start_body(lead, around), page)
