"""Takes the forms of rooms: opening one, joining it, and the steps of its presenter."""

import logging
from math import ceil

from dash import html
from flask import Flask, Response, abort

from components import urls
from components.document import Page
from components.quiz.rooms import code_form
from components.texts import text
from data.models import Language
from pages.quiz.forms import begin, read_form, refuse_without_quiz, see, sent
from pages.quiz.refusals import refusal, store_page
from pages.quiz.run import open_address
from pages.quiz.service import current_quiz_service
from pages.registry import Rejected, page_named
from pages.serving import moved
from pages.site import Site
from quiz.faults import FullRoom, NoRoom, StoreFault
from quiz.rooms import Room, read_code
from quiz.tokens import Ticket

LONGEST_SECRET = 64
_PACES = ("own", "led")
_RETRY_SECONDS = 30
_LOG = logging.getLogger(__name__)


def add_rooms(server: Flask, site: Site) -> None:
    """Add the POST addresses of rooms."""

    def open_room(language: Language) -> Response:
        return _open(site, language)

    def join(language: Language, code: str) -> Response:
        return _join(site, language, code)

    def move(language: Language, secret: str) -> Response:
        return _move(site, language, secret)

    prefix = page_named("quiz").rule
    for rule, view in (
        (f"{prefix}rooms/", open_room),
        (page_named("quiz_member").rule, join),
        (page_named("quiz_presenter").rule, move),
    ):
        server.add_url_rule(rule, f"form.{view.__name__}", view, methods=["POST"])
    server.add_url_rule(f"{prefix}rooms/", "quiz_rooms", _start_of_rooms)


def open_room_of(language: Language, code: str, key: str) -> Room:
    """Return the room of a code; raise ``Rejected`` where there is none or too many were tried.

    Who has the room's own key, from its picture, guesses nothing and is not limited.
    """
    service = current_quiz_service()
    is_typed = not service.tokens.opens_room(code, key)
    if is_typed and (wait := service.room_tries.seconds_to_wait()):
        words = text("room_tries", language, n=ceil(wait / 3600))
        page = refusal(text("room_tries_title", language), "quiz/join/", words, None, language)
        raise Rejected(page, 429, wait)
    try:
        room = service.rooms.find(code) if code else None
    except StoreFault as fault:
        raise away(language, fault) from fault
    if room is None:
        raise Rejected(gone_page(language, "room_gone"), 404)
    return room


def gone_page(language: Language, key: str) -> Page:
    """Return the page that says why there is no such room, with the field for another code."""
    words = text(key, language)
    return refusal(
        text("room_gone_title", language), "quiz/join/", words, code_form(language), language
    )


def away(language: Language, fault: StoreFault) -> Rejected:
    """Return what says that rooms cannot be read or changed now."""
    _LOG.error("a room could not be read: %s: %s", type(fault).__name__, fault)
    words = text("quiz_store_words", language)
    return Rejected(store_page(language, "quiz/join/", words), 503, _RETRY_SECONDS)


def _start_of_rooms(language: Language) -> Response:
    """Lead to where rooms are opened: the address of their form is typed or kept, too."""
    return moved(f"{urls.page(language, 'quiz')}#together")


def _open(site: Site, language: Language) -> Response:
    refuse_without_quiz(site)
    form = read_form()
    pace = form.get("pace", "own")
    if pace not in _PACES:
        abort(400)
    service = current_quiz_service()

    def opened(ticket: Ticket) -> str:
        secret = service.tokens.presenter_secret(ticket)
        service.rooms.open(secret, service.bank, site.city, led=pace == "led")
        return urls.page(language, "quiz", "present", secret)

    def again(notice: str) -> Page:
        return page_named("quiz").layout(language, notice=notice)

    return begin(language, form.get("token", ""), opened, again, service.room_opens)


def _join(site: Site, language: Language, code: str) -> Response:
    refuse_without_quiz(site)
    form, service = read_form(), current_quiz_service()
    key = form.get("key", "")
    room = open_room_of(language, read_code(code), key)

    def joined(ticket: Ticket) -> str:
        run = service.store.start_run(
            ticket,
            service.bank,
            language,
            site.city,
            origin="room",
            room=room.code,
            items=room.items,
        )
        return open_address(language, run)

    def again(notice: str) -> Page:
        return page_named("quiz_member").layout(language, room.code, key, notice)

    try:
        return begin(language, form.get("token", ""), joined, again, service.starts)
    except NoRoom:
        return sent(gone_page(language, "room_gone"), language, 404)
    except FullRoom:
        words = text("room_full", language)
        title = text("room_full_title", language)
        return sent(refusal(title, "quiz/join/", words, None, language), language, 409)


def _move(site: Site, language: Language, secret: str) -> Response:
    """Take the step that a presenter asked for; a press that comes twice does so once."""
    refuse_without_quiz(site)
    form = read_form()
    if "end" in form:
        return _end(language, secret)
    step = form.get("step", "")
    if not (step.isascii() and step.isdigit() and len(step) < 3):
        abort(400)
    try:
        moved = current_quiz_service().rooms.move(secret[:LONGEST_SECRET], int(step))
    except StoreFault as fault:
        raise away(language, fault) from fault
    if moved is None:
        return sent(gone_page(language, "room_not_presented"), language, 404)
    if moved[1] == "stale":
        words = text("room_stale", language)
        page = page_named("quiz_presenter").layout(language, secret, words)
        return sent(page, language, 409)
    return see(urls.page(language, "quiz", "present", secret))


def _end(language: Language, secret: str) -> Response:
    """End a room early; what its members answered stays."""
    try:
        ended = current_quiz_service().rooms.end(secret[:LONGEST_SECRET])
    except StoreFault as fault:
        raise away(language, fault) from fault
    if not ended:
        return sent(gone_page(language, "room_not_presented"), language, 404)
    way = html.P(
        html.A(text("quiz_to_statistics", language), href=urls.page(language, "quiz", "statistics"))
    )
    words = text("room_ended_words", language)
    page = refusal(text("room_ended_title", language), "quiz/", words, way, language)
    return sent(page, language, 200)
