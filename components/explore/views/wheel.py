"""The wheel of the selection: every indicator has its place, and what is left its bar."""

from dataclasses import replace
from math import inf

from dash import html

from components import urls
from components.ages import rated_sentence, reached_sentence
from components.bands import age_key, state_counts, state_name
from components.explore.views.protocol import (
    Context,
    Table,
    View,
    origin_words,
    own_rows,
    rating_words,
    value_words,
    yardstick_words,
    year_words,
)
from components.explore.views.rows import drawn_key, key_list
from components.explore.views.shapes import Shape, Sign
from components.figures import wheel_figure
from components.markup import Markup, attribute
from components.pictures.group_charts import wheel_card, wheel_chart
from components.pictures.svg_boxes import EMPTY, Box, block
from components.plotly_template import Figure, words_figure
from components.texts import text
from components.wheel import BARE_RADIUS, Part, wheel_drawing
from data.ages import ages_of_city
from data.exploration.filters import Selected
from data.fulfilment import fulfilment_of
from data.models import Language
from data.scores import Fulfilment


class Wheel(View):
    """Rings of dimensions, categories and indicators."""

    def paint(self, selected: Selected, context: Context) -> html.Div:
        """Return the wheel, whose sectors are links, and the counts of the states."""
        if reason := self.reason_empty(selected, context):
            return html.Div(html.P(reason), className="view")
        language = context.language
        fulfilment, whole = _chosen(selected, context), _whole(selected, context)
        by_slug = {indicator.slug: indicator for indicator in context.edition.indicators}
        drawn = wheel_drawing(
            whole,
            language,
            lambda slug: context.url(by_slug[slug]),
            lambda dimension: urls.dimension(language, dimension),
            labels=False,
            part=Part(fulfilment, selected.selection.highlighted),
        )
        name, box = attribute(self.sentence(selected, context)), f"{-BARE_RADIUS} {-BARE_RADIUS}"
        svg = (
            f'<svg class="wheel" viewBox="{box} {2 * BARE_RADIUS} {2 * BARE_RADIUS}" role="group" '
            f'aria-label="{name}">{drawn}</svg>'
        )
        key = key_list(_signs(fulfilment, language))
        return html.Div([key, Markup(svg, className="v-wheel")], className="view")

    def legend(self, selected: Selected, context: Context, room: float, size: float) -> Box:
        """Return the counts of the states for a file."""
        if self.reason_empty(selected, context):
            return EMPTY
        return drawn_key(_signs(_chosen(selected, context), context.language), room, size)

    def drawing(
        self, selected: Selected, context: Context, room: float, size: float, height: float = inf
    ) -> Box:
        """Return the wheel for a file; without the names around it where it has to be small."""
        if reason := self.reason_empty(selected, context):
            return block(reason, size, room)
        whole, fulfilment = _whole(selected, context), _chosen(selected, context)
        if height < inf:
            return wheel_card(whole, context.language, (room, height), part=Part(fulfilment, ""))
        return wheel_chart(whole, context.language, room, part=Part(fulfilment, ""))

    def figure(self, selected: Selected, context: Context) -> Figure:
        """Return rings that open where a reader clicks."""
        if reason := self.reason_empty(selected, context):
            return words_figure(reason, context.language)
        title = text("wheel_rings", context.language)
        return wheel_figure(_chosen(selected, context), title, context.language)

    def table(self, selected: Selected, context: Context) -> Table:
        """Return the decisive value of each indicator with its yardstick."""
        language = context.language
        keys = ("indicator", "value", "year", "target", "state", "comparability", "source")
        rows = [
            [
                context.indicators[row.code].title[language],
                value_words(row, context),
                year_words(row.year),
                yardstick_words(row, context),
                rating_words(row.indicator_band, row.indicator_reason, language),
                *origin_words(row, context),
            ]
            for row in own_rows(selected)
            if row.decisive
        ]
        return [text(f"column_{key}", language) for key in keys], rows

    def sentence(self, selected: Selected, context: Context) -> str:
        """Say how many indicators are rated, by how old values, and how many reach the top band."""
        if reason := self.reason_empty(selected, context):
            return reason
        fulfilment = _chosen(selected, context)
        reached = reached_sentence(fulfilment, context.language)
        return f"{rated_sentence(fulfilment, context.language)} {reached}".rstrip()


def _signs(fulfilment: Fulfilment, language: Language) -> list[Sign]:
    """Return the states with their counts, and how recent and older values are drawn."""
    states = [
        (look, f"{state_name(look, language)}: {count}")
        for look, count in state_counts(fulfilment.indicators).items()
    ]
    looks = [*states, *age_key(ages_of_city(fulfilment), language)]
    return [(Shape(look, 0.05, 0.95, 16), words) for look, words in looks]


def _whole(selected: Selected, context: Context) -> Fulfilment:
    """Return all indicators of the first city."""
    selection = selected.selection
    return fulfilment_of(
        context.edition, selection.cities[0], selection.last_year, selection.yardsticks
    )


def _chosen(selected: Selected, context: Context) -> Fulfilment:
    """Return those of the selection; groups that were published count other indicators."""
    codes = {row.code for row in own_rows(selected)}
    whole = _whole(selected, context)
    return replace(
        whole,
        indicators=tuple(
            replace(score, groups={}) for score in whole.indicators if score.indicator.code in codes
        ),
    )
