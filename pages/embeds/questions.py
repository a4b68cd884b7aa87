"""Questions of the quiz in frames: asked, answered and stored, without a cookie or a redirect."""

import logging
import secrets
from dataclasses import dataclass
from urllib.parse import urlsplit

from dash import html
from dash.development.base_component import Component
from flask import Blueprint, Response, request

from components import urls
from components.document import oembed_addresses
from components.embeds.page import (
    FRAME_THEMES,
    FrameTheme,
    Surface,
    embed_document,
    frame_document,
    frame_head,
)
from components.embeds.quiz import Around, Asked, answer_body, question_body
from components.formats import titled
from components.quiz.feedback import others_sentence
from components.takeover.paint import Painted, blank
from components.texts import text
from data.models import Language
from pages.documents import Documents, respond
from pages.embeds.framing import Framing, asked_theme
from pages.embeds.quiz_statistics import statistics_embed, statistics_state
from pages.embeds.quiz_subject import (
    RetiredQuestion,
    around_in,
    current_question,
    frame_path,
    item_of,
    subject_of,
)
from pages.inline_assets import without_comments
from pages.operation.metrics import ANSWERS
from pages.quiz.forms import read_form
from pages.quiz.question_step import line_words
from pages.quiz.run import response_of
from pages.quiz.service import current_quiz_service, demand_quiz
from pages.quiz.steps import QuizContext
from pages.requests import (
    IN_LANGUAGE,
    BadParameter,
    NoSuchThing,
    Parameter,
    one_of,
    read_parameters,
)
from pages.serving import answer_once
from quiz.faults import BadToken, ExpiredToken, StoreFault
from quiz.items import KINDS
from quiz.items.kind import BadResponse
from quiz.models import Item, Question
from quiz.store import Alone
from quiz.tokens import Shown

