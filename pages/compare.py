"""The city beside others: published values of an indicator or of all, for some cities or all."""

from collections.abc import Sequence

from dash import html, register_page
from dash.development.base_component import Component

from components import urls
from components.comparison import Beside, comparison, key
from components.comparison_form import ALL, comparison_form
from components.document import Page
from components.formats import listing, period, quantity
from components.markup import folded, page_opening
from components.observation_table import unit_of_label
from components.references import References
from components.texts import text
from data.city_values import SideBySide, cities_with_values, side_by_side
from data.exploration.selection import MOST_CITIES
from data.models import Indicator, Language
from pages.embeds.choice import share_page
from pages.exploration import explored_at
from pages.explored_chart import name_of
from pages.registry import HEADER
from pages.requests import NoSuchThing, Parameter, name_of_thing
from pages.site import Site, current_site
from pages.structured_data import breadcrumbs

# The tables that this page is made of.
_TABLES = ("observations", "cities", "indicators", "sources")


def layout(language: Language, kpi: str = "", city: tuple[str, ...] = ()) -> Page:
    """Return one choice; raises ``NoSuchThing`` for an unknown indicator or city."""
    site = current_site()
    offered = [city_id for city_id in cities_with_values(site.edition) if city_id != site.city]
    if not set(city) <= set(offered):
        raise NoSuchThing
    # Also those that no number is known of, so that what their reports leave out is told.
    everything = side_by_side(site.edition, site.city, site.edition.cities)
    indicator = None if kpi in ("", ALL) else _indicator(site, kpi)
    compared = None if kpi == ALL else indicator or _default(everything)
    words = site.city_words(language)
    slug = compared.slug if compared else ALL
    main = html.Div(
        [
            _opening(indicator, len(offered), words, language),
            _form(site, everything, offered, slug, city, language),
            *(
                _every(site, everything, city, language)
                if compared is None
                else _one(site, compared, city, language)
            ),
            _reading(words, language),
            _files(site, language),
        ],
        className="page compare",
    )
    path = urls.page(language, "compare", kpi=kpi, city=city or "")
    title = _title(indicator, words, language)
    described = "compare_description" if indicator is None else "compare_one_description"
    name = indicator.title[language] if indicator else ""
    steps = [(text("compare_title", language, **words), "compare/")]
    steps += [(name, f"compare/?kpi={kpi}")] if indicator else []
    return Page(
        title=title,
        description=text(described, language, name=name, **words),
        path=path.removeprefix(f"/{language}/"),
        main=main,
        section="compare",
        figures=() if compared is None else _figures(site, compared, city, language),
        scripts=("swap.js",),
        structured=(breadcrumbs(site, language, steps),),
    )


def _default(everything: Sequence[SideBySide]) -> Indicator | None:
    """Return the indicator that most cities share a scale of, the first of equals."""

    def cities(row: SideBySide) -> int:
        scales = row.scales()
        return len({value.city for scale in scales for value in scale.observations})

    best = max(everything, key=cities)
    return best.indicator if cities(best) else None


def _indicator(site: Site, slug: str) -> Indicator:
    for indicator in site.edition.indicators:
        if indicator.slug == slug:
            return indicator
    raise NoSuchThing(slug)


def _has_others(row: SideBySide, own: str) -> bool:
    return any(observation.city != own for observation in row.observations)


def _title(indicator: Indicator | None, words: dict[str, str], language: Language) -> str:
    if indicator is None:
        return text("compare_title", language, **words)
    return text("compare_one_title", language, name=indicator.title[language], **words)


def _opening(
    indicator: Indicator | None, cities: int, words: dict[str, str], language: Language
) -> html.Div:
    lead = text("compare_lead", language, n=cities, **words)
    return page_opening(_title(indicator, words, language), lead)


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
        if indicator.slug == kpi or _has_others(row, site.city):
            group = text(f"dimension_{indicator.dimension}", language)
            groups.setdefault(group, []).append((indicator.slug, indicator.title[language]))
    names = [(city_id, site.edition.cities[city_id].name[language]) for city_id in offered]
    return comparison_form(groups, names, kpi, city, language)


