"""Rooms as pages: opening one, joining it by its code, and the page of its presenter."""

from urllib.parse import urlsplit

from dash import html, register_page
from dash.development.base_component import Component

from components import urls
from components.document import Page
from components.formats import bound
from components.markup import hyphened, page_opening
from components.quiz.question import NOTICE, QUESTION_TITLE
from components.quiz.rooms import (
    answers_part,
    asked_part,
    code_form,
    counts_part,
    door,
    end_part,
    join_part,
    move_form,
    scores_part,
)
from components.texts import text
from data.models import Language
from pages.quiz.comparable_values import comparable_values
from pages.quiz.room_forms import LONGEST_SECRET, away, gone_page, open_room_of
from pages.quiz.service import current_quiz_service, demand_quiz
from pages.quiz.step_page import HEADERS, context_of
from pages.quiz.steps import QuizContext, Watch, asked
from pages.registry import Redirect, Rejected
from pages.requests import Parameter
from pages.site import current_site
from quiz.faults import StoreFault
from quiz.models import RUN_LENGTH
from quiz.room_steps import LAST_STEP
from quiz.rooms import Room, read_code

# Without scripts the page of a presenter is loaded anew so often.
_RELOAD_SECONDS = 15


def code_layout(language: Language, code: str = "") -> Page:
    """The form for a code; a code leads to its room.

    Raises:
        Redirect: to the page of the code.
        Rejected: what was typed can be no code.
    """
    demand_quiz(current_site())
    if code and not read_code(code):
        raise Rejected(_code_page(language, text("room_no_code", language)), 400)
    if code:
        raise Redirect(urls.page(language, "quiz", "join", read_code(code)))
    return _code_page(language)


def member_layout(language: Language, code: str, key: str = "", notice: str = "") -> Page:
    """The page of a code: what the room is, and the button that joins it; it stores nothing.

    Raises:
        Redirect: to the plain form of the code.
        Rejected: there is no such room, too many codes were tried, or the store is away.
    """
    plain = read_code(code)
    if plain and plain != code:
        raise Redirect(urls.page(language, "quiz", "join", plain, key=key or None))
    room = open_room_of(language, plain, key)
    hidden = {"token": current_quiz_service().tokens.start(), "key": key}
    title = text("room_join_title", language)
    return Page(
        title=title,
        description=title,
        path=f"quiz/join/{code}/",
        main=join_part(code, hidden, notice, led=room.led, language=language),
        section="quiz",
        indexable=False,
    )


def presenter_layout(language: Language, secret: str, notice: str = "") -> Page:
    """The page of a room's presenter; raises ``Rejected`` for a wrong or an old secret."""
    context = context_of(current_site(), language)
    try:
        room = context.service.rooms.presented(secret[:LONGEST_SECRET])
        if room is None:
            raise Rejected(gone_page(language, "room_not_presented"), 404)
        return _presenter_page(context, room, secret, notice)
    except StoreFault as fault:
        raise away(language, fault) from fault


def _code_page(language: Language, notice: str = "") -> Page:
    title = text("room_code_title", language)
    main = html.Div(
        [
            page_opening(title, text("room_code_lead", language)),
            html.P(notice, className="q-notice", role="alert") if notice else None,
            code_form(language),
        ],
        className="page words quiz",
    )
    return Page(
        title=title,
        description=text("room_code_lead", language),
        path="quiz/join/",
        main=main,
        section="quiz",
        indexable=False,
    )


def _presenter_page(context: QuizContext, room: Room, secret: str, notice: str) -> Page:
    language, service = context.language, context.service
    path = f"quiz/present/{secret}/"
    label, title, content = _at_step(context, room)
    state = service.rooms.state(room.code)
    counted = {"members": state.members}
    if room.open or not room.led:
        counted["answered"] = state.answered
    if not room.led:
        counted["finished"] = state.finished
    parts = [
        html.P(notice, id=NOTICE, className="q-notice", role="alert") if notice else None,
        html.Div(
            [
                label,
                html.H1(bound(title), id=QUESTION_TITLE, tabIndex="-1"),
                *content,
            ],
            className="q-stage",
        ),
        html.Div(
            [
                counts_part(counted, room.current, language),
                _button(room, f"/{language}/{path}", language),
                _door(context, room),
                end_part(f"/{language}/{path}", language),
            ],
            className="q-side",
        ),
    ]
    watch = Watch(room.code, room.step, f"/{language}/{path}")
    attributes = hyphened(data_path=path, data_focus=QUESTION_TITLE, **watch.attributes(service))
    return Page(
        title=title,
        description=title,
        path=path,
        main=html.Div(
            parts,
            className=f"page quiz q-run q-room{'' if room.step else ' q-lobby'}",
            **attributes,
        ),
        section="quiz",
        style="room",
        scripts=("quiz.js",),
        indexable=False,
        refresh=_RELOAD_SECONDS,
    )


def _at_step(
    context: QuizContext, room: Room
) -> tuple[Component | None, str, list[Component | None]]:
    """Return label, heading and content: of the lobby, a question, its answers, or the scores."""
    language = context.language
    if room.step == 0:
        key = "room_lobby_led" if room.led else "room_lobby_own"
        lead = html.P(text(key, language), className="lead")
        return None, text("room_lobby", language), [lead]
    if room.step == LAST_STEP:
        scores = context.service.rooms.scores(room.code)
        parts = scores_part(scores, room.items, language)
        return None, text("room_scores_title", language), parts
    position = room.open or room.closed
    item = room.items[position - 1]
    question = asked(context.question(item.key), item)
    label = html.P(text("quiz_progress", language, n=position, total=RUN_LENGTH), className="q-nth")
    if room.open:
        return label, question.text[language], [asked_part(question, item, language)]
    responses = context.service.rooms.responses(room, position)
    series = comparable_values(context.site.edition, question.observation)
    part = answers_part(question, item, responses, series, language)
    return label, question.text[language], [part]


def _button(room: Room, address: str, language: Language) -> Component | None:
    if room.step == LAST_STEP:
        return None
    if room.closed == RUN_LENGTH:
        key = "room_show_scores"
    elif room.open:
        key = "room_close"
    else:
        key = "room_open_question" if room.led else "room_close_own"
    words = text(key, language, n=room.open or room.closed + 1)
    return move_form(address, room.step, words)


def _door(context: QuizContext, room: Room) -> Component:
    language = context.language
    base = context.site.around.base_url
    key = context.service.tokens.room_key(room.code)
    address = base + urls.page(language, "quiz", "join", room.code, key=key)
    short = urlsplit(base).netloc + urls.page(language, "quiz", "join")
    return door(room.code, address, short, language)


register_page(
    f"{__name__}.code",
    name="quiz_join",
    path_template="/<language>/quiz/join/",
    layout=code_layout,
    order=21,
    parameters=(Parameter("code", str),),
    variants=lambda _site: (),  # Search engines need no page of a field.
    personal=True,
)
register_page(
    f"{__name__}.member",
    name="quiz_member",
    path_template="/<language>/quiz/join/<code>/",
    layout=member_layout,
    order=21,
    parameters=(Parameter("key", str),),
    personal=True,
    headers=HEADERS,
)
register_page(
    f"{__name__}.presenter",
    name="quiz_presenter",
    path_template="/<language>/quiz/present/<secret>/",
    layout=presenter_layout,
    order=21,
    personal=True,
    headers=HEADERS,
)
