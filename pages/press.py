"""The press kit of a chart: what an article says of it, each line to copy by one press."""

from __future__ import annotations

from typing import Any

from dash import html, register_page

from components import urls
from components.ages import choice_words, uncapitalised
from components.copying import copy_box
from components.dimension_overview import finding, of_dimension
from components.document import Page
from components.formats import titled
from components.markup import Markup, attribute
from components.texts import text
from components.verdicts import verdict_of
from data.models import Language
from pages.chart import DIMENSIONS, OVERVIEWS, WHEEL, Chart, edition_words, file_of, page_of
from pages.embeds.choice import share_page
from pages.embeds.subject import picture_size
from pages.home import headline
from pages.pictures.charts import card_of
from pages.selection import PARAMETERS, selection_in, site_of
from pages.site import current_site
from pages.structured_data import breadcrumbs


def layout(language: Language, chart: str, **query: Any) -> Page:
    """Return the kit of a chart by its name; year, yardsticks and edition are kept.

    Raises:
        NoSuchThing: there is no chart of this name.
        BadParameter: a year has no data, or the edition was never published.
    """
    site, selection = current_site(), selection_in(query)
    shown = Chart(site_of(selection.edition), language, chart, selection)
    asked = selection.query()
    title = text("press_title", language, name=shown.sheet.title)
    picture = urls.picture(language, file_of(chart), "png", **asked)
    boxes = [
        copy_box(f"press-{part}", text(f"press_{part}", language), words, language, prose=True)
        for part, words in _parts(shown, site.around.base_url + picture).items()
        if words
    ]
    width, height = picture_size(shown, "whole")
    image = (
        f'<img src="{attribute(picture.removesuffix("png"))}svg" width="{width}" '
        f'height="{height}" alt="{attribute(shown.description)}">'
    )
    back = page_of(language, chart, selection)
    main = html.Article(
        [
            html.Div(
                [html.H1(title), html.P(text("press_lead", language), className="lead")],
                className="opening",
            ),
            html.Div([html.Div(boxes), Markup(image)], className="press-kit"),
            html.P(
                [
                    html.A(text("share", language), href=share_page(language, chart, **asked)),
                    " · ",
                    html.A(titled(shown.sheet.title, site.name(language), language), href=back),
                ]
            ),
        ],
        className="page wide",
    )
    path = urls.page(language, "press", chart, **asked).removeprefix(f"/{language}/")
    return Page(
        title=title,
        description=shown.finding,
        path=path,
        main=main,
        section="embed_code",
        scripts=("copy.js",),
        picture=card_of(chart, selection),
        indexable=False,
        marked=False,
        structured=(breadcrumbs(site, language, ((title, path),)),),
    )


def _parts(chart: Chart, picture: str) -> dict[str, str]:
    """Return the lines of a kit by their names; empty where there is nothing to say."""
    language = chart.language
    page = chart.site.around.base_url + page_of(language, chart.name, chart.selection)
    of_indicator = chart.name not in OVERVIEWS
    return {
        "headline": _headline(chart),
        "sentences": chart.finding,
        "meaning": chart.score.indicator.plain_definition[language] if of_indicator else "",
        "picture": picture,
        "source": " ".join(chart.imprint.sources),
        "credit": text(
            "press_credit_line",
            language,
            site=chart.imprint.site_name,
            address=page,
            edition=edition_words(chart.site, language),
        ),
        "alternative": chart.description,
    }


def _headline(chart: Chart) -> str:
    """Name, city, value and year, and the verdict of the only rated value, as one phrase."""
    fulfilment, language = chart.fulfilment, chart.language
    choice = choice_words(fulfilment, language)
    if chart.name in OVERVIEWS:
        if chart.name == WHEEL:
            words = headline(chart.site, fulfilment, language)
        else:
            first, *_ = finding(of_dimension(fulfilment, DIMENSIONS[chart.name]), language)
            words = f"{chart.sheet.title}: {uncapitalised(first.rstrip('.'))}"
        return f"{choice}: {words}" if choice else words
    rated = chart.score.scored
    if not chart.score.has_value:
        return chart.finding.rstrip(".")
    if len(rated) != 1 or len(chart.score.scores) > 1:
        return chart.shared_title
    words = verdict_of(rated[0], language).words
    return text("press_headline_line", language, title=chart.shared_title, words=words)


register_page(
    __name__,
    name="press",
    path_template="/<language>/press/<chart>/",
    converters={"chart": "slug"},
    layout=layout,
    order=14,
    parameters=PARAMETERS,
    variants=lambda _site: (),
)
