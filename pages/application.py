"""Joins edition, city, pages, files and Dash to one server."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from dash import Dash
from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from components.document import Surroundings
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
from pages.operation.compression import compress_responses
from pages.operation.concurrency_limit import ConcurrencyLimit
from pages.operation.health import add_operation
from pages.operation.protection import guard_answers, guard_requests
from pages.operation.rate_limit import RateLimits, open_rate_limits
from pages.operation.response_cache import ResponseCache
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
from pages.section_styles import section_styles
from pages.serving import SlugConverter, add_pages
from pages.settings import BadSettings, Settings
from pages.site import EXTENSION, Site
from pages.sitemap import add_files

LARGEST_BODY = 64 * 1024


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
    server.config["MAX_CONTENT_LENGTH"] = LARGEST_BODY
    compress_responses(server)
    server.url_map.converters["slug"] = SlugConverter
    return server


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
        section_styles=section_styles(),
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
    add_factsheets(server, site, renders)
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
