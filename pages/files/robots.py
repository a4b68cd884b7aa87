"""Who is no reader: robots, told by the list of user agents that crawler-user-agents keeps."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from crawleruseragents import CRAWLER_USER_AGENTS_DATA

# What programs of readers use to load a file, such as pandas or curl, is in the list as well.
_LIBRARY = "http-library"
# These follow links from page to page, though the list calls them libraries.
_FOLLOWERS = re.compile(r"bot|crawl|httrack|larbin|scrapy", re.IGNORECASE)
# IMPORTDATA of Google Sheets: somebody asked for this file.
_READERS = ("GoogleDocs",)
_CHUNK = 25
_LONGEST_NAME = 512
_MOST_KEPT = 2048


def is_robot(user_agent: str) -> bool:
    """Whether a known robot calls itself so; what says nothing is taken for a reader."""
    return _is_robot(user_agent[:_LONGEST_NAME])


@lru_cache(_MOST_KEPT)
def _is_robot(name: str) -> bool:
    return any(patterns.search(name) for patterns in _patterns())


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    """The patterns in parts of a size that ``re`` searches quickly."""
    robots = [
        one["pattern"]
        for one in CRAWLER_USER_AGENTS_DATA
        if one["pattern"] not in _READERS
        and (_LIBRARY not in one.get("tags", ()) or _FOLLOWERS.search(one["pattern"]))
    ]
    parts = (robots[start : start + _CHUNK] for start in range(0, len(robots), _CHUNK))
    return tuple(re.compile("|".join(part)) for part in parts)
