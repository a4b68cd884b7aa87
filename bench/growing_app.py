"""The site on the editions that BENCH_EDITIONS names, for ``bench.growth`` and ``bench.explore``.

With BENCH_FILES=today it has the files of the real editions instead of building those of its own,
which takes minutes, for measurements that ask for none.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from data.editions import EDITIONS, load_editions
from data.manifests import Manifest
from data.models import Edition
from pages import application
from pages.files.published import publish_files
from pages.settings import read_settings


def _todays_files(
    _: Sequence[Edition], _folder: Path, city: str, *settings: Any, **named: Any
) -> Manifest:
    editions = load_editions(EDITIONS)
    kept = city if city in editions[-1].cities else next(iter(editions[-1].cities))
    return publish_files(editions, EDITIONS, kept, *settings, **named)


if os.environ.get("BENCH_FILES") == "today":
    application.publish_files = _todays_files
server = application.create_app(read_settings(), Path(os.environ["BENCH_EDITIONS"])).server
