"""JSON-LD in the pages has the shape that Google's dataset search asks for, and is true."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Annotated, Any, Literal

import pytest
from flask.testing import FlaskClient
from lxml.html import document_fromstring
from pydantic import BaseModel, ConfigDict, Field, HttpUrl, TypeAdapter
from pydantic.alias_generators import to_camel

from data.editions import newest_folder
from data.models import LANGUAGES, Language
from tests.builders import table_rows
from tests.conftest import BASE_URL
from tests.contracts.documents import PUBLISHED_TABLES, Document

Text = Annotated[str, Field(min_length=1)]
Day = Annotated[str, Field(pattern=r"^\d{4}-\d\d-\d\d$")]


class Thing(BaseModel):
    """Nothing may be there that this test does not know, lest a misspelt name pass."""

    model_config = ConfigDict(extra="forbid", alias_generator=to_camel)

    context: Literal["https://schema.org"] | None = Field(default=None, alias="@context")


class Organization(Thing):
    type: Literal["Organization"] = Field(alias="@type")
    name: Text
    url: HttpUrl


class Place(Thing):
    type: Literal["Place"] = Field(alias="@type")
    name: Text


class DataCatalogInBrief(Thing):
    type: Literal["DataCatalog"] = Field(alias="@type")
    name: Text
    url: HttpUrl


class DataCatalog(DataCatalogInBrief):
    description: Annotated[str, Field(min_length=50, max_length=5000)]
    in_language: Literal["ru", "en"]
    license: HttpUrl
    date_modified: Day
    dataset: HttpUrl


class CreativeWork(Thing):
    type: Literal["CreativeWork"] = Field(alias="@type")
    name: Text
    url: HttpUrl


class PropertyValue(Thing):
    type: Literal["PropertyValue"] = Field(alias="@type")
    name: Text
    unit_text: Text | None = None


class DataDownload(Thing):
    type: Literal["DataDownload"] = Field(alias="@type")
    name: Text
    encoding_format: Annotated[str, Field(pattern=r"^[a-z]+/[a-z0-9.+-]+$")]
    content_url: HttpUrl
    content_size: Annotated[str, Field(pattern=r"^[\d.,]+\s(KB|MB|КБ|МБ)$")]


class Dataset(Thing):
    """Name and description are required; what follows is recommended, and we always say it."""

    type: Literal["Dataset"] = Field(alias="@type")
    name: Text
    description: Annotated[str, Field(min_length=50, max_length=5000)]
    url: HttpUrl
    license: HttpUrl
    usage_info: HttpUrl
    version: Text
    date_published: Day
    date_modified: Day
    in_language: Literal["ru", "en"]
    is_accessible_for_free: Literal[True]
    creator: Organization
    publisher: Organization
    included_in_data_catalog: DataCatalogInBrief
    measurement_technique: HttpUrl
    variable_measured: PropertyValue | list[PropertyValue] | list[Text]
    distribution: Annotated[list[DataDownload], Field(min_length=2)]
    identifier: Text | None = None
    keywords: list[Text] | None = None
    is_part_of: HttpUrl | None = None
    spatial_coverage: Place | list[Place] | None = None
    temporal_coverage: Annotated[str, Field(pattern=r"^\d{4}(/\d{4})?$")] | None = None
    is_based_on: Annotated[list[CreativeWork], Field(min_length=1)] | None = None


class ListItem(Thing):
    type: Literal["ListItem"] = Field(alias="@type")
    position: Annotated[int, Field(ge=1)]
    name: Text
    item: HttpUrl


class BreadcrumbList(Thing):
    type: Literal["BreadcrumbList"] = Field(alias="@type")
    item_list_element: Annotated[list[ListItem], Field(min_length=2)]


SHAPES: TypeAdapter[Dataset | DataCatalog | BreadcrumbList] = TypeAdapter(
    Dataset | DataCatalog | BreadcrumbList
)


def told_in(page: Document) -> list[dict[str, Any]]:
    scripts = page.root.xpath("//script[@type='application/ld+json']/text()")
    return [json.loads(str(script)) for script in scripts]


def datasets(documents: tuple[Document, ...]) -> Iterator[tuple[Document, dict[str, Any]]]:
    for page in documents:
        for record in told_in(page):
            if record["@type"] == "Dataset":
                yield page, record


def test_everything_that_is_told_has_its_shape(documents: tuple[Document, ...]) -> None:
    kinds = set()
    for page in documents:
        for record in told_in(page):
            assert record["@context"] == "https://schema.org"
            SHAPES.validate_python(record)
            kinds.add(record["@type"])
    assert kinds == {"Dataset", "DataCatalog", "BreadcrumbList"}


def test_every_page_with_data_is_a_dataset_and_says_where_it_stands(
    documents: tuple[Document, ...],
) -> None:
    records = {page.address: data for page, data in datasets(documents)}
    wanted = {
        page.address
        for page in documents
        if page.path.startswith(("data/", "kpi/")) and page.path != "kpi/" and "?" not in page.path
    }
    assert set(records) == wanted
    # Beside those of indicators and tables, that of all data and that of an edition.
    assert len(records) == 2 * (len(table_rows("indicators")) + len(PUBLISHED_TABLES) + 2)
    for address, data in records.items():
        assert data["url"] == BASE_URL + address
        trail = next(
            record
            for record in told_in(next(page for page in documents if page.address == address))
            if record["@type"] == "BreadcrumbList"
        )["itemListElement"]
        assert [step["position"] for step in trail] == list(range(1, len(trail) + 1))
        assert trail[-1]["item"] == data["url"]


def test_names_and_descriptions_tell_datasets_apart(documents: tuple[Document, ...]) -> None:
    for language in LANGUAGES:
        # The data page and the page of the edition in force are about the same data.
        mine = [
            data
            for page, data in datasets(documents)
            if page.language == language and page.path != "data/"
        ]
        for name in ("name", "description"):
            assert len({data[name] for data in mine}) == len(mine), name


def test_every_file_is_there_in_its_format_and_size(
    documents: tuple[Document, ...], client: FlaskClient
) -> None:
    files: dict[str, dict[str, Any]] = {}
    for _, data in datasets(documents):
        for file in data["distribution"]:
            files.setdefault(file["contentUrl"], file)
    assert len(files) > 300
    for address, file in files.items():
        assert address.startswith(f"{BASE_URL}/")
        answer = client.get(address.removeprefix(BASE_URL), buffered=True)
        assert answer.status_code == 200, address
        assert answer.mimetype == file["encodingFormat"], address
        number, unit = file["contentSize"].replace(",", ".").split("\u00a0")
        in_kilobytes = unit in ("KB", "КБ")
        size = len(answer.data) / (1000 if in_kilobytes else 1_000_000)
        near = 0.51 if in_kilobytes else 0.051
        assert float(number) == pytest.approx(max(1, size), abs=near), address


def test_years_and_sources_of_an_indicator_are_those_of_its_values(
    client: FlaskClient, language: Language
) -> None:
    sources = {row["source_id"]: row["url"] for row in table_rows("sources")}
    for indicator in table_rows("indicators"):
        slug = indicator["code"].lower().replace(": ", "-")
        root = document_fromstring(client.get(f"/{language}/kpi/{slug}/").text)
        (record,) = [
            data
            for script in root.xpath("//script[@type='application/ld+json']/text()")
            if (data := json.loads(str(script)))["@type"] == "Dataset"
        ]
        rows = [
            row
            for row in table_rows("observations")
            if row["value"] and (row["city"], row["code"]) == ("moscow", indicator["code"])
        ]
        years = sorted({row["period"][:4] for row in rows if row["period"]})
        wanted = "/".join(dict.fromkeys((years[0], years[-1]))) if years else None
        assert record.get("temporalCoverage") == wanted, slug
        cited = {source["url"] for source in record.get("isBasedOn", ())}
        assert cited == {sources[row["source_id"]] for row in rows} - {""}, slug


def test_the_licence_is_told_together_with_what_it_does_not_cover(
    documents: tuple[Document, ...], client: FlaskClient
) -> None:
    for _, data in datasets(documents):
        assert data["license"] == "https://creativecommons.org/licenses/by/4.0/"
        path, _, place = data["usageInfo"].removeprefix(BASE_URL).partition("#")
        root = document_fromstring(client.get(path).text)
        assert root.xpath(f"//*[@id='{place}']")


def test_the_version_is_that_of_the_edition(documents: tuple[Document, ...]) -> None:
    assert {data["version"] for _, data in datasets(documents)} == {newest_folder().name}
