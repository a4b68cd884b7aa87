"""Scores of cities as tables to choose from: frames, selections, and what a selection leaves."""

from data.exploration.filters import Selected, select
from data.exploration.frames import observations_frame, scores_frame
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
    "Selected",
    "Selection",
    "observations_frame",
    "query_of",
    "read_selection",
    "scores_frame",
    "select",
    "vocabulary_of",
]
