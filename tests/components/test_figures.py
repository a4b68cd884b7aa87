"""Interactive charts: units and targets in the words of the pictures."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from plotly.graph_objects import Figure

from components.chart_button import toggled
from components.figures import fulfilment_figure
from components.formats import quantity, unit_words
from components.observation_table import unit_of_label
from components.texts import text
from components.trend_figure import trend_figure
from components.verdicts import line_words
from data.models import Language, Words
from pages.indicator_tables import series_of
from pages.site import Site


def test_a_chart_to_explore_has_its_unit_and_the_number_of_each_target(
    site: Site, language: Language
) -> None:
    targets = 0
    for score in site.fulfilment().indicators:
        series = series_of(site, score)
        if not any(len(member.observations) > 1 for member in series):
            continue  # The page offers no chart of these.
        figure = Figure(trend_figure(score.indicator, series, language))
        title = figure.layout.yaxis.title.text.replace("<br>", " ")
        units = {unit_words(unit_of_label(score.indicator, m.name), language) for m in series}
        assert title == (units.pop() if len(units) == 1 else "")
        held = [member for member in series if member.target is not None]
        notes = [note.text for note in figure.layout.annotations]
        for member, words in zip(held, notes, strict=True):
            assert member.target is not None
            unit = unit_of_label(score.indicator, member.name)
            value = quantity(member.target.value, unit, language)
            name, _, last = words.rpartition("<br>")
            assert last == line_words(member.target, value, language)
            assert bool(name) == (len(series) > 1)
        targets += len(notes)
    assert targets > 10


def test_lines_of_different_units_share_no_title(site: Site) -> None:
    score = next(
        score for score in site.fulfilment().indicators if score.indicator.slug == "en-en-aq-1c"
    )
    first, *further_points = score.indicator.data_points
    changed = replace(first, unit=Words(ru="мг/м³", en="mg/m³"))
    mixed = replace(score.indicator, data_points=(changed, *further_points))
    assert Figure(trend_figure(mixed, series_of(site, score), "en")).layout.yaxis.title.text == ""


def test_every_bar_to_explore_has_its_name_above_it(site: Site, language: Language) -> None:
    for key in site.fulfilment().dimensions():
        figure = Figure(fulfilment_figure(site.fulfilment(), key, language))
        bars = [name for trace in figure.data for name in trace.y]
        names = [note.text for note in figure.layout.annotations]
        assert sorted(names) == sorted(bars)
        assert [note.y for note in figure.layout.annotations] == names
        # There is room for all lines of a name above its bar.
        lines = max(name.count("<br>") + 1 for name in names)
        assert figure.layout.height - 120 >= len(names) * (14 + 18 * lines)


@pytest.mark.parametrize(
    ("presses", "is_open"),
    [(1, True), (3, True), (0, False), (2, False), (None, False), ("1", False), (1.5, False)],
)
def test_every_second_press_closes_the_chart(site: Site, presses: Any, is_open: bool) -> None:
    def draw() -> Any:
        return fulfilment_figure(site.fulfilment(), "economy", "ru")

    chart, words, expanded = toggled(presses, draw, "ru")
    assert (chart is not None) == is_open
    assert words == text("chart_close" if is_open else "chart_open", "ru")
    assert expanded == ("true" if is_open else "false")
