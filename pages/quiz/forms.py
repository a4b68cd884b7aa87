"""Takes the forms of the quiz: the start of a run and its answers, as plain POST requests."""

import logging
from collections.abc import Callable
from math import ceil

from flask import Flask, Response, abort, request

from components.document import Page
from components.texts import text
from data.models import Language
from pages.operation.metrics import STARTS
from pages.operation.rate_limit import RateLimit
from pages.quiz.run import Sent, open_address, response_of, take_answer
from pages.quiz.service import current_quiz_service, demand_quiz
from pages.quiz.step_page import HEADERS, context_of, step_page
from pages.registry import Redirect, Rejected, page_named
from pages.requests import NoSuchThing, preferred_language
from pages.serving import is_from_script, send_personal
from pages.site import Site
from quiz.faults import BadToken, ExpiredToken, StoreFault
from quiz.tokens import Ticket

LARGEST_FORM = 16 * 1024
_FORM_TYPE = "application/x-www-form-urlencoded"
_RETRY_SECONDS = 30
_HOUR = 3600
_LOG = logging.getLogger(__name__)


def add_quiz_forms(server: Flask, site: Site) -> None:
    """Add the POST addresses of the quiz, and what becomes of a step that cannot be taken."""

    def start(language: Language) -> Response:
        return _start(site, language)

    def answer(language: Language, run: str, n: int) -> Response:
        return _answer(site, language, run, n)

    for name, view in (("quiz", start), ("quiz_question", answer)):
        server.add_url_rule(page_named(name).rule, f"form.{name}", view, methods=["POST"])
    server.register_error_handler(Redirect, _redirect)
    server.register_error_handler(Rejected, _reject)


def _start(site: Site, language: Language) -> Response:
    refuse_without_quiz(site)
    token = read_form().get("token", "")
    service = current_quiz_service()

    def started(ticket: Ticket) -> str:
        run = service.store.start_run(
            ticket, service.bank, language, site.city, origin=ticket.origin
        )
        return open_address(language, run)

    def again(notice: str) -> Page:
        # Its new token starts the same as the one refused.
        return page_named("quiz").layout(
            language, notice=notice, token=service.tokens.renewed(token)
        )

    return begin(language, token, started, again, service.starts)


def refuse_without_quiz(site: Site) -> None:
    """Refuse a form with 404 where the city has no quiz."""
    try:
        demand_quiz(site)
    except NoSuchThing:
        abort(404)


def begin(
    language: Language,
    token: str,
    start: Callable[[Ticket], str],
    again: Callable[[str], Page],
    limit: RateLimit,
) -> Response:
    """Lead to the address that ``start`` returns for a ticket: of a run or a room.

    ``again`` returns the page of the form, with the reason why it is there again.
    """
    service = current_quiz_service()

    def refused(outcome: str, words: str, status: int, wait: int = 0) -> Response:
        STARTS.labels(outcome).inc()
        return sent(again(words), language, status, wait)

    if wait := limit.seconds_to_wait():
        service.count_refusal()
        return refused("rate_limited", wait_words(wait, language), 429, wait)
    try:
        ticket = service.tokens.read_start(token)
    except ExpiredToken:
        return refused("expired_token", text("quiz_old_start", language), 400)
    except BadToken:
        return refused("bad_token", text("quiz_bad_start", language), 400)
    try:
        service.prepare()
        address = start(ticket)
    except StoreFault as fault:
        _LOG.error("a start could not be stored: %s: %s", type(fault).__name__, fault)
        return refused("not_stored", text("quiz_not_started", language), 503, _RETRY_SECONDS)
    STARTS.labels("started").inc()
    service.store_refusals()
    return see(address)


def wait_words(seconds: int, language: Language) -> str:
    """Ask to wait, in seconds or, from an hour on, in whole hours."""
    hours = ceil(seconds / _HOUR)
    if seconds >= _HOUR:
        return text("quiz_wait_hours", language, n=hours)
    return text("quiz_wait", language, n=seconds)


def _answer(site: Site, language: Language, run: str, n: int) -> Response:
    form = read_form()
    stamp, items = form.get("stamp", ""), form.get("shown", "")
    answer = Sent(run, n, response_of(form), stamp, items, is_from_script())
    try:
        step = take_answer(context_of(site, language), answer)
    except NoSuchThing:
        abort(404)
    return sent(step_page(step), language, step.status, step.retry_after)


def read_form() -> dict[str, str]:
    """The fields of a form of ours.

    Refuses with 415 what is no form, with 413 what is larger than any of our forms can be. What
    another site sent has been refused before (``pages/operation/protection.py``).
    """
    if request.mimetype != _FORM_TYPE:
        abort(415)
    request.max_content_length = LARGEST_FORM
    return request.form.to_dict()


def see(address: str) -> Response:
    """Lead to the page that shows what a form has done."""
    return Response("", 303, {"Location": address, "Cache-Control": "no-store", **HEADERS})


def _redirect(redirect: Redirect) -> Response:
    return see(redirect.path)


def _reject(rejected: Rejected) -> Response:
    language = preferred_language(request)
    return sent(rejected.page, language, rejected.status, rejected.retry_after)


def sent(page: Page, language: Language, status: int, retry_after: int = 0) -> Response:
    """Send a page that answers a form, for this reader alone."""
    headers = {**HEADERS, "Retry-After": str(retry_after)} if retry_after else HEADERS
    return send_personal(page, language, status, headers)
