"""All pages of the site, read once: the material of the contract tests."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from flask.testing import FlaskClient
from lxml.html import HtmlElement, document_fromstring

from data.editions import newest_folder
from data.models import LANGUAGES, Language
from tests.builders import table_rows

DIMENSIONS = ("economy", "environment", "society-culture")
PUBLISHED_TABLES = (
    "values",
    "scores",
    "indicators",
    "observations",
    "targets",
    "fulfilment",
    "sources",
    "cities",
    "data_points",
    "population",
    "gaps",
    "topics",
    "categories",
    "corrections",
)
WORDS = ("method", "about", "accessibility", "privacy", "own-goals")
WITHDRAWN = tuple(
    row["value_id"]
    for row in table_rows("corrections")
    if row["table_name"] == "observations" and not row["column_name"]
)
# Some values of every kind, and all that were withdrawn.
SAMPLES = (*(row["value_id"] for row in table_rows("observations")[::25]), *WITHDRAWN)
# One address of each kind, for what takes a browser and cannot be asked of all.
KINDS = (
    "",
    "economy/",
    "kpi/",
    "kpi/?q=no-such-indicator",
    "kpi/ec-p-em-1c/",
    "kpi/en-en-aq-1c/",
    "kpi/ec-ict-ws-1c/",
    "kpi/ec-ict-ict-3c/",
    "compare/",
    "compare/?kpi=sc-sh-si-3c",
    "explore/",
    "own-goals/",
    f"value/{WITHDRAWN[0]}/",
    "data/",
    "data/observations/",
    "data/gaps/",
    "data/sources/",
    f"data/{newest_folder().name}/",
    "method/",
    "about/",
    "nothing/",
    "?as_of=1066",
)
# The same and what is much like one of them, for what takes its time.
EVERY_KIND = (*KINDS, "embed/", "press/ec-p-em-1c/", "accessibility/", "privacy/", "quiz/")


@dataclass(frozen=True)
class Document:
    """One page as it was sent."""

    language: Language
    path: str
    status: int
    html: str = field(repr=False)

    @property
    def address(self) -> str:
        """Where it stands."""
        return f"/{self.language}/{self.path}"

    @cached_property
    def root(self) -> HtmlElement:
        """Its elements."""
        return document_fromstring(self.html)


def slug_of(code: str) -> str:
    """The rule of docs/addresses.md, written once more."""
    return code.lower().replace(": ", "-")


def paths() -> tuple[str, ...]:
    """Every page below a language that answers 200."""
    slugs = [f"kpi/{slug_of(row['code'])}/" for row in table_rows("indicators")]
    pages = [
        "",
        "economy/?as_of=2012",
        "kpi/",
        "kpi/?page=2",
        "kpi/?q=no-such-indicator",
        "?as_of=2012",
        "?as_of=2018&since=2014&yardstick=goals",
        "kpi/?evidence=statistics&since=2021",
        "data/",
        *(f"data/{table}/" for table in PUBLISHED_TABLES),
        f"data/{newest_folder().name}/",
        "compare/",
        "compare/?kpi=sc-sh-si-3c",
        "compare/?city=stavanger",
        "explore/",
        "explore/?dimension=economy&age=older&pick=ec-p-em-1c",
        "embed/",
        "press/wheel/",
        "press/en-en-aq-1c/",
        "quiz/",
        *(f"value/{value_id}/" for value_id in SAMPLES),
    ]
    dimensions = [
        f"{dimension}/{query}" for dimension in DIMENSIONS for query in ("", "?sort=distance")
    ]
    return (*pages, *dimensions, *slugs, *(f"{name}/" for name in WORDS))


def read_documents(client: FlaskClient) -> Iterator[Document]:
    """Every page in both languages, and the pages of failure."""
    for language in LANGUAGES:
        for path in (*paths(), "nothing/", "?as_of=1066"):
            answer = client.get(f"/{language}/{path}")
            yield Document(language, path, answer.status_code, answer.text)
