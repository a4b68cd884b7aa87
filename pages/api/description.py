"""Describes the interface as OpenAPI 3.1, from the models that read questions and make answers."""

from collections.abc import Sequence
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from pages.api.catalogue_index import CatalogueIndex
from pages.api.endpoints import LICENCE_NAME, Endpoint
from pages.api.problems import KINDS, PASSING, PROBLEM_TYPE, TITLES, Kind, Problem
from pages.api.query_parser import parameters_of
from pages.structured_data import LICENCE

VERSION = "1.0.0"
_REFERENCE = "#/components/schemas/{model}"
_STATUS: dict[Kind, str] = {
    "bad-parameter": "400",
    "not-found": "404",
    "method-not-allowed": "405",
    "too-many-requests": "429",
    "unavailable": "503",
}
_RETRY_AFTER = {
    "Retry-After": {
        "description": "In how many seconds to come again.",
        "required": True,
        "schema": {"type": "integer", "minimum": 1},
    }
}
_EMPTY = {"description": "What was answered before has not changed."}
_WORDS = """\
The data of this site as JSON or CSV, to be read by programs: indicators, observations, joined \
values, yardsticks, scores, gaps, cities, sources and editions. Nothing is needed to use it: no \
key, no cookie, from any origin.

Numbers keep the digits that they were published with (`77.60`); where a program would lose the \
last zero, the field `…_digits` has the same digits as a string. What is unknown is null, never \
an empty string or zero. Shares are cut after six decimals, so that they never cross the edge of \
a band. Lists are in the order of the published tables, which does not change within an edition. \
What cannot be answered is told in problem details (RFC 9457).

What stays as it is under this address, and examples to copy: {documentation}"""


def describe(index: CatalogueIndex, endpoints: Sequence[Endpoint], root: str) -> dict[str, Any]:
    """Return the whole description as values fit for JSON."""
    base = index.base_url
    documentation = f"{base}{root}docs.md"
    models: list[type[BaseModel]] = [Problem, *(endpoint.answer for endpoint in endpoints)]
    _, schemas = models_json_schema(
        [(model, "serialization") for model in models], ref_template=_REFERENCE
    )
    paths = {root + endpoint.path: {"get": _operation(endpoint, index)} for endpoint in endpoints}
    return {
        "openapi": "3.1.0",
        "jsonSchemaDialect": "https://spec.openapis.org/oas/3.1/dialect/base",
        "info": {
            "title": index.site_name["en"],
            "summary": index.site_name["ru"],
            "version": VERSION,
            "description": _WORDS.format(documentation=documentation),
            "license": {"name": LICENCE_NAME, "url": LICENCE},
        },
        "externalDocs": {"url": documentation, "description": "Promises and examples"},
        "servers": [{"url": base}],
        "security": [],
        "paths": {**paths, **_documents(root)},
        "components": {
            "schemas": schemas["$defs"],
            "responses": {kind: _problem(kind) for kind in KINDS},
        },
    }


def _operation(endpoint: Endpoint, index: CatalogueIndex) -> dict[str, Any]:
    parts = [
        {
            "name": name,
            "in": "path",
            "required": True,
            "schema": {"type": "string", "enum": list(endpoint.values(name, index.vocabulary))},
        }
        for name in endpoint.parts
    ]
    queried = _queried(endpoint)
    refusals: list[Kind] = ["bad-parameter"]
    refusals += ["not-found"] if endpoint.parts else []
    # What has no parameters is made once and is never refused for its frequency.
    refusals += ["too-many-requests"] if queried else []
    refusals += ["unavailable"]
    content = {"schema": {"$ref": _REFERENCE.format(model=endpoint.answer.__name__)}}
    contents: dict[str, Any] = {"application/json": content}
    if endpoint.table:
        contents["text/csv"] = {"schema": {"type": "string"}}
    return {
        "operationId": endpoint.name,
        "summary": endpoint.summary,
        "parameters": parts + queried,
        "responses": {
            "200": {"description": endpoint.summary, "content": contents},
            "304": _EMPTY,
            **{_STATUS[kind]: _refusal(kind) for kind in refusals},
        },
    }


def _queried(endpoint: Endpoint) -> list[dict[str, Any]]:
    parameters = []
    for name, schema in parameters_of(endpoint.query).items():
        held = {key: value for key, value in schema.items() if key != "description"}
        parameter = {"name": name, "in": "query", "required": False, "schema": held}
        if "description" in schema:
            parameter["description"] = schema["description"]
        parameters.append(parameter)
    return parameters


def _documents(root: str) -> dict[str, Any]:
    def document(name: str, summary: str, media_type: str, kind: str) -> dict[str, Any]:
        responses = {
            "200": {
                "description": summary,
                "content": {media_type: {"schema": {"type": kind}}},
            },
            "304": _EMPTY,
            "400": _refusal("bad-parameter"),
            "503": _refusal("unavailable"),
        }
        return {"get": {"operationId": name, "summary": summary, "responses": responses}}

    return {
        f"{root}openapi.json": document(
            "openapi", "This description", "application/json", "object"
        ),
        f"{root}docs.md": document(
            "documentation", "Promises and examples", "text/markdown", "string"
        ),
    }


def _refusal(kind: Kind) -> dict[str, str]:
    return {"$ref": f"#/components/responses/{kind}"}


def _problem(kind: Kind) -> dict[str, Any]:
    content = {"schema": {"$ref": _REFERENCE.format(model=Problem.__name__)}}
    problem = {"description": TITLES[kind], "content": {PROBLEM_TYPE: content}}
    return {**problem, "headers": _RETRY_AFTER} if kind in PASSING else problem
