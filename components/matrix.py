"""Every indicator as a tile under its category: the wheel's plain twin for small screens."""

from __future__ import annotations

from dash import html

from components import urls
from components.bands import class_of, mark
from components.texts import text
from components.wheel import sector_title
from data.fulfilment import Fulfilment, IndicatorScore
from data.models import Language


def indicator_matrix(fulfilment: Fulfilment, dimension: str, language: Language) -> html.Details:
    """The categories of one dimension and a tile per indicator, folded until asked for."""
    groups = fulfilment.categories(dimension)
    rows = [
        html.Li(
            [
                html.H4(group.name[language]),
                html.Ul([_tile(one, language) for one in group.indicators]),
            ]
        )
        for group in groups
    ]
    count = sum(len(group.indicators) for group in groups)
    summary = html.Summary(text("matrix_title", language, n=count))
    return html.Details([summary, html.Ul(rows)], className="matrix")


def _tile(one: IndicatorScore, language: Language) -> html.Li:
    return html.Li(
        html.A(
            [
                mark(class_of(one)),
                html.Span(sector_title(one, language), className="tile-words"),
            ],
            href=urls.indicator(language, one.indicator.slug),
        )
    )