START, QUESTION, STATISTICS = "embed.quiz", "embed.question", "embed.statistics"
PARAMETERS = (Parameter("theme", one_of(FRAME_THEMES)),)
_RETRY_SECONDS = 30
_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why an answer was not taken: the words, the status, when to try again."""

    words: str
    status: int
    retry_after: int = 0


class QuizFrames:
    """The responses of the frames of the quiz."""

    def __init__(self, framing: Framing, documents: Documents) -> None:
        self._framing, self._site, self._documents = framing, framing.site, documents
        self._style = without_comments("question.css") + without_comments("embed_question.css")
        self._script = framing.script + without_comments("answer_fields.js")
        base = urlsplit(self._site.around.base_url)
        # Named beside 'self', which a frame without an origin need not match.
        self._policy = framing.policy(self._script, f"'self' {base.scheme}://{base.netloc}")

    def start(self, language: Language) -> Response:
        """Answer with the invitation to the quiz."""
        try:
            theme: FrameTheme = read_parameters(request, PARAMETERS).get("theme", "auto")
            subject = subject_of(self._site, language, urls.quiz_chart())
        except BadParameter as bad:
            return self._framing.bad(language, bad)
        except NoSuchThing:
            return self._missing(language)

        def build() -> str:
            around = around_in(self._site, language)
            own = frame_path(language, urls.quiz_chart(), theme)
            surface = Surface(theme, script=self._framing.script)
            return self._document(subject.title, subject.body, around, surface, own)

        document = self._documents.at(
            f"embed:quiz:{language}:{theme}", build, variant=theme != "auto"
        )
        return self._framing.framed(respond(document))

    def statistics(self, language: Language) -> Response:
        """Answer with the statistics of this minute."""
        try:
            theme: FrameTheme = read_parameters(request, PARAMETERS).get("theme", "auto")
            demand_quiz(self._site)
        except BadParameter as bad:
            return self._framing.bad(language, bad)
        except NoSuchThing:
            return self._missing(language)

        def build() -> str:
            shown = statistics_embed(self._site, language)
            surface, name = Surface(theme, script=self._framing.script), self._site.name(language)
            style = without_comments("embed_statistics.css")
            return embed_document(shown, language, name, surface, style)

        key = f"embed:quiz-statistics:{language}:{theme}"
        document = self._documents.at(key, build, variant=theme != "auto", state=statistics_state)
        return self._framing.framed(respond(document))

    def question(self, language: Language, question_id: str) -> Response:
        """Ask a question, or take its answer."""
        try:
            read_parameters(request, PARAMETERS)
            context = QuizContext(self._site, current_quiz_service(), language)
            if request.method == "POST":
                return self._take(context, question_id)
            question = current_question(context.service, self._site.city, question_id)
            return self._ask_anew(context, question)
        except BadParameter as bad:
            return self._framing.bad(language, bad)
        except RetiredQuestion:
            return self._missing(language, retired=True)
        except NoSuchThing:
            return self._missing(language)

    def _take(self, context: QuizContext, question_id: str) -> Response:
        """Store an answer and show what is right, or ask again with the reason."""
        service, language, form = context.service, context.language, read_form()
        response = response_of(form)
        token = form.get("token", "")
        try:
            shown = service.tokens.read_shown(token, question_id)
        except (BadToken, ExpiredToken) as fault:
            expired = isinstance(fault, ExpiredToken)
            ANSWERS.labels("bad_stamp").inc()
            words = text("quiz_old_start" if expired else "quiz_bad_stamp", language)
            question = current_question(service, self._site.city, question_id)
            return self._ask_anew(context, question, response, Trouble(words, 400))
        asked = context.question(shown.key)
        if asked is None:
            raise RetiredQuestion(question_id)
        item = item_of(asked, shown.ticket.nonce)
        trouble = self._refusal(context, item, response)
        if trouble is None:
            try:
                return self._answered(context, item, response, shown)
            except StoreFault as fault:
                _LOG.error("an answer was not stored: %s: %s", type(fault).__name__, fault)
                ANSWERS.labels("not_stored").inc()
                trouble = Trouble(text("quiz_not_stored", language), 503, _RETRY_SECONDS)
        # The same token: should the answer be stored after all, it is not stored twice.
        return self._ask(context, item, token, response, trouble)

    def _refusal(self, context: QuizContext, item: Item, response: str) -> Trouble | None:
        service, language = context.service, context.language
        if wait := service.frame_answers.seconds_to_wait():
            service.count_refusal()
            ANSWERS.labels("rate_limited").inc()
            return Trouble(text("quiz_wait", language, n=wait), 429, wait)
        if not response:
            ANSWERS.labels("no_option").inc()
            return Trouble(text("quiz_choose", language), 400)
        try:
            KINDS[item.kind].mark(item, response)
        except BadResponse as bad:
            ANSWERS.labels(bad.reason).inc()
            words = text(f"quiz_{bad.reason}", language, **line_words(context, item))
            return Trouble(words, 400)
        return None

    def _answered(self, context: QuizContext, item: Item, response: str, shown: Shown) -> Response:
        service, language = context.service, context.language
        service.prepare()
        sent = Alone(response, shown.seconds)
        receipt = service.store.answer_alone(shown.ticket, item, language, self._site.city, sent)
        ANSWERS.labels(receipt.outcome).inc()
        service.store_refusals()
        answer = receipt.answer
        question = context.question(answer.key) if answer else None
        if receipt.run is None or answer is None or question is None:
            raise NoSuchThing(item.question_id)
        around = around_in(self._site, language, receipt.run.id)
        body = answer_body(
            context.answered(question, item, answer),
            others_sentence(context.others(answer.key), language),
            context.facts(question),
            around,
            "" if receipt.acknowledged else text("quiz_changed", language),
        )
        surface = Surface(asked_theme(), script=self._framing.script)
        painted = self._document(question.text[language], body, around, surface)
        status = 200 if receipt.acknowledged else 409
        return self._framing.framed(answer_once(painted, status))

    def _ask_anew(
        self,
        context: QuizContext,
        question: Question,
        response: str = "",
        trouble: Trouble | None = None,
    ) -> Response:
        nonce = secrets.token_urlsafe(12)
        token = context.service.tokens.show(question.key, nonce)
        return self._ask(context, item_of(question, nonce), token, response, trouble)

    def _ask(
        self,
        context: QuizContext,
        item: Item,
        token: str,
        response: str = "",
        trouble: Trouble | None = None,
    ) -> Response:
        question = context.question(item.key)
        if question is None:
            raise RetiredQuestion(item.question_id)
        about = (question, item, context.language, asked_theme())
        if trouble is None:
            painted = self._site.parts.paint(self._paint_question, *about)
        else:
            painted = self._paint_question(*about, response, trouble.words)
        status = trouble.status if trouble else 200
        retry = trouble.retry_after if trouble else 0
        headers = {"Retry-After": str(retry)} if retry else {}
        sent = answer_once(painted.filled(token=token), status, headers)
        return self._framing.framed(sent, self._policy)

    def _paint_question(
        self,
        question: Question,
        item: Item,
        language: Language,
        theme: FrameTheme,
        response: str = "",
        notice: str = "",
    ) -> Painted:
        """Return the document of a question, with a blank for its token."""
        own = frame_path(language, urls.quiz_chart(item.question_id), theme)
        around = around_in(self._site, language)
        asked = Asked(question, item, own, response, notice)
        body = question_body(asked, blank("token"), around)
        surface = Surface(theme, script=self._script)
        return Painted(self._document(question.text[language], body, around, surface, own))

    def _document(
        self, title: str, body: list[Component], around: Around, surface: Surface, own: str = ""
    ) -> str:
        """Return a document; ``own`` is its path, where it has one that others may paste."""
        base_url, language = self._site.around.base_url, around.language
        start = base_url + urls.page(language, "quiz")
        head = frame_head(start, oembed_addresses(base_url, base_url + own) if own else {})
        title = titled(title, around.site_name, language)
        return frame_document(
            title, body, language, surface, head, charted=False, style=self._style
        )

    def _missing(self, language: Language, *, retired: bool = False) -> Response:
        kind, status = ("retired", 410) if retired else ("no_question", 404)
        offered = current_quiz_service().offers_quiz(self._site.city)
        around = around_in(self._site, language)
        way = html.A(around.quiz_title, href=around.quiz) if offered else None
        words = text(f"embed_{kind}_words", language)
        return self._framing.fault(language, status, f"embed_{kind}_title", words, way)


def add_quiz_frames(embeds: Blueprint, framing: Framing, documents: Documents) -> None:
    """Add the frames of the quiz to the URLs that other sites may frame."""
    frames = QuizFrames(framing, documents)
    quiz = f"{IN_LANGUAGE}/quiz"
    embeds.add_url_rule(quiz, "quiz", frames.start)
    embeds.add_url_rule(f"{quiz}/statistics", "statistics", frames.statistics)
    embeds.add_url_rule(
        f"{quiz}/<question_id>", "question", frames.question, methods=["GET", "POST"]
    )