def _one(
    site: Site, indicator: Indicator, city: tuple[str, ...], language: Language
) -> list[Component]:
    cities = city or tuple(site.edition.cities)
    (row,) = (
        row for row in side_by_side(site.edition, site.city, cities) if row.indicator is indicator
    )
    fulfilment, words = site.fulfilment(), site.city_words(language)
    (score,) = (score for score in fulfilment.indicators if score.indicator is indicator)
    beside = Beside(
        site.edition.cities,
        site.city,
        words,
        References(site.edition.sources, language, "source"),
        language,
        fulfilment.recent_from,
        {part.label: part for part in score.scores},
        city,
    )
    count = len({observation.city for observation in row.observations} - {site.city})
    status = text("compare_shown", language, n=count) if count else text("compare_none", language)
    every = urls.page(language, "compare", kpi=ALL, city=city or "")
    other_cities = [city for city in cities if city != site.city][:MOST_CITIES]
    view = {"view": ("cities",), "kpi": (indicator.slug,), "city": other_cities}
    explored = explored_at(site, language, view)
    share = share_page(language, name_of(explored))
    return [
        html.P(status, className="finding", role="status"),
        comparison(row, beside),
        key(words["city"], language),
        html.P(text("compare_no_ranking", language, **words), className="reading"),
        html.P(html.A(text("compare_every", language), href=every)),
        html.P(html.A(text("explore_this", language), href=explored.url())),
        html.P(html.A(text("share", language), href=share)),
    ]


def _figures(
    site: Site, indicator: Indicator, city: tuple[str, ...], language: Language
) -> tuple[tuple[str, str], ...]:
    """Return the newest number of each city, those on a common scale alone where there is one."""
    rows = side_by_side(site.edition, site.city, city or tuple(site.edition.cities))
    (row,) = (row for row in rows if row.indicator is indicator)
    scales = row.scales()
    newest = {
        observation.city: observation
        for observation in sorted(
            scales[0].observations if scales else row.observations,
            key=lambda observation: observation.year or 0,
        )
        if observation.value is not None
    }
    return tuple(
        (
            quantity(observation.value, unit_of_label(indicator, observation.data_point), language),
            f"{site.edition.cities[name].name[language]}, {period(observation.period, language)}",
        )
        for name in site.edition.cities
        if (observation := newest.get(name)) is not None and observation.value is not None
    )


def _every(
    site: Site, everything: Sequence[SideBySide], city: tuple[str, ...], language: Language
) -> list[Component]:
    """Link the comparison of each indicator that the cities have a number for."""
    chosen = side_by_side(site.edition, site.city, city) if city else everything
    rows = [row for row in chosen if _has_others(row, site.city)]
    count = text("compare_count", language, n=len(rows))
    parts: list[Component] = [html.P(count, className="finding", role="status")]
    for dimension in dict.fromkeys(row.indicator.dimension for row in rows):
        links = []
        for row in rows:
            if row.indicator.dimension == dimension:
                slug, name = row.indicator.slug, row.indicator.title[language]
                other_cities = {observation.city for observation in row.observations} - {site.city}
                names = [site.edition.cities[city].name[language] for city in other_cities]
                href = urls.page(language, "compare", kpi=slug, city=city or "")
                words = listing(sorted(names), language)
                links.append(html.Li([html.A(name, href=href), html.Small(f" {words}")]))
        parts += [
            html.H2(text(f"dimension_{dimension}", language)),
            html.Ul(links, className="every"),
        ]
    return parts


def _reading(words: dict[str, str], language: Language) -> html.Details:
    rules = [html.Li(text(key, language, **words)) for key in ("compare_which", "compare_drawn")]
    summary = html.Summary(text("compare_reading", language))
    return html.Details([summary, html.Ul(rules, className="reading")], className="fold")


def _files(site: Site, language: Language) -> html.Details:
    links = [
        html.Li(html.A(f"{table}.csv", href=urls.table_file(site.edition.version, table)))
        for table in _TABLES
    ]
    return folded(
        text("compare_files", language),
        html.P(text("compare_files_words", language)),
        html.Ul(links, className="forms"),
        className="fold",
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
