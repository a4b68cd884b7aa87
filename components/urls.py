"""URLs of the site, built in one place; docs/addresses.md is the contract."""

from collections.abc import Mapping
from urllib.parse import quote, urlencode

from data.models import Language

DIMENSION_SLUGS: Mapping[str, str] = {
    "economy": "economy",
    "environment": "environment",
    "society_culture": "society-culture",
}

QUIZ_CARD = "quiz/card.png"  # Its path below the language.
EXPLORED = "explore"
QUIZ_STATISTICS = "quiz/statistics"  # In paths of pages, of pictures and of embeds.
# The parameters of a picture as segments of its path, in the order of the one address it has.
PICTURE_SEGMENTS: Mapping[str, str] = {
    "edition": "edition-{}",
    "as_of": "year-{}",
    "since": "since-{}",
    "yardstick": "yardstick-{}",
    "size": "{}",
    "theme": "{}",
    "width": "width-{}",
}
_USUAL = (None, "", "common", "light")  # What the path of a picture does not say.


def page(language: Language, *segments: str, **query: object) -> str:
    """Return the path of a page, without origin; empty query values are left out.

    >>> page("en", "kpi", q="water")
    '/en/kpi/?q=water'
    """
    path = "/".join(("", language, *segments, ""))
    parameters = {name: value for name, value in query.items() if value not in (None, "")}
    return f"{path}?{urlencode(parameters, doseq=True)}" if parameters else path


def embed_quiz(language: Language, question_id: str = "") -> str:
    """Return the path of the page with the codes of a question of the quiz, or of its start."""
    return page(language, "embed", chart=quiz_chart(question_id))


def quiz_chart(question_id: str = "") -> str:
    """Return the name of a question in the URLs of embeds; that of the quiz's start without one."""
    return f"quiz/{question_id}" if question_id else "quiz"


def is_of_quiz(chart: str) -> bool:
    """Return whether a name in the URLs of embeds is one of the quiz's."""
    return chart.partition("/")[0] == quiz_chart()


def is_explored(chart: str) -> bool:
    """Return whether a name in the URLs of embeds is that of a view of Explore."""
    return chart.partition("/")[0] == EXPLORED


def home(language: Language, **query: object) -> str:
    """Return the path of the page with the wheel."""
    return page(language, **query)


def dimension(language: Language, key: str, **query: object) -> str:
    """Return the path of the page of a dimension, given by its key in the tables."""
    return page(language, DIMENSION_SLUGS[key], **query)


def indicator(language: Language, slug: str, **query: object) -> str:
    """Return the path of the page of an indicator."""
    return page(language, "kpi", slug, **query)


def picture(language: Language, name: str, form: str, **selection: object) -> str:
    """Return the path of a chart's picture; ``name`` is its own path below the language.

    >>> picture("en", "kpi/ec-p-em-1c", "png", width=2400, as_of=2018)
    '/en/kpi/ec-p-em-1c/year-2018/width-2400.png'
    """
    segments = []
    for parameter, segment in PICTURE_SEGMENTS.items():
        if (value := selection.get(parameter)) not in _USUAL:
            segments.append(segment.format(value))
    return "/".join(("", language, quote(name, safe="/,"), *segments)) + f".{form}"


def explore(language: Language, **query: object) -> str:
    """Return the path of the page that explores scores."""
    return page(language, EXPLORED, **query)


def manifest(language: Language) -> str:
    """Return the path of the web manifest."""
    return f"/{language}/site.webmanifest"


def indicator_file(language: Language, slug: str, extension: str) -> str:
    """Return the path of a file of an indicator: its page's with an extension."""
    return f"/{language}/kpi/{slug}.{extension}"


def value(language: Language, value_id: str) -> str:
    """Return the path of the page of one published value."""
    return page(language, "value", value_id)


def own_goals(language: Language) -> str:
    """Return the path of the page of the goals that the city set itself."""
    return page(language, "own-goals")


def factsheet(language: Language) -> str:
    """Return the path of the printable sheet about the city."""
    return f"/{language}/factsheet.pdf"


def data(language: Language) -> str:
    """Return the path of the page of all downloads."""
    return page(language, "data")


def data_table(language: Language, table: str) -> str:
    """Return the path of the page that documents a published table."""
    return page(language, "data", table)


def data_edition(language: Language, version: str) -> str:
    """Return the path of the page of one edition."""
    return page(language, "data", version)


def table_file(edition: str, table: str, extension: str = "csv") -> str:
    """Return the path of a published table of an edition."""
    return f"/data/{edition}/{table}.{extension}"
