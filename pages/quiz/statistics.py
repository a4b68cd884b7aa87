"""Page of the quiz statistics."""

from collections.abc import Sequence

from dash import html, register_page
from dash.development.base_component import Component

from components import urls
from components.document import Page
from components.formats import day, period
from components.markup import headed, page_opening
from components.quiz.question_statistics import QuestionEntry, questions_part
from components.quiz.statistics import (
    apart_part,
    exclusions_part,
    groups_part,
    headline_part,
    scores_part,
)
from components.texts import text
from data.models import Language
from pages.embeds.choice import share_page
from pages.quiz.files import CODEBOOK, STATISTICS, snapshot_address
from pages.quiz.refusals import store_page
from pages.quiz.service import current_quiz_service, demand_quiz, quiz_variants
from pages.quiz.steps import QuizContext
from pages.registry import Rejected
from pages.site import Site, current_site
from quiz.faults import StoreFault
from quiz.statistics import Statistics

PATH = f"{urls.QUIZ_STATISTICS}/"
_RETRY_SECONDS = 30


def layout(language: Language) -> Page:
    """Return the statistics of this minute; raises ``Rejected`` while the store is away."""
    site, service = current_site(), current_quiz_service()
    demand_quiz(site)
    try:
        statistics = service.statistics.read()
    except StoreFault as fault:
        page = store_page(language, PATH, text("quiz_store_words", language))
        raise Rejected(page, 503, _RETRY_SECONDS) from fault
    lead = text("stats_lead", language)
    since = statistics.first_day
    if since is not None:
        lead = f"{lead} {text('stats_since', language, date=day(since.isoformat(), language))}"
    title = text("stats_title", language)
    main = html.Div(
        [
            page_opening(title, lead),
            *_figures(statistics, QuizContext(site, service, language)),
            *apart_part(statistics, language),
            _who(site, language) if statistics.participants is not None else None,
            exclusions_part(statistics.exclusions, language),
            _history(site, language),
            _files(language),
            _snapshots(tuple(service.statistics.snapshots), language),
            html.P(
                html.A(text("share", language), href=share_page(language, urls.QUIZ_STATISTICS)),
                className="tools",
            ),
        ],
        className="page quiz q-statistics",
    )
    return Page(
        title=title,
        description=text("stats_lead", language),
        path=PATH,
        main=main,
        section="quiz",
        charted=True,
    )


def _figures(statistics: Statistics, context: QuizContext) -> list[Component | None]:
    language = context.language
    take = html.A(
        text("stats_take", language),
        href=urls.page(language, "quiz"),
        className="button",
    )
    if statistics.participants is None:
        return [html.P(text("stats_none", language)), html.P(take)]
    return [
        headline_part(statistics, language),
        html.P(text("stats_words_participant", language), className="note"),
        html.P(text("stats_hidden", language), className="note"),
        html.P(take),
        scores_part(statistics, language),
        groups_part(statistics.first, language),
        questions_part(_asked(statistics, context), language),
    ]


def _asked(statistics: Statistics, context: QuizContext) -> list[QuestionEntry]:
    """Every version that was ever answered, in the order of the bank."""
    first, every = statistics.first.questions, statistics.all.questions
    order = {question.key: place for place, question in enumerate(context.service.bank.questions)}
    keys = sorted({*first, *every}, key=lambda key: (order.get(key, len(order)), key))
    asked_now = {question.key for question in context.service.bank.questions_for(context.site.city)}
    return [
        QuestionEntry(*key, context.question(key), first.get(key), every.get(key), key in asked_now)
        for key in keys
    ]


def _who(site: Site, language: Language) -> html.Section:
    return headed(
        text("stats_who_title", language),
        html.P(text("stats_who", language, **site.city_words(language))),
    )


def _history(site: Site, language: Language) -> html.Section | None:
    """The figures of the original quiz, apart, where the city's texts tell any."""
    history = site.profile.find("quiz_before")
    if history is None:
        return None
    figures = [
        html.Li([html.B(figure["value"][language]), html.Span(figure["label"][language])])
        for figure in history["figures"]
    ]
    about = html.A(history["title"][language], href=urls.page(language, "about"))
    return headed(
        text("stats_history_title", language, year=history["year"]),
        html.P(about),
        html.Ul(figures, className="figures"),
        html.P(history["note"][language], className="note"),
        className="case-study",
    )


def _files(language: Language) -> html.Section:
    links = [
        html.Li(html.A(text(key, language), href=address, download=""))
        for key, address in (
            ("stats_csv", STATISTICS["csv"]),
            ("stats_json", STATISTICS["json"]),
            ("codebook_csv", CODEBOOK["csv"]),
            ("codebook_json", CODEBOOK["json"]),
        )
    ]
    words = html.P(text("stats_files_words", language))
    return headed(text("stats_files_title", language), words, html.Ul(links))


def _snapshots(months: Sequence[str], language: Language) -> html.Section | None:
    if not months:
        return None
    links = [
        html.Li(
            [
                f"{period(month, language)}: ",
                html.A("CSV", href=snapshot_address(month, "csv"), download=""),
                ", ",
                html.A("JSON", href=snapshot_address(month, "json"), download=""),
            ]
        )
        for month in months
    ]
    words = html.P(text("stats_snapshots", language))
    return headed(text("stats_snapshots_title", language), words, html.Ul(links))


def _follows(_language: Language) -> str:
    return current_quiz_service().statistics_tag()


register_page(
    __name__,
    name="quiz_statistics",
    path_template=f"/<language>/{PATH}",
    layout=layout,
    order=7,
    follows=_follows,
    variants=quiz_variants,
)
