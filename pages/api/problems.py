"""Problem details (RFC 9457): how the interface says that it cannot answer, and what exists."""

from collections.abc import Sequence
from typing import Literal, get_args

from flask import Response
from pydantic import Field

from pages.api.schemas import Schema
from pages.documents import Document, respond

PROBLEM_TYPE = "application/problem+json"
DESCRIPTION = "/api/v1/openapi.json"

Kind = Literal[
    "bad-parameter",
    "not-found",
    "method-not-allowed",
    "bad-request",
    "too-many-requests",
    "unavailable",
]
KINDS: tuple[Kind, ...] = get_args(Kind)
# The kinds that pass: Retry-After says when.
PASSING: tuple[Kind, ...] = ("too-many-requests", "unavailable")
TITLES: dict[Kind, str] = {
    "bad-parameter": "A parameter cannot be understood",
    "not-found": "Nothing is here",
    "method-not-allowed": "The interface can only be read",
    "bad-request": "The request cannot be understood",
    "too-many-requests": "Too much is asked for from this address",
    "unavailable": "The answer cannot be given at the moment",
}


class Fault(Schema):
    """What is wrong with one parameter, or with a part of the address."""

    parameter: str | None = Field(description="Its name; null for the query as a whole.")
    detail: str
    allowed: tuple[str | int, ...] | None = Field(
        description="What exists in its place; null where that is no list."
    )


class Problem(Schema):
    """Problem details as of RFC 9457. `type` leads to the description of the problem."""

    type: str
    title: str
    status: int = Field(ge=400, le=599)
    detail: str
    errors: tuple[Fault, ...]


class Refused(Exception):
    """A request that gets a problem for an answer."""

    def __init__(self, kind: Kind, status: int, detail: str, faults: Sequence[Fault] = ()) -> None:
        super().__init__(detail)
        self.kind: Kind = kind
        self.status = status
        self.detail = detail
        self.faults = tuple(faults)


def problem_response(refused: Refused, base_url: str) -> Response:
    """Send a problem; nobody may keep it."""
    problem = Problem(
        type=f"{base_url}{DESCRIPTION}#/components/responses/{refused.kind}",
        title=TITLES[refused.kind],
        status=refused.status,
        detail=refused.detail,
        errors=refused.faults,
    )
    response = respond(
        Document.of(problem.model_dump_json(), PROBLEM_TYPE), refused.status, "no-store"
    )
    if refused.kind == "method-not-allowed":
        response.headers["Allow"] = "GET, HEAD, OPTIONS"
    if refused.kind == "unavailable":
        response.headers["Retry-After"] = "60"
    return response
