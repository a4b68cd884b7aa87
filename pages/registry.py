"""The pages of the site: ``dash.page_registry``, filled by the modules of this package.

Each page module calls ``dash.register_page`` with keywords of its own beside Dash's; routes,
navigation, sitemap and warming read them here.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, fields
from functools import lru_cache
from importlib import import_module
from typing import TYPE_CHECKING, Any

import dash

import pages
from components.document import Page
from data.models import LANGUAGES

if TYPE_CHECKING:
    from pages.requests import Parameter
    from pages.site import Site

Variables = Mapping[str, str]
_PREFIX = "/<language>/"
# Groups of links that the shell shows on every page.
HEADER, FOOTER = "header", "footer"
# Serves pages and has none; would load Redis's client and gunicorn, a quarter of a second.
_WITHOUT_PAGES = ("pages.operation.", "pages.standalone")


@dataclass(frozen=True, slots=True)
class RegisteredPage:
    """The keywords with which a module registered a page.

    name: key of the page; its endpoint is ``page.{name}``, its words ``nav_{name}``.
    path_template: URL as Dash writes it, such as ``/<language>/kpi/<slug>/``.
    layout: pure function ``layout(language, **path_variables, **query)`` of the URL.
    converters: werkzeug converters of path variables, ``{"n": "int"}``; text without.
    parameters: the query parameters that the layout takes.
    variants: ``(site) -> [{…}]``, the path variables of every page that search engines may list.
    navigation: groups of links that the page stands in.
    warm: built before the site says that it is ready.
    explores: Dash takes over the part with the id ``explore`` when the reader first acts on it.
    follows: ``(language, **path_variables) -> str`` names the state of what is shown beside the
        edition; as long as it stays the same, the document is kept.
    personal: made anew for each request and kept nowhere.
    headers: sent with every response.
    """

    name: str
    path_template: str
    layout: Callable[..., Page]
    converters: Mapping[str, str] = field(default_factory=dict)
    parameters: tuple[Parameter, ...] = ()
    variants: Callable[[Site], Iterable[Variables]] | None = None
    navigation: tuple[str, ...] = ()
    warm: bool = False
    explores: bool = False
    follows: Callable[..., str] | None = None
    personal: bool = False
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def endpoint(self) -> str:
        """The endpoint of the page's Flask route."""
        return f"page.{self.name}"

    @property
    def rule(self) -> str:
        """The rule of the page's Flask route.

        Dash's own matcher would let ``<language>`` span slashes and take any language.
        """
        rule = self.path_template
        for variable, converter in {"language": _LANGUAGES, **self.converters}.items():
            rule = rule.replace(f"<{variable}>", f"<{converter}:{variable}>")
        return rule

    def paths(self, site: Site) -> list[str]:
        """Return the paths below the language that search engines may list."""
        path = self.path_template.removeprefix(_PREFIX)
        if self.variants is None:
            return [] if "<" in path else [path]
        paths = []
        for variables in self.variants(site):
            filled = path
            for variable, value in variables.items():
                filled = filled.replace(f"<{variable}>", value)
            paths.append(filled)
        return paths


_LANGUAGES = f"any({','.join(LANGUAGES)})"
_KEYWORDS = frozenset(field.name for field in fields(RegisteredPage))


class Redirect(Exception):
    """Temporary redirect to another path of this site."""

    def __init__(self, path: str) -> None:
        super().__init__(path)
        self.path = path


class Rejected(Exception):
    """A layout cannot do what was asked; carries the page that says so, and its status.

    ``retry_after`` are the seconds after which to try again, 0 where that does not help.
    """

    def __init__(self, page: Page, status: int, retry_after: int = 0) -> None:
        super().__init__(page.title)
        self.page = page
        self.status = status
        self.retry_after = retry_after


def import_pages() -> None:
    """Import every module of this package that may have pages, so that each registers its own.

    Dash takes pages only once there is an application.
    """
    for module in pkgutil.walk_packages(pages.__path__, "pages."):
        if not module.name.startswith(_WITHOUT_PAGES):
            import_module(module.name)


def registered_pages() -> tuple[RegisteredPage, ...]:
    """Return all pages in their order."""
    return _read_pages(tuple(dash.page_registry))


@lru_cache(8)
def _read_pages(names: tuple[str, ...]) -> tuple[RegisteredPage, ...]:
    return tuple(_read(dash.page_registry[name]) for name in names)


def navigation_links(site: Site, group: str) -> list[tuple[str, str]]:
    """Return key and path below the language of each link of a group, in the pages' order.

    The key of a page with variants is made of its path, as in ``("economy", "economy/")``.
    """
    return [
        (path.strip("/").replace("-", "_") if page.variants else page.name, path)
        for page in registered_pages()
        if group in page.navigation
        for path in page.paths(site)
    ]


def page_named(name: str) -> RegisteredPage:
    """Return the page of a name; raises ``LookupError`` for an unknown one."""
    page = find_page(f"page.{name}")
    if page is None:
        raise LookupError(name)
    return page


def find_page(endpoint: str) -> RegisteredPage | None:
    """Return the page of an endpoint of Flask, or None."""
    return next((page for page in registered_pages() if page.endpoint == endpoint), None)


def _read(entry: Mapping[str, Any]) -> RegisteredPage:
    return RegisteredPage(**{name: entry[name] for name in _KEYWORDS & entry.keys()})
