"""The description is OpenAPI 3.1, made of what answers, and what answers keeps to it."""

from __future__ import annotations

import json

import pytest
from flask.testing import FlaskClient
from openapi_spec_validator import OpenAPIV31SpecValidator, validate

from data.models import Edition
from tests.api.answers import ROOT


@pytest.fixture(scope="module")
def description(client: FlaskClient) -> dict[str, object]:
    """The description as it is served."""
    document: dict[str, object] = json.loads(client.get(f"{ROOT}openapi.json").text)
    return document


def test_the_description_is_openapi_3_1(description: dict[str, object]) -> None:
    assert str(description["openapi"]).startswith("3.1.")
    validate(description, cls=OpenAPIV31SpecValidator)


def test_every_address_is_described_and_every_described_address_answers(
    client: FlaskClient, description: dict[str, dict[str, object]]
) -> None:
    rules = {
        rule.rule.replace("<", "{").replace(">", "}")
        for rule in client.application.url_map.iter_rules()
        if rule.rule.startswith("/api")
    }
    assert set(description["paths"]) == rules


def test_every_field_of_the_schemas_that_has_a_fixed_set_of_words_lists_them(
    description: dict[str, dict[str, dict[str, dict[str, object]]]], edition: Edition
) -> None:
    parameters = {
        parameter["name"]: parameter["schema"]
        for parameter in description["paths"]["/api/v1/observations"]["get"]["parameters"]
    }
    assert parameters["city"]["items"]["enum"] == list(edition.cities)
    slugs = [indicator.slug for indicator in edition.indicators]
    assert parameters["indicator"]["enum"] == [
        *slugs,
        *(indicator.code for indicator in edition.indicators),
    ]
    assert parameters["limit"] == {"type": "integer", "minimum": 1, "maximum": 500, "default": 100}


def test_the_description_leaves_room_for_more_fields(description: dict[str, object]) -> None:
    assert 'additionalProperties": false' not in json.dumps(description)
