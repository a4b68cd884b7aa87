"""gunicorn reads this where it starts: its options follow from the site's own settings."""

from pages.operation.gunicorn_options import gunicorn_options
from pages.operation.start_faults import exit_on_fault
from pages.settings import read_settings

wsgi_app = "app:server"

with exit_on_fault():
    globals().update(gunicorn_options(read_settings()))
