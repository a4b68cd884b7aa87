"""The quiz's statistics as others show them: in a frame, as a picture, in the Share panel."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any, cast
from urllib.parse import unquote

from flask import Flask, Response, abort, redirect, request

from components import urls
from components.document import oembed_addresses
from components.embeds.page import Embed
from components.formats import day
from components.pictures.frame import Imprint, picture
from components.quiz.spread import spread_part
from components.quiz.statistics import finding, finished_runs, headline_part
from components.quiz.statistics_sheet import statistics_sheet
from components.texts import text
from data.models import Language
from pages.documents import Documents
from pages.operation.concurrency_limit import Busy
from pages.pictures.charts import FORMS, LOOK, chart_in, look_in
from pages.pictures.renders import Pictures, Renders
from pages.quiz.service import current_quiz_service, demand_quiz
from pages.requests import IN_LANGUAGE, BadParameter, NoSuchThing, read_parameters
from pages.serving import answer_bad
from pages.site import Site
from quiz.faults import StoreFault
from quiz.statistics import ScoreBin, Share, Statistics
from quiz.tokens import utc_today

# Endpoints of the picture: with parameters as a query, and as a path.
PICTURES = ("quiz_statistics_picture", "quiz_statistics_options")


# Every part that the frame may have, the note on scores that are drawn together too.
_MANY = 100_000
_EVERY_SCORE = tuple(ScoreBin(low, high, 100) for low, high in ((0, 1), (2, 9), (10, 10)))


def statistics_state() -> str:
    """Return what frames and pictures follow: the figures and the day that they name."""
    return f"{current_quiz_service().statistics_tag()}:{utc_today()}"


def statistics_embed(site: Site, language: Language) -> Embed:
    """Return the contents of the frame.

    Raises:
        NoSuchThing: the city has no quiz.
        Busy: the store is away.
    """
    return _embed(site, language, _read(site))


def fullest_statistics_embed(site: Site, language: Language) -> Embed:
    """Return the contents when every figure is published, for the height of the frame alone.

    A code that is copied while few have answered stays in its page. Raises as
    ``statistics_embed``.
    """
    statistics = _read(site)
    full: dict[str, Any] = {
        "runs": _MANY,
        "completed": _MANY,
        "right": Share(_MANY // 2, _MANY, 0.45, 0.55),
    }
    fullest = replace(
        statistics,
        first_day=statistics.first_day or utc_today(),
        first=replace(statistics.first, **full, scores=_EVERY_SCORE),
        all=replace(statistics.all, **full),
    )
    return _embed(site, language, fullest)


def _embed(site: Site, language: Language, statistics: Statistics) -> Embed:
    base_url = site.around.base_url
    own = base_url + f"/embed/{language}/{urls.QUIZ_STATISTICS}"
    return Embed(
        title=text("stats_title", language),
        sentence=finding(statistics, language),
        choice="",
        chart=(
            ()
            if statistics.participants is None
            else (headline_part(statistics, language), *_spread(statistics, language))
        ),
        table=None,
        address=base_url + urls.page(language, urls.QUIZ_STATISTICS),
        credit=text("embed_statistics_back", language, site=site.name(language)),
        edition=_day(language),
        sources=_since(statistics, language),
        oembed=oembed_addresses(base_url, own),
        scored=False,
    )


def statistics_words(site: Site, language: Language) -> str:
    """Return the picture in words; raises as ``statistics_embed``."""
    return statistics_sheet(_read(site), language).description


def statistics_picture(site: Site, language: Language, **look: Any) -> str:
    """Return the picture as SVG; ``look`` has ``theme``, ``form`` and ``width``."""
    address = site.around.base_url + urls.page(language, urls.QUIZ_STATISTICS)
    statistics = _read(site)
    imprint = Imprint(
        site_name=site.name(language),
        address=address.partition("://")[2],
        edition=_day(language),
        sources=_since(statistics, language),
        scored=False,
    )
    return picture(statistics_sheet(statistics, language), imprint, language, **look)


def _read(site: Site) -> Statistics:
    demand_quiz(site)
    try:
        return current_quiz_service().statistics.read()
    except StoreFault as fault:
        raise Busy from fault


def _spread(statistics: Statistics, language: Language) -> list[Any]:
    bins = statistics.first.scores
    if not bins:
        return []
    sentence = finished_runs(statistics, language)
    return spread_part(bins, statistics.chance, sentence, language, None)


def _day(language: Language) -> str:
    return text("stats_as_of", language, date=day(utc_today().isoformat(), language))


def _since(statistics: Statistics, language: Language) -> tuple[str, ...]:
    if statistics.first_day is None:
        return ()
    first = day(statistics.first_day.isoformat(), language)
    return (text("stats_since", language, date=first),)


def add_statistics_pictures(
    server: Flask, site: Site, documents: Documents, renders: Renders
) -> None:
    """Add the URLs of the picture, with parameters as a query or as a path."""
    view = _view(site, Pictures(documents, renders))
    start = f"{IN_LANGUAGE}/{urls.QUIZ_STATISTICS}"
    rests = (".<any(svg,png):form>", "/<path:options>")
    for endpoint, rest in zip(PICTURES, rests, strict=True):
        server.add_url_rule(start + rest, endpoint, view)


def _view(site: Site, pictures: Pictures) -> Callable[..., Response]:
    def answer(language: Language, options: str, form: str) -> Response:
        asked = read_parameters(request, LOOK)
        if options:
            stem, _, form = options.rpartition(".")
            _, path_options = chart_in(urls.QUIZ_STATISTICS, stem)
            asked = path_options | asked
        if form not in FORMS or asked.keys() - {parameter.name for parameter in LOOK}:
            raise NoSuchThing(options)
        address = urls.picture(language, urls.QUIZ_STATISTICS, form, **asked)
        if options and unquote(address) != request.path:
            return cast("Response", redirect(address, 301))
        key = f"quiz-statistics:{form}:{language}:{sorted(asked.items())}"

        def draw() -> str:
            return statistics_picture(site, language, **look_in(asked))

        name = f"u4ssc-{site.city}-quiz-statistics-{language}.{form}"
        named = (name, site.around.base_url + address)
        return pictures.send(key, draw, form, named, variant=bool(asked), state=statistics_state)

    def view(language: Language, options: str = "", form: str = "") -> Response:
        try:
            return answer(language, options, form)
        except BadParameter as bad:
            return answer_bad(site, language, bad)
        except NoSuchThing:
            abort(404)

    return view
