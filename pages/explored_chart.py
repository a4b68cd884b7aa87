"""A view of scores as a chart: its name in addresses, its words, its picture.

A name has the choices of its page as segments: ``explore/view-cities/kpi-ec-p-em-1c``.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from components.ages import capitalised
from components.explore.form import Explored
from components.explore.views import VIEWS, Context, View, view_sheet, view_sources
from components.pictures.frame import Imprint, Sheet
from components.texts import text
from components.urls import EXPLORED
from data.citations import Cited
from data.exploration.selection import CHARTS
from data.exploration.selection import PARAMETERS as NAMES
from data.models import Language
from pages.chart import edition_words
from pages.exploration import choice_of, cited_view, context_of_view, explored_at
from pages.requests import BadParameter, NoSuchThing
from pages.site import Site

# The view that an address without choices shows comes first.
EVERY_VIEW = (EXPLORED, *(f"{EXPLORED}/view-{view}" for view in CHARTS[1:]))


def view_names(language: Language) -> dict[str, str]:
    """Return what the views without a choice are called, by their names in addresses."""
    return {name: _view_name(view, language) for name, view in zip(EVERY_VIEW, CHARTS, strict=True)}


def _view_name(view: str, language: Language) -> str:
    return text(f"explore_view_{view.replace('-', '_')}", language)


def choices_in(name: str) -> dict[str, tuple[str, ...]]:
    """Return the choices in the name of a view; raise ``NoSuchThing`` for a wrong name."""
    choices: dict[str, tuple[str, ...]] = {}
    for segment in name.split("/")[1:]:
        choice, _, value = segment.partition("-")
        if choice in choices or choice not in NAMES or not value:
            raise NoSuchThing(name)
        choices[choice] = (value,)
    return choices


def name_of(explored: Explored) -> str:
    """Return the name of what is shown, with its choices in the order of its page's address."""
    _, _, query = explored.url().partition("?")
    choices = (choice.replace("=", "-", 1) for choice in query.split("&") if choice)
    return "/".join((EXPLORED, *choices))


@dataclass(frozen=True)
class ExploredChart:
    """A view of ``site``'s scores, with what embeds and pictures of it share."""

    site: Site
    explored: Explored

    @classmethod
    def named(cls, site: Site, language: Language, name: str) -> ExploredChart:
        """Return the view of a name.

        Raises:
            NoSuchThing: a segment names no choice.
            BadParameter: the value of a choice means nothing.
        """
        chart = cls(site, explored_at(site, language, choices_in(name)))
        for wrong in chart.explored.selection.ignored:
            raise BadParameter(wrong.partition("=")[0])
        return chart

    @property
    def language(self) -> Language:
        """The language of its words."""
        return self.explored.language

    @property
    def view(self) -> View:
        """The kind of chart that draws the rows."""
        return VIEWS[self.explored.selection.chart]

    @cached_property
    def context(self) -> Context:
        """Editions, language and words that drawing reads beside the rows."""
        return context_of_view(self.site, self.explored)

    @cached_property
    def cited(self) -> Cited:
        """Its citation, with the address of its page."""
        return cited_view(self.site, self.explored)

    @property
    def choice(self) -> str:
        """The reader's choices in words; empty for the view without any."""
        return choice_of(self.explored)

    @property
    def label(self) -> str:
        """Its name among other charts: the view, and what was chosen."""
        name = _view_name(self.explored.selection.chart, self.language)
        return f"{name} ({self.choice})" if self.choice else name

    @property
    def title(self) -> str:
        """Its short title, above the view elsewhere."""
        view = self.explored.selection.chart.replace("-", "_")
        return text(
            f"explore_title_{view}", self.language, city=self.site.profile.name[self.language]
        )

    @cached_property
    def sheet(self) -> Sheet:
        """Words and drawings of its picture."""
        return view_sheet(self.view, self.explored.selected, self.context, self.title, self.choice)

    @property
    def sentence(self) -> str:
        """The finding with what a reader chose."""
        finding = self.sheet.sentence
        return f"{capitalised(self.choice)}. {finding}" if self.choice else finding

    @property
    def sources(self) -> tuple[str, ...]:
        """Publishers of the values shown, each once."""
        return view_sources(self.explored.selected, self.context)

    @property
    def imprint(self) -> Imprint:
        """Site, address, edition and sources of its picture."""
        return Imprint(
            site_name=self.site.name(self.language),
            address=self.cited.address.partition("://")[2],
            edition=edition_words(self.site, self.language),
            sources=self.sources,
        )
