"""The site on the editions that BENCH_EDITIONS names, for ``bench.growth``."""

from __future__ import annotations

import os
from pathlib import Path

from pages.application import create_app
from pages.settings import read_settings

server = create_app(read_settings(), Path(os.environ["BENCH_EDITIONS"])).server
