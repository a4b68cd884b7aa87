"""Selections of the edition in force and contexts, as the page gives them to views."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import Any

from components.explore.views.protocol import Context
from data.editions import load_editions
from data.exploration.filters import Selected, select
from data.exploration.selection import Selection, vocabulary_of
from data.models import Edition, Language

CITY = "moscow"
WORDS = {"city": "Moscow", "city_genitive": "Москвы", "city_prepositional": "Москве"}


@cache
def editions() -> tuple[Edition, ...]:
    """Return the published editions, the one in force last."""
    return load_editions()


def selected_of(**choice: Any) -> Selected:
    """Return the rows of the default selection with changes."""
    return select(editions()[-1], selection_of(**choice), editions()[0])


def selection_of(**choice: Any) -> Selection:
    """Return the default selection with changes."""
    return replace(vocabulary_of(editions()[-1], CITY).default, **choice)


def context_of(language: Language, **changes: Any) -> Context:
    """Return the context of a view; presses lead to ``#`` and the slug."""
    context = Context(editions(), language, WORDS, lambda indicator: f"#{indicator.slug}")
    return replace(context, **changes)
