"""The Share panel: say where a chart is wanted, copy what that place takes, see it there."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict

from dash import html, register_page
from dash.development.base_component import Component

from components import urls
from components.document import Page
from components.embeds.form import (
    Options,
    chart_choices,
    preview,
    question,
    share_code,
    share_form,
)
from components.embeds.page import FRAME_THEMES
from components.markup import page_opening
from components.texts import text
from data.models import LANGUAGES, Edition, Language
from data.yardsticks import COMMON, VIEWS
from pages.chart import is_group
from pages.editions import Editions
from pages.embeds.choice import (
    PARAMETERS,
    PLACES,
    SIZES,
    UNTITLED,
    EmbedChoice,
    chart_names,
    found_charts,
    places_of,
    read_choice,
    years_of,
)
from pages.embeds.subject import embedding
from pages.faults import possible_values
from pages.list_choice import is_list
from pages.pictures.charts import card_of
from pages.registry import FOOTER, Rejected
from pages.site import Site, current_site
from pages.structured_data import breadcrumbs

# Where a field changes the code; those that are not here do so everywhere.
_FIELD_PLACES = {
    "theme": tuple(place for place in PLACES if place not in ("newsletter", "message")),
    "size": ("frame", "figure", "picture"),
    "title": ("address", "frame", "figure"),
}


def layout(language: Language, **query: str) -> Page:
    """Return the form with its codes for one choice.

    Raises:
        Rejected: part of the address means nothing; its page says which and keeps the rest.
    """
    editions = Editions(current_site())
    choice, bad = read_choice(editions, language, query)
    page = _page(editions, language, choice, bad)
    if bad:
        raise Rejected(page, 400)
    return page


def _page(
    editions: Editions, language: Language, choice: EmbedChoice, bad: tuple[str, ...]
) -> Page:
    newest, site = editions.newest, editions.at(choice.edition or None)
    names = chart_names(site, language, choice.chart)
    found = found_charts(site, names, choice.q)
    if found and choice.chart not in found:
        choice = choice.at(next(iter(found)))
    title, lead = text("share_title", language), text("share_lead", language)
    opening = page_opening(title, lead, id="share")
    base_url = newest.around.base_url
    shared = embedding(site, newest, language, choice, base_url)
    of_quiz, explored = urls.is_of_quiz(choice.chart), urls.is_explored(choice.chart)
    kept = choice.selection.query()
    press = (
        ""
        if of_quiz or explored or is_list(choice.chart)
        else urls.page(language, "press", choice.chart, **kept)
    )
    code = share_code(shared, choice.place, names[choice.chart], language, base_url, press)
    choices = chart_choices(
        _groups(site, language, found or names),
        _fields(site, newest.editions, language, choice),
        {**asdict(choice), "lang": choice.language_in(language)},
        _matched(language, choice, found),
        language,
    )
    asked = question(places_of(choice.chart), choice.place, language)
    form = share_form(urls.page(language, "embed"), asked, code, choices)
    shown = preview(shared, choice.place, language, base_url)
    columns = html.Div([form, shown], className="embed-columns")
    return Page(
        title=title,
        description=lead,
        path=urls.page(language, "embed", **choice.query()).removeprefix(f"/{language}/"),
        main=html.Div([opening, _problem(site, language, bad), columns], className="page wide"),
        section="embed_code",
        scripts=("swap.js", "copy.js"),
        picture=_card(choice),
        indexable=not bad,
        marked=False,
        structured=(breadcrumbs(newest, language, ((title, "embed/"),)),),
    )


def _card(choice: EmbedChoice) -> str:
    if urls.is_of_quiz(choice.chart) and choice.chart != urls.QUIZ_STATISTICS:
        return urls.QUIZ_CARD
    return card_of(choice.chart, None if urls.is_explored(choice.chart) else choice.selection)


def _matched(language: Language, choice: EmbedChoice, found: Mapping[str, str]) -> html.P:
    key = "embed_found" if found else "embed_found_none"
    matched = text(key, language, n=len(found), q=choice.q) if choice.q else ""
    return html.P(matched, id="embed-found", role="status", className="embed-found")


def _groups(site: Site, language: Language, shown: Mapping[str, str]) -> dict[str, Options]:
    """The charts under the names of their categories, the overviews first.

    Those without a value are marked, and last.
    """
    groups: dict[str, list[tuple[str, str]]] = {}
    overviews = text("embed_overviews", language)
    questions, views = text("embed_questions", language), text("explore_title", language)
    scores, unpublished = site.fulfilment().indicators, text("share_without_value", language)
    empty = {score.indicator.slug for score in scores if not score.has_value}
    categories = {
        indicator_score.indicator.slug: ": ".join(
            dict.fromkeys((group.sub_title[language], group.title[language]))
        )
        for group in site.fulfilment().categories()
        for indicator_score in group.indicators
    }
    for slug, name in sorted(shown.items(), key=lambda chart: chart[0] in empty):
        if slug in empty:
            marked = text("share_without_value_name", language, name=name)
            groups.setdefault(unpublished, []).append((slug, marked))
            continue
        other = questions if urls.is_of_quiz(slug) else overviews
        other = views if urls.is_explored(slug) else other
        groups.setdefault(categories.get(slug, other), []).append((slug, name))
    return dict(groups)


def _fields(
    site: Site, editions: Sequence[Edition], language: Language, choice: EmbedChoice
) -> dict[str, Options]:
    versions = [edition.version for edition in reversed(editions)]
    looks: dict[str, Options] = {
        "lang": [(spoken, text(f"embed_lang_{spoken}", language)) for spoken in LANGUAGES],
        "theme": [
            (theme, text(f"embed_theme_{theme}", language)) for theme in reversed(FRAME_THEMES)
        ],
        "size": [(size, text(f"embed_size_{size}", language, px=px)) for size, px in SIZES.items()],
    }
    fixed = urls.is_of_quiz(choice.chart) or urls.is_explored(choice.chart)
    of_chart = {} if fixed else _chart_fields(site, versions, language, choice)
    return {
        name: options
        for name, options in (of_chart | looks).items()
        if choice.place in _FIELD_PLACES.get(name, PLACES)
    }


def _chart_fields(
    site: Site, versions: Sequence[str], language: Language, choice: EmbedChoice
) -> dict[str, Options]:
    return {
        "as_of": [
            ("", text("embed_newest", language)),
            *(
                (str(year), text("embed_year", language, year=year))
                for year in years_of(site, choice)
            ),
        ],
        **_ages_and_views(site, language, choice),
        "edition": [
            ("", text("embed_live", language)),
            *((version, text("embed_frozen", language, version=version)) for version in versions),
        ],
        "title": [
            ("", text("embed_titled", language)),
            (UNTITLED, text("embed_untitled", language)),
        ],
    }


def _ages_and_views(site: Site, language: Language, choice: EmbedChoice) -> dict[str, Options]:
    """Offer recent values and other yardsticks where they may change the chart, or are chosen."""
    selection = choice.selection
    fulfilment = selection.fulfilment(site)
    fields: dict[str, Options] = {}
    overview = is_group(choice.chart)
    if overview or choice.since:
        years = sorted({fulfilment.recent_from, selection.since or fulfilment.recent_from})
        fields["since"] = [
            ("", text("embed_since_any", language)),
            *((str(year), text("choice_since", language, year=year)) for year in years),
        ]
    if overview or selection.yardstick != COMMON:
        fields["yardstick"] = [(view, text(f"view_{view}", language)) for view in VIEWS]
    return fields


def _problem(site: Site, language: Language, bad: tuple[str, ...]) -> Component | None:
    """List the parts of the URL that meant nothing, by the names of their fields."""
    if not bad:
        return None
    items = []
    for name in bad:
        label = text(f"embed_field_{name}", language)
        possible = possible_values(site, language, name)
        items.append(html.Li(f"{label}. {possible}" if possible else label))
    heading = html.H2(text("embed_problem", language), className="small")
    words = html.P(text("embed_problem_words", language))
    return html.Section(
        [heading, html.Ul(items), words],
        id="embed-problem",
        role="alert",
        className="embed-problem",
    )


register_page(
    __name__,
    name="embed",
    path_template="/<language>/embed/",
    layout=layout,
    order=14,
    navigation=(FOOTER,),
    parameters=PARAMETERS,
)
