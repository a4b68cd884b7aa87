"""Joins edition, city, pages, files and Dash to one server."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import brotli
from dash import Dash
from flask import Flask, Response, request
from flask_compress import Compress
from werkzeug.middleware.proxy_fix import ProxyFix

from components import urls
from components.document import Surroundings
from components.pictures.style import trend_style, view_style
from data.editions import EDITIONS, load_editions
from data.models import LANGUAGES, Edition
from data.profiles import read_profile, site_title
from pages import static_files, styleguide
from pages.api.routes import add_api
from pages.context import Context, context_of
from pages.documents import Documents
from pages.editions import Editions
from pages.embeds.frames import add_embed_script, add_embeds
from pages.embeds.oembed import add_oembed
from pages.embeds.quiz_statistics import add_statistics_pictures
from pages.explore_files import add_explored_files
from pages.explored_part import create_dash
from pages.files.downloads import Downloads
from pages.files.published import publish_files
from pages.files.routes import add_file_server
from pages.icons import add_icons
from pages.inline_assets import without_comments
from pages.operation.access_log import AccessLog
from pages.operation.build_fingerprint import build_fingerprint
from pages.operation.concurrency_limit import ConcurrencyLimit
from pages.operation.health import add_operation
from pages.operation.protection import guard_answers, guard_requests
from pages.operation.rate_limit import RateLimits, open_rate_limits
from pages.operation.response_cache import ResponseCache, chosen_encoding
from pages.pictures.charts import add_pictures
from pages.pictures.factsheet import add_factsheets
from pages.pictures.page_cards import add_page_cards
from pages.pictures.renders import Renders
from pages.quiz.catalogue import add_quiz_catalogue
from pages.quiz.files import add_quiz_files
from pages.quiz.forms import add_quiz_forms
from pages.quiz.room_forms import add_rooms
from pages.quiz.room_states import RoomStates
from pages.quiz.service import QuizService, open_quiz_service, read_banks
from pages.serving import SlugConverter, add_pages
from pages.settings import BadSettings, Settings
from pages.site import EXTENSION, Site
from pages.sitemap import add_files

LARGEST_BODY = 64 * 1024
# Compressing a page at level 7 takes less time than building it. One that caches keep for many
# readers is worth ten times as long: it is a fourteenth smaller at level 10. One that is made for
# one reader is a seventh larger at level 3 than at 7, in a quarter of the time.
_BROTLI_LEVEL, _GZIP_LEVEL = 7, 6
# What a connection sends before it waits for its reader. A page that is longer at its level is
# worth one more attempt: 40 ms where many read it, 80 ms at level 11, 2 ms where one reader does.
_FIRST_WINDOW = 14 * 1024
_LEVELS = {"kept": (10, 11), "choice": (7, 10, 11), "personal": (3, 5)}
_COMPRESSED = (
    "application/atom+xml",
    "application/json",
    "application/problem+json",
    "application/xml",
    "image/svg+xml",
    "text/csv",
    "text/html",
    "text/javascript",
    "text/markdown",
    "text/plain",
    "text/xml",
)


def create_app(settings: Settings, folder_of_editions: Path = EDITIONS) -> Dash:
    """Build the whole application; ``.server`` is the WSGI application.

    Raises:
        BrokenEdition: an edition does not hold together; nothing is served then.
        UnreadableEdition: there is no edition.
        BrokenBank: the questions do not fit the edition.
        BadSettings: the city is not in the edition.
        NoFiles: the files of the editions could not be built.
    """
    editions = load_editions(folder_of_editions)
    city = settings.city
    if city not in editions[-1].cities:
        cities = ", ".join(sorted(editions[-1].cities))
        raise BadSettings(f"CITY={city!r}: the edition knows {cities}")
    server = _create_server()
    limits = open_rate_limits(server, settings)
    guard_requests(server, settings, limits)
    guard_answers(server, without_comments("bootstrap.js"))
    # Before files are built, which takes long: who mends a question hears of a fault at once.
    quiz = open_quiz_service(settings, read_banks(editions[-1]), limits)
    app = create_dash(server)
    if settings.styleguide == "yes":
        styleguide.register()
    folder, assets = static_files.publish(app, settings.folder / "public")
    site = _load_site(settings, editions, folder_of_editions, server, quiz, assets)
    # The folder's name follows all static files, so that no document names one of another machine.
    fingerprint = build_fingerprint(settings.base_url, settings.contact, folder.name)
    # Whoever asks for searches or widths without end must not hold all threads.
    variants = ConcurrencyLimit(settings.threads * 3 // 4)
    documents = Documents(variants, limits.variants.check)
    renders = _open_renders(settings, server, fingerprint, limits)
    cache = ResponseCache(server, settings.redis_url, site.version, fingerprint)
    server.extensions[EXTENSION] = Context(site, quiz, limits, documents, cache)
    _add_views(server, settings, site, documents, renders, quiz)
    _add_layers(app, settings, cache, site, folder)
    return app


class _Server(Flask):
    """Flask without coroutines: it looks for them a dozen times a request."""

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        """Return a function as it is: no view of the site is a coroutine."""
        return func


def _create_server() -> Flask:
    """Return a server without any URL, with its limits."""
    server = _Server("city-indicators", static_folder=None)
    server.config.update(
        MAX_CONTENT_LENGTH=LARGEST_BODY,
        COMPRESS_MIMETYPES=_COMPRESSED,
        COMPRESS_ALGORITHM=["br", "gzip"],
        COMPRESS_BR_LEVEL=_BROTLI_LEVEL,
        COMPRESS_LEVEL=_GZIP_LEVEL,
    )
    server.after_request(_drop_gzip_time)  # Registered before Compress, so it runs after it.
    Compress(server)
    server.after_request(_compress_document)  # After Compress, so it runs before it.
    server.url_map.converters["slug"] = SlugConverter
    return server


def _compress_document(response: Response) -> Response:
    """Compress a page by how many readers it is for, and so that it fits into the first window."""
    accepted = chosen_encoding(request.headers.get("Accept-Encoding", ""))
    etag, _ = response.get_etag()
    if (
        accepted == "br"
        and response.mimetype == "text/html"
        # Flask-Compress leaves errors as they are.
        and (response.status_code == 200 or response.status_code >= 400)
        and not response.is_streamed
    ):
        content = response.get_data()
        # Of pages that are kept, only one that answers a choice has a reader who waits.
        kind = "personal" if not etag else "choice" if request.query_string else "kept"
        for level in _LEVELS[kind]:
            packed = brotli.compress(content, quality=level)
            if len(packed) <= _FIRST_WINDOW:
                break
        response.set_data(packed)
        response.content_encoding = "br"
        if etag:
            response.set_etag(f"{etag}:br")
    return response


def _drop_gzip_time(response: Response) -> Response:
    """Zero the moment in gzip's header: one ETag stands for the same bytes in every process."""
    if response.headers.get("Content-Encoding") == "gzip" and not response.is_streamed:
        packed = response.get_data()
        if packed:
            response.set_data(packed[:4] + bytes(4) + packed[8:])
    return response


