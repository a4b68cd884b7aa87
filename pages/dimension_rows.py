"""The rows of a dimension: in an order that a reader chooses, and ways to take them."""

from collections.abc import Sequence
from functools import partial
from urllib.parse import urlencode

from dash import html
from dash.development.base_component import Component

from components import urls
from components.dimension_overview import marks_fold, of_dimension, scale_key
from components.indicator_rows import ORDERS, Links, Order, indicator_rows, ordered, unrated_fold
from components.markup import current, hyphened
from components.texts import text
from data.models import Language
from data.scores import Fulfilment
from pages.embeds.choice import share_page
from pages.selection import Selection
from pages.site import Site

ROWS = "dimension-rows"


def dimension_rows(
    site: Site, language: Language, key: str, selection: Selection, sort: Order
) -> list[Component]:
    """Return what depends on the selection below the form: rows, key and ways to take them."""
    members = of_dimension(selection.fulfilment(site), key)
    slug, links = urls.DIMENSION_SLUGS[key], selection.links(site)
    address = partial(urls.indicator, language, **links)
    unrated = unrated_fold(members.indicators, language, address)
    return [
        _orders(language, key, selection, sort),
        scale_key(members.recent_from, language),
        *_sorted_rows(members, sort, language, address),
        *([] if unrated is None else [unrated]),
        marks_fold(site.edition, members, key, language),
        html.P(
            [
                html.A(text("explore_this", language), href=_explored(language, key, selection)),
                html.A(text("tools_csv", language), href=_csv(site, key, selection)),
                html.A(text("share", language), href=share_page(language, slug, **links)),
            ],
            className="tools",
        ),
    ]


def _explored(language: Language, key: str, selection: Selection) -> str:
    query = selection.query()
    query.pop("since", None)  # The page of exploration filters by age instead.
    return urls.explore(language, dimension=urls.DIMENSION_SLUGS[key], **query)


def _csv(site: Site, key: str, selection: Selection) -> str:
    """Return the path of the scores of a dimension as CSV: from the API, or of a frozen edition."""
    if selection.edition:
        return urls.table_file(selection.edition, "fulfilment")
    query = {**selection.query(), "dimension": key, "city": site.city, "format": "csv"}
    return f"/api/v1/fulfilment?{urlencode(query)}"


def _orders(language: Language, key: str, selection: Selection, sort: Order) -> html.Nav:
    items = [
        html.Li(
            html.A(
                text(f"sort_{order}", language),
                href=urls.dimension(language, key, **selection.query(), **order_query(order))
                + f"#{ROWS}",
                **current("true" if order == sort else ""),
            )
        )
        for order in ORDERS
    ]
    label = html.Span(text("sort_label", language), id="order")
    return html.Nav(
        [label, html.Ul(items)], className="orders", **hyphened(aria_labelledby="order")
    )


def order_query(sort: Order) -> dict[str, str]:
    """Return the parameter of an order; none of the usual one."""
    return {} if sort == ORDERS[0] else {"sort": sort}


def _sorted_rows(
    members: Fulfilment, sort: Order, language: Language, links: Links
) -> list[Component]:
    """Return the rows: under a heading per category, or in one list in another order."""
    if sort != "topic":
        scores = ordered(members.indicators, sort, language)
        return [indicator_rows(scores, language, members.recent_from, links)]
    parts: list[Component] = []
    titles: list[str] = []
    for group in members.categories():
        valued = [score for score in group.indicators if score.has_value]
        if valued:
            titles.append((group.label or group.title)[language])
            parts.append(
                html.H2(group.title[language], className="topic", id=f"topic-{len(titles)}")
            )
            scores = ordered(valued, "distance", language)
            parts.append(indicator_rows(scores, language, members.recent_from, links))
    return [_chips(titles, language), *parts]


def _chips(titles: Sequence[str], language: Language) -> html.Nav:
    items = [
        html.Li(html.A(title, href=f"#topic-{place}")) for place, title in enumerate(titles, 1)
    ]
    label = hyphened(aria_label=text("sort_topics", language))
    return html.Nav(html.Ul(items), className="topic-chips", **label)
