"""Which pages there are: each page module registers its address, parameters and layout."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from dash import Dash

from components.document import Page
from pages.requests import Parameter

Layout = Callable[..., Page]


@dataclass(frozen=True, slots=True)
class Registered:
    """One page: ``rule`` is its Flask address below the language, without leading slash.

    ``layout(site, language, **parts, **parameters)`` is a pure function of the address.
    ``explores`` says that the part with the id ``explore`` is taken over by Dash when the
    reader first acts on it; ``callbacks`` then adds the page's callbacks to the app.

    ``follows(site, language, **parts)`` names the state of what the page shows beside the
    edition: as long as the name stays the same, the document is kept. A ``personal`` page is
    made anew for each request and kept nowhere; ``headers`` go with every answer.
    """

    name: str
    rule: str
    layout: Layout
    parameters: tuple[Parameter, ...] = ()
    explores: bool = False
    callbacks: Callable[[Dash], None] | None = None
    follows: Callable[..., str] | None = None
    personal: bool = False
    headers: Mapping[str, str] = field(default_factory=dict)


class Elsewhere(Exception):
    """What was asked for stands at another address of this site at the moment."""

    def __init__(self, address: str) -> None:
        super().__init__(address)
        self.address = address


class Refused(Exception):
    """A layout cannot do what was asked; carries the page that says so, and its status.

    ``retry_after`` are the seconds after which to try again, 0 where that does not help.
    """

    def __init__(self, page: Page, status: int, retry_after: int = 0) -> None:
        super().__init__(page.title)
        self.page = page
        self.status = status
        self.retry_after = retry_after


REGISTRY: dict[str, Registered] = {}


def register(page: Registered) -> None:
    """Add a page; its name must be new."""
    if page.name in REGISTRY:
        raise ValueError(f"a page named {page.name} is registered already")
    REGISTRY[page.name] = page