def _load_site(
    settings: Settings,
    editions: tuple[Edition, ...],
    folder_of_editions: Path,
    server: Flask,
    quiz: QuizService,
    assets: dict[str, str],
) -> Site:
    """Return the site of a city, with the files of all editions."""
    profile = read_profile(editions[-1].cities[settings.city])
    title = site_title(profile)
    surroundings = Surroundings(
        base_url=settings.base_url,
        site_name={language: title[language] for language in LANGUAGES},
        stylesheet=without_comments("site.css"),
        section_styles=_section_styles(),
        early_script=without_comments("bootstrap.js"),
        assets=assets,
    )
    files = settings.folder / "files"
    published = publish_files(
        editions,
        folder_of_editions,
        settings.city,
        files,
        settings.base_url,
        title,
        has_quiz=quiz.offers_quiz(settings.city),
    )
    downloads = Downloads(quiz.store, quiz.prepare)
    return Site(
        editions,
        profile,
        surroundings,
        server,
        published,
        downloads,
        settings.contact,
        settings.source_url,
    )


def _open_renders(
    settings: Settings, server: Flask, fingerprint: str, limits: RateLimits
) -> Renders:
    return Renders(
        server,
        settings.folder / "pictures",
        fingerprint,
        ConcurrencyLimit(settings.threads // 2),
        limits.renders.check,
    )


# The style sheets of each section beside site.css; "": all other sections. The first window of a
# connection holds some 14 KB, so a page carries few rules for what it has not.
_WORDS = ("cells", "tables", "words")
_DIMENSION = ("bands", "choices", "takeover", "charts", "strips", "rows", "dimension")
_SHEETS = {
    "": _WORDS,
    "home": ("bands", "choices", "wheel"),
    **dict.fromkeys(urls.DIMENSION_SLUGS, _DIMENSION),
    "list": ("choices", "filters", "rows", "chips", "list"),
    "explore": ("takeover", "bands", "cells", "chips", "copying", "explore", "explore_views"),
    "compare": (*_WORDS, "choices", "filters", "strips", "compare"),
    "indicator": ("takeover", "charts", "cells", "tables", "copying", "strips", "indicator"),
    "value": ("cells", "tables", "copying"),
    "quiz": (*_WORDS, "question", "quiz"),
    "room": (*_WORDS, "question", "quiz", "rooms"),
    "data": (*_WORDS, "copying", "data"),
    "embed_code": ("copying", "embed_code"),
    styleguide.NAME: (
        *_WORDS,
        "copying",
        *_DIMENSION,
        "filters",
        "chips",
        "list",
        "data",
        "indicator",
        "wheel",
    ),
}


def _section_styles() -> dict[str, str]:
    """Return what each section adds to the style sheet of all pages."""
    styles = {
        section: "".join(without_comments(f"{sheet}.css") for sheet in sheets)
        for section, sheets in _SHEETS.items()
    }
    styles["explore"] += view_style()
    styles["indicator"] += trend_style()
    styles[styleguide.NAME] += trend_style()
    return styles


def _add_views(
    server: Flask,
    settings: Settings,
    site: Site,
    documents: Documents,
    renders: Renders,
    quiz: QuizService,
) -> None:
    """Add every URL that Flask answers."""
    add_pages(server, site, documents)
    add_files(server, site, documents)
    add_icons(server, site, documents)
    editions = Editions(site)
    add_explored_files(server, site, documents, renders)
    add_pictures(server, editions, documents, renders)
    add_page_cards(server, site, renders)
    add_factsheets(server, site, settings.folder / "factsheets")
    add_embeds(server, editions, documents)
    add_oembed(server, editions, documents)
    add_embed_script(server)
    has_quiz = quiz.offers_quiz(site.city)
    add_api(server, site, documents, quiz if has_quiz else None)
    add_quiz_forms(server, site)
    add_rooms(server, site)
    if has_quiz:
        add_quiz_files(server, site)
        add_quiz_catalogue(server, site)
        add_statistics_pictures(server, site, documents, renders)
    add_operation(server, settings, site, documents)


def _add_layers(
    app: Dash, settings: Settings, cache: ResponseCache, site: Site, folder: Path
) -> None:
    """Put layers of WSGI around the application, the access log outermost."""
    server = app.server
    server.wsgi_app = cache
    static_files.serve(app, folder)
    add_file_server(server, settings, site)
    server.wsgi_app = RoomStates(server.wsgi_app, lambda: context_of(server).quiz)
    if proxies := settings.trusted_proxies:
        server.wsgi_app = ProxyFix(server.wsgi_app, x_for=proxies, x_proto=proxies, x_host=0)
    encrypted = settings.base_url.startswith("https://")
    server.wsgi_app = AccessLog(server.wsgi_app, bool(proxies), encrypted)
