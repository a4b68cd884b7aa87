"""Scores of cities to choose from: rows, selections, and what a selection leaves."""

from data.exploration.filters import Selected, select
from data.exploration.score_rows import Row, Rows, score_rows
from data.exploration.selection import (
    CHARTS,
    FILE_FORMS,
    FILTERS,
    MOST_CITIES,
    PARAMETERS,
    Chart,
    FileForm,
    Selection,
    query_of,
    read_selection,
    vocabulary_of,
)

__all__ = [
    "CHARTS",
    "FILE_FORMS",
    "FILTERS",
    "MOST_CITIES",
    "PARAMETERS",
    "Chart",
    "FileForm",
    "Row",
    "Rows",
    "Selected",
    "Selection",
    "query_of",
    "read_selection",
    "score_rows",
    "select",
    "vocabulary_of",
]
