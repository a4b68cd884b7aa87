"""The start of the quiz: what it is, one button, and what somebody's shared score says."""

from dash import html, register_page
from dash.development.base_component import Component

from components import urls
from components.document import Page
from components.markup import hidden_fields
from components.quiz.rooms import together_part
from components.takeover.paint import blank
from components.texts import text
from data.models import Language
from pages.quiz.service import current_quiz_service, demand_quiz, quiz_variants
from pages.quiz.steps import RUN_ID
from pages.registry import HEADER
from pages.requests import Parameter, one_of
from pages.site import current_site
from quiz.models import RUN_LENGTH, Origin

_PROMISES = ("free", "pause", "kind")


def layout(
    language: Language,
    score: int | None = None,
    origin: Origin = "site",
    after: str | None = None,
    notice: str = "",
    token: str | None = None,
) -> Page:
    """The start page with a fresh token; ``score`` is what a shared link says.

    ``origin`` is where the reader comes from and ``after`` the run to follow, as links of frames
    say; ``token`` stands in for both where a form failed. Raises ``NoSuchThing`` for a city with
    too few questions.
    """
    demand_quiz(current_site())
    tokens = current_quiz_service().tokens
    lead = text("quiz_lead", language, **current_site().city_words(language))
    title = text("quiz_title", language, **current_site().city_words(language))
    result: dict[str, object] = {"score": score, "total": RUN_LENGTH}
    shared = text("quiz_shared_lead", language, **result) if score is not None else ""
    address = urls.page(language, "quiz", score=score)
    return Page(
        title=title if score is None else text("quiz_shared_title", language, **result),
        description=lead,
        path=address.removeprefix(f"/{language}/"),
        main=current_site().parts.paint(_main, title, lead, shared, notice, language),
        section="quiz",
        charted=True,
        pictured=shared,
        picture=urls.QUIZ_CARD if score is None else f"{urls.QUIZ_CARD}?score={score}",
        blanks={"token": token or tokens.start(after, origin), "room_token": tokens.start()},
    )


def _main(title: str, lead: str, shared: str, notice: str, language: Language) -> html.Div:
    """Return the content, with blanks for the tokens of its forms."""
    opening: list[Component] = [html.H1(title), html.P(lead, className="lead")]
    if shared:
        opening.insert(0, html.P(shared, className="q-shared"))
    return html.Div(
        [
            html.Div(opening, className="opening"),
            html.P(notice, className="q-notice", role="alert") if notice else None,
            _form(language),
            html.Ul([html.Li(text(f"quiz_promise_{name}", language)) for name in _PROMISES]),
            together_part(blank("room_token"), language),
            *(
                html.P(html.A(text(key, language), href=address))
                for key, address in {
                    "quiz_to_statistics": urls.page(language, "quiz", "statistics"),
                    "quiz_to_embed": urls.embed_quiz(language),
                }.items()
            ),
        ],
        className="page words quiz",
    )


def _form(language: Language) -> html.Form:
    return html.Form(
        [
            hidden_fields(token=blank("token")),
            html.Button(text("quiz_start", language), type="submit", className="button"),
        ],
        action=urls.page(language, "quiz"),
        method="post",
        className="q-act",
    )


def shared_score(value: str) -> int:
    """A score from 0 to 10 as a shared link says it."""
    if value not in map(str, range(RUN_LENGTH + 1)):
        raise ValueError(value)
    return int(value)


def run_id(value: str) -> str:
    """An id in the form of those of runs; whether there is such a run makes no difference."""
    if not RUN_ID.fullmatch(value):
        raise ValueError(value)
    return value


register_page(
    __name__,
    name="quiz",
    path_template="/<language>/quiz/",
    layout=layout,
    order=5,
    navigation=(HEADER,),
    parameters=(
        Parameter("score", shared_score),
        Parameter("origin", one_of(("embed",))),
        Parameter("after", run_id),
    ),
    personal=True,
    warm=True,
    variants=quiz_variants,
)
