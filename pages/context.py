"""The objects that the views of one application share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pages.site import EXTENSION

if TYPE_CHECKING:
    from flask import Flask

    from pages.documents import Documents
    from pages.operation.rate_limit import RateLimits
    from pages.operation.response_cache import ResponseCache
    from pages.quiz.service import QuizService
    from pages.site import Site


@dataclass(slots=True)
class Context:
    """Content of ``server.extensions`` for this application."""

    site: Site
    quiz: QuizService
    limits: RateLimits
    documents: Documents
    cache: ResponseCache


def context_of(server: Flask) -> Context:
    """Return the context of an application."""
    context: Context = server.extensions[EXTENSION]
    return context
