"""Another site on this machine, which serves whatever page a test gives it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from flask import Flask, Response, abort
from flask.testing import FlaskClient

from data.models import Language
from tests.browser.hosts.pages import Host
from tests.builders import shared_code
from tests.conftest import BASE_URL, serving

Codes = Callable[..., str]


class Newsroom:
    """The pages of another site by their paths; ``site`` is the origin of the charts."""

    def __init__(self, site: str) -> None:
        self.site = site
        self.address = ""
        self._pages: dict[str, tuple[str, str]] = {}

    def publish(self, host: Host, code: str) -> str:
        """Paste a code into a page and return where that page stands."""
        path = f"{len(self._pages)}-{host.name.replace(' ', '-')}"
        self._pages[path] = (host.page(code), host.policy.format(site=self.site))
        return f"{self.address}/{path}"

    def answer(self, path: str) -> Response:
        """One page with the policy of its host."""
        if path == "host.css":
            return Response(Host("").style, mimetype="text/css")
        if path not in self._pages:
            abort(404)
        body, policy = self._pages[path]
        headers = {"Content-Security-Policy": policy} if policy else {}
        return Response(body, headers=headers, mimetype="text/html")


@pytest.fixture(scope="session")
def newsroom(server_url: str) -> Iterator[Newsroom]:
    """The other site; another name of the same machine is another site to a browser."""
    room = Newsroom(server_url)
    flask = Flask("newsroom", static_folder=None)
    flask.add_url_rule("/<path>", "page", room.answer)
    with serving(flask) as url:
        room.address = url.replace("127.0.0.1", "localhost")
        yield room


@pytest.fixture(scope="session")
def codes(client: FlaskClient, server_url: str) -> Codes:
    """One code as the Share panel gives it out, for the server that runs here."""

    def code(language: Language, chart: str, place: str, **asked: str) -> str:
        query = {"chart": chart, "place": place, **asked}
        answer = client.get(f"/{language}/embed/", query_string=query)
        assert answer.status_code == 200
        return shared_code(answer.text).replace(BASE_URL, server_url)

    return code
