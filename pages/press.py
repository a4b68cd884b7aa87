"""The press kit of a chart in both languages: what an article says, to copy by one press."""

from typing import Any

from dash import html, register_page

from components import urls
from components.ages import choice_words, uncapitalised
from components.copying import copy_box, copy_heading
from components.dimension_overview import finding, of_dimension
from components.document import Page
from components.formats import titled
from components.markup import Markup, attribute, page_opening
from components.texts import text
from components.verdicts import verdict_of
from data.models import LANGUAGES, Language
from pages.chart import DIMENSIONS, OVERVIEWS, WHEEL, Chart, edition_words, file_of, page_of
from pages.embeds.choice import share_page
from pages.embeds.subject import picture_size
from pages.home import headline
from pages.pictures.charts import card_of
from pages.selection import PARAMETERS, selection_in, site_of
from pages.site import current_site
from pages.structured_data import breadcrumbs


def layout(language: Language, chart: str, **query: Any) -> Page:
    """Return the kits of a chart by its name, that in the page's language first.

    Year, yardsticks and edition are kept.

    Raises:
        NoSuchThing: there is no chart of this name.
        BadParameter: a year has no data, or the edition was never published.
    """
    site, selection = current_site(), selection_in(query)
    at = site_of(selection.edition)
    shown = Chart(at, language, chart, selection)
    asked = selection.query()
    title = text("press_title", language, name=shown.sheet.title)
    others = [Chart(at, other, chart, selection) for other in LANGUAGES if other != language]
    back = page_of(language, chart, selection)
    main = html.Article(
        [
            page_opening(title, text("press_lead", language)),
            html.Div([_kit(kit) for kit in (shown, *others)], className="press-kit"),
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


def _kit(chart: Chart) -> html.Section:
    """The kit in the language of its chart: everything, then line by line, and the picture."""
    language, base_url = chart.language, chart.site.around.base_url
    asked = chart.selection.query()
    picture = urls.picture(language, file_of(chart.name), "png", **asked)
    parts = {part: words for part, words in _parts(chart, base_url + picture).items() if words}
    ids = {part: f"press-{language}-{part}" for part in parts}
    boxes = [
        copy_box(ids[part], text(f"press_{part}", language), words, language, prose=True)
        for part, words in parts.items()
    ]
    width, height = picture_size(chart, "whole")
    image = (
        f'<img src="{attribute(picture.removesuffix("png"))}svg" width="{width}" '
        f'height="{height}" alt="{attribute(chart.description)}">'
    )
    name, everything = text("language_name", language), text("press_all", language)
    heading = copy_heading(tuple(ids.values()), name, everything, language)
    return html.Section([heading, *boxes, Markup(image)], lang=language)


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
