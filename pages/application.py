"""Joins edition, city, pages, files and Dash to one server."""

from __future__ import annotations

from pathlib import Path

from dash import Dash
from flask import Flask
from flask_compress import Compress
from werkzeug.middleware.proxy_fix import ProxyFix

from components.document import Surroundings
from data.editions import EDITIONS, load_editions
from data.models import LANGUAGES, Words
from data.profiles import read_profile
from pages import compare, dimension, home, indicator, indicator_list, static_files, words
from pages.api.routes import add_api
from pages.documents import Documents
from pages.editions import Editions
from pages.embeds import code_page
from pages.embeds.frames import add_embeds
from pages.embeds.oembed import add_oembed
from pages.embeds.script import add_embed_script
from pages.exploring import create_dash
from pages.files.addresses import add_file_addresses
from pages.files.downloads import Downloads
from pages.files.published import publish_files
from pages.files.server import FileServer
from pages.inline_assets import without_comments
from pages.open_data import edition as data_edition
from pages.open_data import page as data_page
from pages.open_data import table as data_table
from pages.operation.caches import Shelves, current_shelves
from pages.operation.code_mark import code_mark
from pages.operation.joining import add_operation
from pages.operation.journal import Journal
from pages.operation.memory import MEMORY, Memory
from pages.operation.parcels import PARCELS, Parcels
from pages.operation.places import Places
from pages.operation.protection import guard_answers, guard_requests, pass_door
from pages.operation.redis_link import RedisLink
from pages.operation.shared_limits import current_limits, open_limits
from pages.pictures.charts import add_pictures
from pages.pictures.factsheet import add_factsheets
from pages.quiz import question as quiz_question
from pages.quiz import start as quiz_start
from pages.quiz import statistics as quiz_statistics
from pages.quiz.files import add_quiz_files
from pages.quiz.forms import add_quiz_forms
from pages.quiz.service import open_quiz_service
from pages.serving import SlugConverter, add_pages
from pages.settings import BadSettings, Settings
from pages.site import Site, site_title
from pages.sitemap import add_files

# Importing a page module registers its pages; the order is that of the sitemap.
PAGE_MODULES = (
    home,
    dimension,
    indicator_list,
    indicator,
    compare,
    quiz_start,
    quiz_question,
    quiz_statistics,
    data_page,
    data_table,
    data_edition,
    code_page,
    words,
)

LARGEST_BODY = 64 * 1024
_MOST_PAGES = 1000  # Some 600 addresses without parameters, in both languages.
# What figures of the quiz made is out of date after a minute; the newest is remembered elsewhere
# (pages/operation/memory.py).
_MOST_VARIANTS = 100


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
    edition = editions[-1]
    if settings.city not in edition.cities:
        known = ", ".join(sorted(edition.cities))
        raise BadSettings(f"CITY={settings.city!r}: the edition knows {known}")
    server = _new_server(settings.threads)
    link = RedisLink(settings.redis_url) if settings.redis_url else None
    limits = open_limits(settings, link)
    guard_requests(server, settings, limits)
    profile = read_profile(edition.cities[settings.city])
    # Before files are built, which takes long: who mends a question hears of a fault at once.
    service = open_quiz_service(settings, edition, limits)
    app = create_dash(server)
    folder, assets = static_files.publish(app, settings.folder / "public")
    name = profile.name
    title = site_title(
        profile, Words(f"{name.en}: U4SSC indicators", f"{name.ru}: показатели U4SSC")
    )
    around = _surroundings(settings.base_url, title, assets)
    guard_answers(server, around.early_script)
    published = publish_files(
        editions,
        folder_of_editions,
        settings.city,
        settings.folder / "files",
        around.base_url,
        title,
    )
    downloads = Downloads(service.store, service.prepare)
    site = Site(
        editions,
        profile,
        around,
        server,
        published,
        downloads,
        settings.contact,
        settings.source_url,
    )
    server.extensions["city-site"] = site
    server.extensions["city-quiz"] = service
    server.extensions["city-limits"] = limits
    # Its name follows all static files, so that no document names a file of another machine.
    mark = code_mark(settings.base_url, settings.contact, folder.name)
    server.extensions["city-shelves"] = Shelves(server, link, mark, settings.secret_key)
    _add_addresses(server, settings, site)
    static_files.serve(app, folder)
    files = add_file_addresses(server, site)
    _add_layers(server, settings, files)
    return app


def _new_server(threads: int) -> Flask:
    """A server without any address, with its limits."""
    server = Flask("city-indicators", static_folder=None)
    server.config.update(
        MAX_CONTENT_LENGTH=LARGEST_BODY,
        # Documents and files are compressed once when they are made; this is for callbacks.
        COMPRESS_MIMETYPES=["application/json"],
        COMPRESS_BR_LEVEL=5,
    )
    Compress(server)
    server.extensions["city-places"] = Places(threads)
    server.url_map.converters["slug"] = SlugConverter
    return server


def _surroundings(base_url: str, title: Words, assets: dict[str, str]) -> Surroundings:
    """What stands around the content of every page."""
    return Surroundings(
        base_url=base_url,
        site_name={language: title[language] for language in LANGUAGES},
        stylesheet=without_comments("site.css"),
        section_styles=_section_styles(),
        early_script=without_comments("early.js"),
        assets=assets,
    )


def _section_styles() -> dict[str, str]:
    """What each section's pages have besides the sheet of all; "" stands for every other section.

    The first window of a connection holds some 14 KB, and the home page nearly fills it, so it
    carries no rule for what it has not.
    """
    tables = without_comments("tables.css")
    parts = ("quiz", "data", "embed_code", "compare")
    own = {part: tables + without_comments(f"{part}.css") for part in parts}
    return {"": tables, "home": without_comments("wheel.css"), **own}


def _add_addresses(server: Flask, settings: Settings, site: Site) -> None:
    """Add every address that Flask answers."""
    shelves = current_shelves(server)
    pages, variants = shelves.open("pages", _MOST_PAGES), shelves.open("variants", _MOST_VARIANTS)
    door = current_limits(server).variants
    documents = Documents(site, pages, variants, lambda: pass_door(door))
    add_pages(server, site, documents)
    add_files(server, site, documents)
    shown = Editions(site)
    add_pictures(server, shown, settings.folder / "pictures")
    add_factsheets(server, site, settings.folder / "factsheets")
    add_embeds(server, shown, documents)
    add_oembed(server, shown)
    add_embed_script(server)
    add_api(server, site)
    add_quiz_forms(server, site)
    add_quiz_files(server, site)
    add_operation(server, settings, site, documents)


def _add_layers(server: Flask, settings: Settings, files: FileServer) -> None:
    """Put around the application what must see every request, the journal outermost.

    Parcels are sent past all layers, by a worker that knows of them.
    """
    memory = Memory(server.wsgi_app)
    server.extensions[MEMORY] = memory
    server.wsgi_app = memory  # type: ignore[method-assign]  # As Flask documents.
    if proxies := settings.trusted_proxies:
        server.wsgi_app = ProxyFix(  # type: ignore[method-assign]  # As Flask documents.
            server.wsgi_app, x_for=proxies, x_proto=proxies, x_host=0
        )
    encrypted = settings.base_url.startswith("https://")
    server.wsgi_app = Journal(server.wsgi_app, bool(proxies), encrypted)  # type: ignore[method-assign]  # The same.
    server.extensions[PARCELS] = Parcels(files.files, files.taken, bool(proxies), encrypted, memory)
