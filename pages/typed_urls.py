"""URLs that were typed or cut wrongly: the page that was meant, or indicators like the unknown one.

People type codes in capitals, and messengers glue brackets, full stops and tracking parameters to
the end of a link.
"""

import re
from difflib import get_close_matches

from flask import Request, current_app
from werkzeug.exceptions import HTTPException
from werkzeug.urls import iri_to_uri

from components.texts import text
from data.models import Indicator, Language
from pages.registry import find_page
from pages.site import Site

_TAIL = re.compile(r"[\W_]+$")
_INDICATOR = re.compile(r"/[a-z]{2}/kpi/([^/]+)/")
_MOST, _CLOSE = 3, 0.6


def intended_url(site: Site, request: Request) -> str | None:
    """Return path and query of the page that an unknown URL means, or None.

    Only pages that exist are meant; the query stays, and what was glued to the path joins it.
    """
    path, glued = _tidied(request.path)
    garbled = not request.path.isprintable() or "\ufffd" in request.path  # No text was there.
    if garbled or request.method not in ("GET", "HEAD") or path == request.path:
        return None
    if not _exists(site, path):
        return None
    query = "&".join(filter(None, (iri_to_uri(glued), request.query_string.decode("latin-1"))))
    return f"{path}?{query}" if query else path


def similar_indicators(site: Site, path: str) -> tuple[Indicator, ...]:
    """Return the indicators whose slug or names are like the unknown one of a path."""
    match = _INDICATOR.fullmatch(_tidied(path)[0])
    if match is None:
        return ()
    by_slug = {indicator.slug: indicator for indicator in site.edition.indicators}
    if slugs := get_close_matches(match[1][:60], by_slug, _MOST, _CLOSE):
        return tuple(by_slug[slug] for slug in slugs)
    return site.search.nearest(match[1][:60])[:_MOST]


def similar_words(indicator: Indicator, language: Language) -> str:
    """Return the name and the code of an indicator, as a link of a 404 says them."""
    name = indicator.plain_name[language] or indicator.name[language]
    return text("similar_indicator", language, name=name, code=indicator.code)


def _tidied(path: str) -> tuple[str, str]:
    """Return a path in lower case without what is glued to its end, and glued parameters."""
    head, _, glued = path.partition("&")
    return _TAIL.sub("", head.lower()) + "/", glued


def _exists(site: Site, path: str) -> bool:
    try:
        endpoint, variables = current_app.url_map.bind("").match(path, method="GET")
    except HTTPException:
        return False
    page = find_page(endpoint)
    if page is None or page.personal:
        return False
    below = path.removeprefix(f"/{variables['language']}/")
    return page.variants is None or below in page.paths(site)
