"""Browsers: one of dash[testing] for journeys, one of Playwright for what needs its eyes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from dash import Dash
from dash.testing.browser import Browser as DashBrowser
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, expect, sync_playwright

from data.models import LANGUAGES, Edition, Language
from pages.context import context_of
from pages.quiz.service import QuizService
from tests.conftest import BROWSER_ARGUMENTS, browser_path, pytest_setup_options
from tests.quiz_pages.builders import Clock, choices_of, make_quiz_service

# A machine that does other work too may be slow; no test of a browser is about that.
PATIENCE = 40_000
# What the browser itself logs when a response is an error or a request is aborted.
ERROR_STATUS = "Failed to load resource: the server responded with a status of"
ABORTED = "net::ERR_FAILED"
expect.set_options(timeout=PATIENCE)


@pytest.fixture(scope="session")
def dash_br(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DashBrowser]:
    """The browser of dash[testing], started once; the site keeps nothing in it."""
    with DashBrowser(
        browser="Chrome",
        remote=False,
        remote_url="",
        headless=True,
        options=[pytest_setup_options()],
        download_path=str(tmp_path_factory.mktemp("download")),
        percy_assets_root="",
        percy_finalize=False,
        wait_timeout=PATIENCE // 1000,
    ) as browser:
        yield browser


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The same program, driven by Playwright."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=browser_path(windowless=True),
            args=[*BROWSER_ARGUMENTS, "--force-device-scale-factor=1"],
        )
        yield browser
        browser.close()


@dataclass
class Visit:
    """One page with its requests and its console messages.

    ``allowed`` are parts of the console messages that the test itself causes; they may come late.
    """

    page: Page
    host: str
    complaints: list[str] = field(default_factory=list)
    urls: list[str] = field(default_factory=list)
    allowed: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self._complain(str(error)))
        self.page.on("request", self._note)

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self._complain(f"{message.type}: {message.text}")

    def _complain(self, text: str) -> None:
        if not any(part in text for part in self.allowed):
            self.complaints.append(text)

    def _note(self, request: Request) -> None:
        self.urls.append(request.url)

    def go(self, address: str) -> Page:
        """Open an address of the site and wait until it has loaded."""
        self.page.goto(self.host + address)
        return self.page

    def paths(self) -> list[str]:
        """The paths that were asked of the site."""
        return [urlsplit(url).path for url in self.urls if url.startswith(self.host)]

    def strangers(self) -> list[str]:
        """Everything that was asked of somebody else."""
        return [
            url
            for url in self.urls
            if not url.startswith((f"{self.host}/", "data:", f"blob:{self.host}/"))
        ]


Visiting = Callable[..., Visit]


def by_turns(names: Sequence[str]) -> pytest.MarkDecorator:
    """Each name in one language by turns, and in the other among the long tests.

    For what is laid out by the same rules in both languages and costs seconds to look at.
    """
    pairs = [
        pytest.param(name, language, marks=[pytest.mark.long] if (place + turn) % 2 else [])
        for place, name in enumerate(names)
        for turn, language in enumerate(LANGUAGES)
    ]
    return pytest.mark.parametrize(("name", "language"), pairs)


def sampled(names: Iterable[str], of: int) -> list[Any]:
    """Each name as a parameter; one of so many is for every run, the rest for the long tests."""
    return [
        pytest.param(name, marks=[pytest.mark.long] if place % of else [])
        for place, name in enumerate(names)
    ]


def mainly(language: Language) -> pytest.MarkDecorator:
    """In this language, and in the other among the long tests: both take the same steps."""
    (other,) = set(LANGUAGES) - {language}
    return pytest.mark.parametrize(
        "language", [language, pytest.param(other, marks=pytest.mark.long)]
    )


@pytest.fixture
def visiting(chromium: Browser, server_url: str) -> Iterator[Visiting]:
    """Start visits; every one must end without complaint and without a request elsewhere."""
    visits: list[Visit] = []

    def start(*, allowed: tuple[str, ...] = (), **options: Any) -> Visit:
        options = {"viewport": {"width": 1280, "height": 900}, "locale": "en-GB", **options}
        context = chromium.new_context(**options)
        context.set_default_timeout(PATIENCE)
        visits.append(Visit(context.new_page(), server_url, allowed=allowed))
        return visits[-1]

    yield start
    for visit in visits:
        # What a test answers itself may be on its way still.
        visit.page.unroute_all(behavior="ignoreErrors")
        visit.page.context.close()
    for visit in visits:
        assert not visit.strangers()
        assert not visit.complaints


@pytest.fixture
def service(dash_app: Dash, edition: Edition, tmp_path: Path) -> Iterator[QuizService]:
    """The service that the application works with during a test."""
    usual_service = context_of(dash_app.server).quiz
    service = make_quiz_service(edition, tmp_path, Clock())
    # Most steps are tried with options; test_quiz_kinds.py has the other kinds.
    service.bank = choices_of(service.bank)
    context_of(dash_app.server).quiz = service
    yield service
    context_of(dash_app.server).quiz = usual_service
    service.store.close()
