"""Serves a city's indicators: ``python app.py``, or ``gunicorn app:server``."""

from __future__ import annotations

import sys

from components.texts import BrokenTexts, check_texts
from data.editions import BrokenEdition, UnreadableEdition
from data.profiles import BrokenProfile
from pages.application import create_app
from pages.files.published import NoFiles
from pages.operation.logs import configure_logs
from pages.operation.warming import warm
from pages.settings import BadSettings, read_settings
from pages.standalone import run
from quiz.faults import BrokenBank

try:
    settings = read_settings()
    configure_logs(settings)
    check_texts()
    app = create_app(settings)
except (
    BadSettings,
    BrokenBank,
    BrokenEdition,
    BrokenProfile,
    BrokenTexts,
    NoFiles,
    UnreadableEdition,
) as fault:
    sys.exit(f"The site did not start.\n{fault}")

server = app.server
warm(server)

if __name__ == "__main__":
    run(server, settings)
