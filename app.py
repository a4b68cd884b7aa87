"""Serves a city's indicators: ``python app.py``, or ``gunicorn app:server``."""

import gc

# Until all is loaded nothing becomes garbage: looking for it takes half a second of the start.
gc.disable()

from components.texts import check_texts
from pages.application import create_app
from pages.operation.logs import configure_logs
from pages.operation.start_faults import exit_on_fault, refuse_taken_address
from pages.operation.warming import warm
from pages.settings import read_settings

with exit_on_fault():
    settings = read_settings()
    if __name__ == "__main__":
        refuse_taken_address(settings)
    configure_logs(settings)
    check_texts()
    app = create_app(settings)

server = app.server
warm(server)

if __name__ == "__main__":
    # Only now: gunicorn reads WEB_CONCURRENCY when it is imported, and a bad one is told above.
    from pages.standalone import run

    run(server, settings)
