"""Reads the query string of an address into a model held to what exists, and names every fault."""

from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Literal, TypeVar
from urllib.parse import parse_qsl

from pydantic import AfterValidator, BeforeValidator, Field, ValidationError, create_model
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from pages.api.problems import Fault, Refused
from pages.api.queries import OneOf, Query, Values, Vocabulary, whole_number
from pages.requests import LONGEST_QUERY

_MOST_PARAMETERS = 50
_LITERAL: Any = Literal  # Its values are known at start only, when an edition is read.
_TUPLE: Any = tuple  # Of values that are known at start only.
Q = TypeVar("Q", bound=Query)


def held_to(model: type[Q], vocabulary: Vocabulary) -> type[Q]:
    """The same model, with every ``OneOf`` held to the values that exist."""
    fields: dict[str, Any] = {}
    for name, field in model.model_fields.items():
        if (values := _values(field, vocabulary)) is not None:
            kind = _LITERAL[values]
            if isinstance(values[0], int):
                kind = Annotated[kind, BeforeValidator(whole_number)]
            for step in field.metadata:
                kind = Annotated[kind, step] if isinstance(step, AfterValidator) else kind
            if field.default == ():
                kind = _TUPLE[kind, ...]
            fields[name] = (kind, Field(field.default, description=field.description))
    narrowed: type[Q] = create_model(model.__name__, __base__=model, **fields)
    return narrowed


def _values(field: FieldInfo, vocabulary: Vocabulary) -> Values | None:
    held = (choice for choice in field.metadata if isinstance(choice, OneOf))
    return next((vocabulary[choice.vocabulary] for choice in held), None)


def read_query(model: type[Q], raw: bytes) -> Q:
    """Read the query string of an address; raises ``Refused`` that lists every fault."""
    pairs = _pairs(raw)
    by_name: dict[str, list[str]] = {}
    for name, value in pairs:
        by_name.setdefault(name, []).append(value)
    several = {name for name, field in model.model_fields.items() if field.default == ()}
    faults = [
        Fault(parameter=name, detail="is given more than once", allowed=None)
        for name in model.model_fields
        if name not in several and len(by_name.get(name, ())) > 1
    ]
    values = {
        name: tuple(dict.fromkeys(cells)) if name in several else cells[-1]
        for name, cells in by_name.items()
    }
    try:
        query = model.model_validate(values)
    except ValidationError as error:
        faults += [_fault(detail, model) for detail in error.errors(include_url=False)]
    if faults:
        raise _refused(faults)
    return query


def _pairs(raw: bytes) -> list[tuple[str, str]]:
    if len(raw) > LONGEST_QUERY:
        raise _whole_refused(f"is longer than {LONGEST_QUERY} bytes")
    try:
        return parse_qsl(
            raw.decode("utf-8"),
            keep_blank_values=True,
            errors="strict",
            max_num_fields=_MOST_PARAMETERS,
        )
    except UnicodeDecodeError as error:
        raise _whole_refused("is not UTF-8") from error
    except ValueError as error:
        raise _whole_refused(f"has more than {_MOST_PARAMETERS} parameters") from error


def _whole_refused(detail: str) -> Refused:
    return _refused([Fault(parameter=None, detail=f"the query {detail}", allowed=None)])


def _refused(faults: list[Fault]) -> Refused:
    detail = "; ".join(
        f"{fault.parameter}: {fault.detail}" if fault.parameter else fault.detail
        for fault in faults
    )
    return Refused("bad-parameter", 400, detail[:1000], faults)


def _fault(error: ErrorDetails, model: type[Query]) -> Fault:
    name = str(error["loc"][0])
    if error["type"] == "extra_forbidden":
        names = tuple(model.model_fields)
        return Fault(parameter=name[:100], detail="is no parameter here", allowed=names)
    schema = parameters_of(model)[name]
    schema = schema.get("items", schema)
    if "enum" in schema:
        return Fault(parameter=name, detail="has no such value", allowed=tuple(schema["enum"]))
    if schema["type"] == "integer":
        detail = f"must be a whole number from {schema['minimum']} to {schema['maximum']}"
    else:
        detail = f"must have 1 to {schema['maxLength']} characters and no NUL"
    return Fault(parameter=name, detail=detail, allowed=None)


def parameters_of(model: type[Query]) -> Mapping[str, dict[str, Any]]:
    """The JSON schema of each parameter, by name; a default that stands for absence is left out."""
    return dict(_parameters(model.model_json_schema()["properties"]) if model.model_fields else ())


def _parameters(properties: Mapping[str, dict[str, Any]]) -> Iterator[tuple[str, dict[str, Any]]]:
    for name, schema in properties.items():
        kept = {key: value for key, value in schema.items() if key != "title"}
        if kept.get("default") in (None, "", []):
            kept.pop("default", None)
        for part in (kept, kept.get("items", {})):
            if "const" in part:
                part["enum"] = [part.pop("const")]
        yield name, kept
