"""One application, one server and one client for all tests; how the browsers start."""

from __future__ import annotations

import gc
import json
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import astuple
from functools import cache
from itertools import cycle, islice
from pathlib import Path
from socket import socket
from threading import Thread
from typing import TYPE_CHECKING

import hypothesis
import pytest
from dash import Dash
from flask.testing import FlaskClient
from selenium.webdriver.chrome.options import Options
from werkzeug.serving import make_server

from data.editions import EDITIONS, load_editions
from data.models import LANGUAGES, Edition, Language
from pages.application import create_app
from pages.context import context_of
from pages.settings import Settings, read_settings
from pages.site import Site
from tests.contracts.documents import Document, read_documents
from tests.data.conftest import write_small_edition
from tests.databases import REDIS, SERVER, drop_all_databases, new_database
from tests.fonts import write_font_settings
from tests.once import made_once
from tests.quiz.builders import simulate_readers
from tests.quiz_pages.builders import Clock, make_quiz_service
from tests.replaced import Replaced, publish_correction, replaced_site

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

# Another name than the one the tests ask, so that nothing may take the visited host for it.
BASE_URL = "https://indicators.example.org"
# Static files are compressed once and then found again, by the site and by its tests.
VAR_FOLDER = os.environ.get("VAR_FOLDER", "")
UNLIMITED = (
    "STARTS_PER_MINUTE",
    "ANSWERS_PER_MINUTE",
    "CALLBACKS_PER_MINUTE",
    "OEMBED_PER_MINUTE",
    "RENDERS_PER_MINUTE",
    "VARIANTS_PER_MINUTE",
)
WINDOWLESS = ("chromium-headless-shell", "chrome-headless-shell")
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
BROWSER_ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--force-prefers-reduced-motion",
)
MEMORY = Path("/dev/shm")  # noqa: S108  # Only its folders with random names are used.
_ROOM = 4 * 1024**3
# A machine that does other work too may be slow; no test is about that. `make test-long` tries
# more examples.
EXAMPLES = int(os.environ.get("EXAMPLES", "40"))
hypothesis.settings.register_profile("unhurried", deadline=None, max_examples=EXAMPLES)
hypothesis.settings.load_profile("unhurried")
# Tests of what several machines share need servers to share it in.
collect_ignore = [] if REDIS and SERVER else ["many"]


def _use_memory() -> None:
    """Keep temporary files in memory where that has room and lets programs run.

    Editions and answers are synchronised to the disk file by file and answer by answer: some ten
    thousand times in all tests, each of which takes milliseconds on a disk.
    """
    if "TMPDIR" in os.environ or not os.access(MEMORY, os.W_OK):
        return
    memory = os.statvfs(MEMORY)
    if memory.f_bavail * memory.f_frsize > _ROOM and not memory.f_flag & os.ST_NOEXEC:
        os.environ["TMPDIR"] = tempfile.tempdir = str(MEMORY)


_use_memory()
# Looking for garbage among all that the tests and the site keep takes a tenth of their time.
gc.set_threshold(100_000, 50, 100)
# Never the answers of whoever runs the tests.
ANSWERS = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
# Selenium would otherwise look for drivers on the net.
os.environ.setdefault("SE_OFFLINE", "true")
# Every browser that is started from here on inherits it.
os.environ["FONTCONFIG_FILE"] = str(write_font_settings(Path(ANSWERS.name)))


def browser_path(*, windowless: bool = False) -> str:
    """The browser that is installed; the tests need one.

    With ``windowless`` the same without windows, tabs and extensions, where that is installed, too:
    nothing of them is tested and a page opens in half the time.
    """
    names = (*WINDOWLESS, *BROWSERS) if windowless else BROWSERS
    browser = next((path for name in names if (path := shutil.which(name))), None)
    assert browser, f"install one of {', '.join(BROWSERS)} (Debian: chromium and chromium-driver)"
    return browser


def pytest_setup_options() -> Options:
    """How dash[testing] starts its browser."""
    options = Options()
    options.binary_location = browser_path()
    for argument in (*BROWSER_ARGUMENTS, "--headless=new", "--window-size=1280,900"):
        options.add_argument(argument)
    return options


@cache
def answers_of_all() -> str:
    """The database of the tests that need none of their own."""
    return new_database(Path(ANSWERS.name))


def settings_of(**changes: str) -> Settings:
    """Settings that no environment of the tester can change, but for ``changes``."""
    values = {
        "BASE_URL": BASE_URL,
        "DATABASE_URL": answers_of_all(),
        "REDIS_URL": REDIS,
        "SECRET_KEY": "only for the tests of this project",
        "SECURITY_CONTACT": "mailto:security@example.org",
        # The client of Flask has one process, which has all of a limit.
        "WEB_CONCURRENCY": "1",
        # Walking all pictures is no abuse here.
        "RENDERS_PER_MINUTE": "0",
        "OEMBED_PER_MINUTE": "0",
        "VAR_FOLDER": VAR_FOLDER,
        # All tests come from one address; those about limits set their own.
        **dict.fromkeys(UNLIMITED, "0"),
    }
    return settings_from(values | changes)


