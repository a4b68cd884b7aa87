"""A server that knows its own address, so that links in answers can be followed."""

from __future__ import annotations

from collections.abc import Iterator
from socket import socket
from threading import Thread

import pytest
from werkzeug.serving import make_server

from pages.application import create_app
from tests.conftest import settings_of


@pytest.fixture(scope="session")
def api_url() -> Iterator[str]:
    """The address of an application whose links lead back to it."""
    with socket() as chosen:
        chosen.bind(("127.0.0.1", 0))
        port = chosen.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    application = create_app(settings_of(BASE_URL=address)).server
    server = make_server("127.0.0.1", port, application, threaded=True)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield address
    server.shutdown()
    thread.join()
    server.server_close()
