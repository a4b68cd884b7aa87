"""Views of one selection: each as a painted picture, an interactive figure, a table and words."""

from __future__ import annotations

from collections.abc import Mapping

from components.explore.views import heat_map
from components.explore.views.protocol import Context, Table, View
from components.explore.views.sheets import view_sheet, view_sources
from data.exploration import Chart

VIEWS: Mapping[Chart, View] = {"heat-map": heat_map}

__all__ = ["VIEWS", "Context", "Table", "View", "view_sheet", "view_sources"]
