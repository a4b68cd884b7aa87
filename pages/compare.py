"""The city beside others: published values of an indicator or of all, for some cities or all."""

from __future__ import annotations

from collections.abc import Sequence

from dash import html, register_page
from dash.development.base_component import Component

from components import urls
from components.comparison import Beside, comparison, key
from components.comparison_form import comparison_form
from components.document import Page
from components.observation_table import References
from components.texts import text
from data.city_values import SideBySide, cities_with_values, side_by_side
from data.models import Indicator, Language
from pages.registry import HEADER
from pages.requests import NoSuchThing, Parameter, name_of_thing
from pages.site import Site, current_site
from pages.structured_data import breadcrumbs

# The tables that this page is made of.
_TABLES = ("observations", "cities", "indicators", "sources")


def layout(language: Language, kpi: str = "", city: tuple[str, ...] = ()) -> Page:
    """Return one choice; raises ``NoSuchThing`` for an unknown indicator or city."""
    site = current_site()
    offered = [one for one in cities_with_values(site.edition) if one != site.city]
    if not set(city) <= set(offered):
        raise NoSuchThing
    asked = _indicator(site, kpi) if kpi else None
    # Also those that no number is known of, so that what their reports leave out is told.
    everything = side_by_side(site.edition, site.city, site.edition.cities)
    chosen = side_by_side(site.edition, site.city, city) if city else everything
    shown = [row for row in chosen if _is_shown(row, asked, site.city)]
    words = site.city_words(language)
    references = References(site.edition.sources, language, "source")
    beside = Beside(
        site.edition.cities, site.city, words, references, language, asked is not None, city
    )
    main = html.Div(
        [
            _opening(asked, len(offered), words, language),
            _form(site, everything, offered, kpi, city, language),
            *_found(shown, asked, beside),
            _reading(words, language),
            *_sources(references, language),
            _files(site, language),
        ],
        className="page compare",
    )
    path = urls.page(language, "compare", kpi=kpi, city=city or "")
    title = _title(asked, words, language)
    described = "compare_description" if asked is None else "compare_one_description"
    name = asked.title[language] if asked else ""
    steps = [(text("compare_title", language, **words), "compare/")]
    steps += [(name, f"compare/?kpi={kpi}")] if asked else []
    return Page(
        title=title,
        description=text(described, language, name=name, **words),
        path=path.removeprefix(f"/{language}/"),
        main=main,
        section="compare",
        scripts=("swap.js",),
        structured=(breadcrumbs(site, language, steps),),
    )


def _indicator(site: Site, slug: str) -> Indicator:
    for indicator in site.edition.indicators:
        if indicator.slug == slug:
            return indicator
    raise NoSuchThing(slug)


def _is_shown(row: SideBySide, asked: Indicator | None, own: str) -> bool:
    """The chosen indicator in any case; without a choice, what another city has a number for."""
    if asked is not None:
        return row.indicator is asked
    return any(observation.city != own for observation in row.observations)


def _title(asked: Indicator | None, words: dict[str, str], language: Language) -> str:
    if asked is None:
        return text("compare_title", language, **words)
    return text("compare_one_title", language, name=asked.title[language], **words)


def _opening(
    asked: Indicator | None, cities: int, words: dict[str, str], language: Language
) -> html.Div:
    lead = text("compare_lead", language, n=cities, **words)
    return html.Div(
        [html.H1(_title(asked, words, language)), html.P(lead, className="lead")],
        className="opening",
    )


def _form(
    site: Site,
    everything: Sequence[SideBySide],
    offered: Sequence[str],
    kpi: str,
    city: tuple[str, ...],
    language: Language,
) -> Component:
    groups: dict[str, list[tuple[str, str]]] = {}
    for row in everything:
        indicator = row.indicator
        if indicator.slug == kpi or _is_shown(row, None, site.city):
            group = text(f"dimension_{indicator.dimension}", language)
            groups.setdefault(group, []).append((indicator.slug, indicator.title[language]))
    names = [(one, site.edition.cities[one].name[language]) for one in offered]
    return comparison_form(groups, names, kpi, city, language)


def _found(shown: Sequence[SideBySide], asked: Indicator | None, beside: Beside) -> list[Component]:
    """The comparisons under their dimensions, and how many there are."""
    language = beside.language
    parts: list[Component] = []
    if asked is None:
        count = text("compare_count", language, n=len(shown))
        parts.append(html.P(count, className="finding", role="status"))
    elif not any(observation.city != beside.own for observation in shown[0].observations):
        parts.append(html.P(text("compare_none", language), className="finding", role="status"))
    warning = text("compare_no_ranking", language, **beside.own_words)
    parts += [html.P(warning, className="reading"), key(beside.own_words["city"], language)]
    for dimension in dict.fromkeys(row.indicator.dimension for row in shown):
        members = [row for row in shown if row.indicator.dimension == dimension]
        parts.append(
            html.Section(
                [
                    html.H2(text(f"dimension_{dimension}", language)),
                    *(comparison(row, beside) for row in members),
                ]
            )
        )
    if asked is not None:
        way = html.A(text("compare_reset", language), href=urls.page(language, "compare"))
        parts.append(html.P(way))
    return parts


def _reading(words: dict[str, str], language: Language) -> html.Section:
    told = ("compare_which", "compare_drawn")
    return html.Section(
        [
            html.H2(text("compare_reading", language)),
            html.Ul([html.Li(text(one, language, **words)) for one in told], className="reading"),
        ]
    )


def _sources(references: References, language: Language) -> list[Component]:
    if not references.remarks:
        return []
    return [html.Section([html.H2(text("compare_sources", language)), references.listed()])]


def _files(site: Site, language: Language) -> html.Section:
    links = [
        html.Li(html.A(f"{one}.csv", href=urls.table_file(site.edition.version, one)))
        for one in _TABLES
    ]
    return html.Section(
        [
            html.H2(text("compare_files", language)),
            html.P(text("compare_files_words", language)),
            html.Ul(links, className="forms"),
        ]
    )


register_page(
    __name__,
    name="compare",
    path_template="/<language>/compare/",
    layout=layout,
    order=4,
    navigation=(HEADER,),
    parameters=(
        Parameter("kpi", name_of_thing),
        Parameter("city", name_of_thing, repeats=True),
    ),
)
