"""The answer to the question of the home page, which no run draws and nothing counts."""

from dash import html, register_page

from components import urls
from components.document import Page
from components.quiz.sample import sample_answer, sample_form
from components.texts import text
from data.models import Language
from pages.quiz.service import current_quiz_service
from pages.quiz.steps import QuizContext
from pages.requests import BadParameter, NoSuchThing, Parameter
from pages.site import current_site
from quiz.items.kind import BadResponse
from quiz.marking import answer_to
from quiz.models import Item


def layout(language: Language, option: str = "") -> Page:
    """Return the question, or what is right of it where an option was chosen.

    Raises:
        NoSuchThing: there is no question for this city.
        BadParameter: the question has no such option.
    """
    site, service = current_site(), current_quiz_service()
    question = service.sample(site.city)
    if question is None:
        raise NoSuchThing
    if option:
        context = QuizContext(site, service, language)
        item = Item(*question.key, tuple(option.id for option in question.options), question.answer)
        try:
            answered = context.answered(question, item, answer_to(item, 1, option, 60))
        except BadResponse:
            raise BadParameter("option") from None
        content = sample_answer(answered, context.facts(question), language)
    else:
        content = [html.H1(question.text[language]), sample_form(question, language)]
    start = html.A(
        text("sample_start", language), href=urls.page(language, "quiz"), className="button"
    )
    return Page(
        title=text("sample_title", language),
        description=question.text[language],
        path=urls.page(language, "quiz", "sample", option=option).removeprefix(f"/{language}/"),
        main=html.Div([*content, html.P(start, className="q-act")], className="page words quiz"),
        section="quiz",
        indexable=False,
    )


register_page(
    __name__,
    name="quiz_sample",
    path_template="/<language>/quiz/sample/",
    layout=layout,
    order=20,
    parameters=(Parameter("option", str),),
    variants=lambda _site: (),  # Search engines need no page of one question.
)
