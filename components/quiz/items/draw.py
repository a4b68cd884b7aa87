"""Draw: the chart that a reader continues by finger or mouse, and the choice for everyone else."""

from decimal import Decimal

from dash import html
from dash.development.base_component import Component

from components.formats import quantity, round_half_up
from components.markup import Markup, attribute, content
from components.quiz.chart import (
    FOOT,
    LEFT,
    RIGHT,
    TOP,
    Frame,
    Point,
    chart_svg,
    frame_for,
    guessed_line,
    points_of,
    published_line,
)
from components.quiz.items.choice import options_in_order, radios
from components.quiz.items.estimate import EstimateTemplate, places_of
from components.quiz.items.template import Answered
from components.texts import text
from data.models import Language
from quiz.items.scale import scale_in
from quiz.models import Item, Question


class DrawTemplate(EstimateTemplate):
    """A line to continue."""

    def form(self, question: Question, item: Item, response: str, language: Language) -> Component:
        """Return chart and options; scripts show the chart and hide the options, until asked."""
        scale, frame = scale_in(item), _frame(question)
        years = [row.year for row in question.hidden]
        start = points_of(question.given)[-1]
        points = ", ".join(
            f"{year}: {quantity(value, question.unit, language)}"
            for year, value in points_of(question.given)
        )
        attributes = "".join(
            f' data-{name}="{attribute(value)}"'
            for name, value in {
                "years": " ".join(map(str, years)),
                "x": " ".join(f"{frame.x(year or 0):.1f}" for year in years),
                "start": f"{frame.x(start[0]):.1f} {frame.y(start[1]):.1f}",
                "area": f"{LEFT} {RIGHT} {TOP} {FOOT}",
                "axis": f"{scale.lowest} {scale.highest} {scale.step}",
                "unit": question.unit[language],
            }.items()
        )
        left = frame.x(start[0])
        parts = (
            f'<rect class="q-open" x="{left:.1f}" y="{TOP}" width="{RIGHT - left + 8:.1f}"'
            f' height="{FOOT - TOP}"/>{published_line(frame, question.given, bridged=True)}'
            '<path class="q-guess" id="quiz-drawn" d=""/>'
            '<text class="q-name q-name-guess" id="quiz-drawn-name" text-anchor="end"></text>'
        )
        label = text("quiz_draw_label", language, given=points)
        how = content(text("quiz_draw_how", language, year=years[-1]))
        choose = content(text("quiz_draw_choose", language))
        line = "" if response in item.options else response
        fallback = question.fallback or question
        return html.Div(
            [
                Markup(
                    f'<p class="note">{how}</p>'
                    f"{chart_svg(frame, parts, label, language, attributes)}"
                    f'<input type="hidden" id="quiz-line" name="line" value="{attribute(line)}">'
                    f'<p><button type="button" class="button quiet" id="quiz-choose">{choose}'
                    "</button></p>",
                    className="q-draw",
                ),
                html.Div(
                    [
                        html.P(fallback.text[language], className="q-fallback-text"),
                        radios(options_in_order(question, item), response, language),
                    ],
                    id="quiz-fallback",
                    className="q-fallback",
                ),
            ],
            className="q-either",
        )

    def show(self, answered: Answered, language: Language) -> Component:
        """Return the real line with the reader's."""
        question, frame = answered.question, _frame(answered.question)
        yours = self.words(question, answered.response, language)
        right = self.right_words(question, answered.item, language)
        rows, guess = (*question.given, *question.hidden), self.guess(answered)
        names = (
            text("quiz_chart_real", language, value=right),
            text("quiz_chart_you", language, value=yours),
        )
        parts = published_line(frame, rows, names[0], guess, bridged=True)
        parts += guessed_line(frame, guess, names[1], points_of(rows))
        label = " ".join(
            f"{sentence}."
            for sentence in (
                text("quiz_your_answer", language, option=yours),
                text("quiz_the_right_answer", language, option=right),
            )
        )
        return Markup(chart_svg(frame, parts, label, language), className="q-chart-box")

    def words(self, question: Question, response: str, language: Language) -> str:
        """Return the last point that was drawn."""
        value = Decimal(response.rsplit(maxsplit=1)[-1])
        places = places_of(question.scale) if question.scale else 0
        return quantity(round_half_up(value, places), question.unit, language)

    def verdict(self, answered: Answered, language: Language) -> str:
        """Return exact, close, too low or too high, of the last point."""
        last = answered.response.rsplit(maxsplit=1)[-1]
        ended = Answered(answered.question, answered.item, last, answered.right)
        return super().verdict(ended, language)

    def guess(self, answered: Answered) -> tuple[Point, ...]:
        """Return the drawn line, from the last point that was shown."""
        drawn = map(Decimal, answered.response.split())
        years = (year for year, _ in points_of(answered.question.hidden))
        start = points_of(answered.question.given)[-1]
        return (start, *zip(years, drawn, strict=True))


def _frame(question: Question) -> Frame:
    scale = scale_in(question)
    points = points_of((*question.given, *question.hidden))
    return frame_for(points, is_share=False, ends=(scale.lowest, scale.highest))
