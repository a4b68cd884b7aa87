"""gunicorn reads this where it starts: its options follow from the site's own settings."""

import sys

from pages.operation.gunicorn_options import gunicorn_options
from pages.settings import BadSettings, read_settings

wsgi_app = "app:server"

try:
    globals().update(gunicorn_options(read_settings()))
except BadSettings as fault:
    sys.exit(f"The site did not start.\n{fault}")