def settings_from(environment: Mapping[str, str]) -> Settings:
    """Settings as read from exactly this environment."""
    with pytest.MonkeyPatch.context() as patch:
        for name in os.environ:
            patch.delenv(name)
        for name, value in environment.items():
            patch.setenv(name, value)
        return read_settings()


def altered(settings: Settings, **changes: object) -> Settings:
    """The same settings but for some attributes."""
    return settings.model_copy(update=changes)


def pytest_unconfigure() -> None:
    """Throw away what was answered during the tests."""
    drop_all_databases()
    ANSWERS.cleanup()


# Fixtures that build files of an edition, start the application or start a browser.
APPLICATION = frozenset(
    {"dash_app", "built", "small_built", "manifest", "published", "chromium", "served", "own_url"}
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests that need more than the code they test; begin with files of slow ones."""
    for item in items:
        if APPLICATION & set(getattr(item, "fixturenames", ())):
            item.add_marker("application")
    # A long file that comes last leaves all processes but one without work.
    slow = {item.path for item in items if item.get_closest_marker("slow")}
    items.sort(key=lambda item: item.path not in slow)
    gc.freeze()  # What is imported and collected by now stays.


@pytest.fixture(params=LANGUAGES)
def language(request: pytest.FixtureRequest) -> Language:
    """Run what asks for a language once in each."""
    chosen: Language = request.param
    return chosen


@pytest.fixture(scope="session")
def dash_app() -> Dash:
    """The application as app.py builds it."""
    return create_app(settings_of())


@pytest.fixture(autouse=True)
def forgetting(request: pytest.FixtureRequest) -> None:
    """No test meets a document that an earlier one had built."""
    if "dash_app" in request.fixturenames:
        context_of(request.getfixturevalue("dash_app").server).cache.clear()


@pytest.fixture(scope="session")
def site(dash_app: Dash) -> Site:
    """What the application has loaded."""
    loaded: Site = context_of(dash_app.server).site
    return loaded


@pytest.fixture(scope="session")
def edition() -> Edition:
    """The edition that the application serves, without the application."""
    return load_editions(EDITIONS)[-1]


@pytest.fixture(scope="session")
def client(dash_app: Dash) -> FlaskClient:
    """Asks the application without a network."""
    return dash_app.server.test_client()


@pytest.fixture(scope="session")
def documents(
    client: FlaskClient, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Document, ...]:
    """Every page of the site in both languages, as first answered to one process of the run."""

    def read(folder: Path) -> None:
        content = [astuple(document) for document in read_documents(client)]
        (folder / "documents.json").write_text(json.dumps(content), "utf-8")

    content = made_once(tmp_path_factory, "documents", read) / "documents.json"
    return tuple(Document(*fields) for fields in json.loads(content.read_bytes()))


@pytest.fixture(scope="session")
def pages(documents: tuple[Document, ...]) -> dict[str, Document]:
    """The same by address."""
    return {document.address: document for document in documents}


@pytest.fixture(scope="session")
def server_url(dash_app: Dash) -> Iterator[str]:
    """The address of the application on a free port of this machine."""
    with serving(dash_app.server) as url:
        yield url


@pytest.fixture(scope="session")
def own_url() -> Iterator[str]:
    """The address of an application whose links and files name that very address."""
    port = free_port()
    application = create_app(settings_of(BASE_URL=f"http://127.0.0.1:{port}")).server
    with serving(application, port) as url:
        yield url


@pytest.fixture(scope="session")
def replaced(tmp_path_factory: pytest.TempPathFactory) -> Replaced:
    """A site on which an edition was superseded by another."""
    folder = made_once(tmp_path_factory, "replaced", publish_correction)
    return replaced_site(folder, settings_of())


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an edition with a few indicators of the one in force, published like it."""
    (folder,) = made_once(tmp_path_factory, "small", write_small_edition).glob("*/")
    return folder


@pytest.fixture(scope="session")
def many_answers(edition: Edition, tmp_path_factory: pytest.TempPathFactory) -> str:
    """A database with the answers of 350 readers, to be copied and never changed."""

    def fill(folder: Path) -> None:
        service = make_quiz_service(edition, folder, Clock())
        simulate_readers(service.store, service.bank, 350)
        service.store.close()
        (folder / "address").write_text(service.database_url)

    # Each process has databases of its own on a server, and drops them when it ends.
    name = f"answers-{os.getpid()}" if SERVER else "answers"
    return (made_once(tmp_path_factory, name, fill) / "address").read_text()


@cache
def client_with(**changes: str) -> FlaskClient:
    """Ask an application with settings of its own, one for all tests of a process."""
    return create_app(settings_of(**changes)).server.test_client()


# Below the ports from which systems give connections theirs: a server that restarts needs its port
# again. Each process begins elsewhere.
_PORTS = islice(cycle(range(10_000, 32_000)), os.getpid() * 50 % 22_000, None)


def free_port() -> int:
    """A port of the loopback interface that nobody listens on, another one each time."""
    for port in _PORTS:
        with socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port
    raise AssertionError("no port is free")


@contextmanager
def serving(application: WSGIApplication, port: int = 0) -> Iterator[str]:
    """Serve an application at this port, or at a free one, and give its address."""
    server = make_server("127.0.0.1", port, application, threaded=True)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.port}"
    server.shutdown()
    thread.join()
    server.server_close()
