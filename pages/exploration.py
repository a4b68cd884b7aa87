"""A reader's exploration of scores, as an address asks for it."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from components.explore.form import Explored, choices_made
from components.explore.views import Context
from components.texts import text
from data.citations import Cited
from data.exploration.filters import select
from data.exploration.selection import PARAMETERS as NAMES
from data.exploration.selection import Selection, read_selection
from data.models import Language
from pages.open_data.reuse import cited_edition
from pages.requests import Parameter
from pages.site import Site

# Nothing that these say is refused: what means nothing is named on the page.
PARAMETERS = tuple(Parameter(name, str, repeats=True) for name in (*NAMES, "q", "rows"))
_MOST_FOUND = 12


def explored_at(site: Site, language: Language, query: Mapping[str, Any]) -> Explored:
    """Return what the parameters of an address select."""
    selection = selection_at(site, query)
    before = next(
        (edition for edition in site.editions if edition.version == selection.before), None
    )
    return Explored(site.editions, select(site.edition, selection, before), language)


def selection_at(site: Site, query: Mapping[str, Any]) -> Selection:
    """Return the choices in the parameters of an address, without looking for their rows."""
    versions = [edition.version for edition in site.editions[:-1]]
    asked = {name: value for name, value in query.items() if name in NAMES}
    selection = read_selection(asked, site.edition, site.city, versions)
    if words := " ".join(query.get("q", ())).strip()[:100]:
        selection = _searched(site, selection, words)
    return selection


def _searched(site: Site, selection: Selection, words: str) -> Selection:
    """Return the selection with the indicators that a search finds; a typing error is mended."""
    found = site.search.find(words) or site.search.find(site.search.correct(words) or words)
    if not found:
        return replace(selection, ignored=(*selection.ignored, words))
    codes = {*selection.indicators, *(indicator.code for indicator in found[:_MOST_FOUND])}
    ordered = (indicator.code for indicator in site.edition.indicators)
    return replace(selection, indicators=tuple(code for code in ordered if code in codes))


def cited_view(site: Site, explored: Explored) -> Cited:
    """Return the citation of what is shown, read today."""
    language, chart = explored.language, explored.selection.chart
    name = text(f"explore_view_{chart.replace('-', '_')}", language)
    whole = cited_edition(site, site.edition, language)
    return replace(
        whole,
        key=f"explored-{chart}-{site.edition.version}",
        title=f"{whole.title}: {name}",
        address=site.around.base_url + explored.url(),
    )


def context_of_view(site: Site, explored: Explored, *, narrow: bool = False) -> Context:
    """Return what views read beside the rows; a press on an indicator highlights it."""
    return Context(
        tuple(explored.editions),
        explored.language,
        site.city_words(explored.language),
        lambda indicator: explored.url(replace(explored.selection, highlighted=indicator.code)),
        narrow,
    )


def choice_of(explored: Explored) -> str:
    """Return what a reader chose, in words; empty without a choice."""
    return "; ".join(words for words, _ in choices_made(explored))
