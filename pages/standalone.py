"""Serves the application by gunicorn from Python, for ``make run`` and ``python app.py``."""

from flask import Flask
from gunicorn.app.base import BaseApplication

from pages.operation.gunicorn_options import gunicorn_options
from pages.settings import Settings


class _Standalone(BaseApplication):  # type: ignore[misc]  # gunicorn ships no types.
    def __init__(self, server: Flask, settings: Settings) -> None:
        self._server = server
        self._settings = settings
        super().__init__()

    def load_config(self) -> None:
        """Called by gunicorn for its settings."""
        for name, value in gunicorn_options(self._settings).items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        """Called by gunicorn for the application."""
        return self._server


def run(server: Flask, settings: Settings) -> None:
    """Serve until stopped, as ``gunicorn`` itself would; faults of start-up end the process."""
    _Standalone(server, settings).run()
