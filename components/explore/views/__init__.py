"""Views of one selection: each as a painted picture, an interactive figure, a table and words."""

from collections.abc import Mapping

from components.explore.views.changes import Changes
from components.explore.views.cities import Cities
from components.explore.views.distance import Distance
from components.explore.views.heat_map import HeatMap
from components.explore.views.protocol import Context, Table, View
from components.explore.views.sheets import view_sheet, view_sources
from components.explore.views.trends import Trends
from components.explore.views.wheel import Wheel
from data.exploration.selection import Chart

VIEWS: Mapping[Chart, View] = {
    "heat-map": HeatMap(),
    "trends": Trends(),
    "distance": Distance(),
    "changes": Changes(),
    "cities": Cities(),
    "wheel": Wheel(),
}

__all__ = ["VIEWS", "Context", "Table", "View", "view_sheet", "view_sources"]
