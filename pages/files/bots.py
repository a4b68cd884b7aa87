"""Detect bots by their User-Agent, with the list of crawler-user-agents."""

import re
from functools import cache, lru_cache

from crawleruseragents import CRAWLER_USER_AGENTS_DATA

# What programs of readers use to load a file, such as pandas or curl, is in the list as well.
_LIBRARY = "http-library"
# These follow links from page to page, though the list calls them libraries.
_CRAWLING_LIBRARIES = re.compile(r"bot|crawl|httrack|larbin|scrapy", re.IGNORECASE)
# IMPORTDATA of Google Sheets: somebody asked for this file.
_READERS = ("GoogleDocs",)
_CHUNK = 25
_MAX_CHARACTERS = 512
_MAX_CACHED = 2048


def is_bot(user_agent: str) -> bool:
    """Return whether a known bot names itself; an empty or unknown name is a reader's."""
    return _is_bot(user_agent[:_MAX_CHARACTERS])


@lru_cache(_MAX_CACHED)
def _is_bot(name: str) -> bool:
    return any(patterns.search(name) for patterns in _patterns())


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    """Return the patterns of bots in chunks of a size that ``re`` searches quickly."""
    bots = [
        crawler["pattern"]
        for crawler in CRAWLER_USER_AGENTS_DATA
        if crawler["pattern"] not in _READERS
        and (
            _LIBRARY not in crawler.get("tags", ())
            or _CRAWLING_LIBRARIES.search(crawler["pattern"])
        )
    ]
    chunks = (bots[start : start + _CHUNK] for start in range(0, len(bots), _CHUNK))
    return tuple(re.compile("|".join(chunk)) for chunk in chunks)
