"""Estimate: a slider and a number field that work without scripts, and the line with its bands."""

from decimal import Decimal

from dash.development.base_component import Component

from components.formats import number, quantity, round_half_up
from components.markup import Markup, attribute, content
from components.quiz.chart import Point
from components.quiz.items.template import Answered
from components.texts import text
from data.models import Language
from quiz.items.scale import bin_of, plain_digits, scale_in
from quiz.models import Item, Question, Scale

# Lengths of the picture of the line.
_WIDTH, _LEFT, _RIGHT, _LINE = 360, 14, 346, 40


def places_of(scale: Scale) -> int:
    """Return the decimals that the step of a line has."""
    exponent = scale.step.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


class EstimateTemplate:
    """A point on a number line."""

    def form(self, question: Question, item: Item, response: str, language: Language) -> Component:
        """Return slider and number field; the field counts where both are sent."""
        scale = scale_in(item)
        middle = scale.lowest + (scale.highest - scale.lowest) // (2 * scale.step) * scale.step
        unit = content(question.unit[language])
        ends = {
            "low": quantity(scale.lowest, question.unit, language),
            "high": quantity(scale.highest, question.unit, language),
        }
        label = text("quiz_number", language)
        close = quantity(scale.close, question.unit, language)
        if question.unit.en == "%":
            close = text("percentage_points", language, value=number(scale.close, language))
        note = text("quiz_number_note", language, close=close, **ends)
        return Markup(
            f'<p class="q-number"><label for="quiz-number">{content(label)}</label>'
            f' <input id="quiz-number" name="number" type="text" inputmode="decimal"'
            f' autocomplete="off" maxlength="20" value="{attribute(response)}"'
            f' aria-describedby="quiz-number-note"> <span>{unit}</span></p>'
            f'<input id="quiz-slider" name="slider" type="range" min="{scale.lowest}"'
            f' max="{scale.highest}" step="{scale.step}" value="{plain_digits(middle)}"'
            f' aria-label="{attribute(label)}" aria-describedby="quiz-number-note">'
            f'<p class="q-ends" aria-hidden="true"><span>{content(ends["low"])}</span>'
            f"<span>{content(ends['high'])}</span></p>"
            f'<p class="note" id="quiz-number-note">{content(note)}</p>',
            className="q-estimate",
        )

    def show(self, answered: Answered, language: Language) -> Component:
        """Return the line with its bands, the right value and the reader's."""
        scale, own = scale_in(answered.item), Decimal(answered.response)
        yours = text(
            "quiz_your_answer",
            language,
            option=self.words(answered.question, answered.response, language),
        )
        right = text(
            "quiz_the_right_answer",
            language,
            option=self.right_words(answered.question, answered.item, language),
        )

        def x(value: Decimal) -> float:
            share = (value - scale.lowest) / (scale.highest - scale.lowest)
            return _LEFT + (_RIGHT - _LEFT) * float(max(Decimal(0), min(Decimal(1), share)))

        low, high = x(scale.value - scale.close), x(scale.value + scale.close)
        ends = "".join(
            f'<text class="q-tick" x="{x(end):.1f}" y="{_LINE + 24}" text-anchor="{anchor}">'
            f"{content(number(end, language))}</text>"
            for end, anchor in ((scale.lowest, "start"), (scale.highest, "end"))
        )
        return Markup(
            f'<svg class="q-scale" viewBox="0 0 {_WIDTH} 74" role="img"'
            f' aria-label="{attribute(f"{yours}. {right}.")}">'
            f'<path class="q-axis" d="M{_LEFT} {_LINE}H{_RIGHT}"/>'
            f'<rect class="q-band" x="{low:.1f}" y="{_LINE - 7}" width="{high - low:.1f}"'
            f' height="14"/>{ends}'
            f'<path class="q-true" d="M{x(scale.value):.1f} {_LINE - 11}v22"/>'
            f'<circle class="q-dot-guess" cx="{x(own):.1f}" cy="{_LINE}" r="6"/></svg>'
            f'<p class="q-lines">{content(yours)}</p>',
            className="q-scale-box",
        )

    def verdict(self, answered: Answered, language: Language) -> str:
        """Return exact, close, too low or too high."""
        return text(f"quiz_{bin_of(Decimal(answered.response), scale_in(answered.item))}", language)

    def words(self, question: Question, response: str, language: Language) -> str:
        """Return a number with its unit."""
        return quantity(Decimal(response), question.unit, language)

    def right_words(self, question: Question, item: Item, language: Language) -> str:
        """Return the value, with as many decimals as the step of the line."""
        scale = scale_in(item)
        value = round_half_up(scale.value, places_of(scale))
        return quantity(value, question.unit, language)

    def bin_words(self, question: Question, name: str, language: Language) -> str:  # noqa: ARG002  # Protocol.
        """Return the name of a band. It is the same for all questions."""
        return text(f"quiz_bin_{name}", language)

    def guess(self, answered: Answered) -> tuple[Point, ...]:
        """Return the number at the year of the right value."""
        observation = answered.question.observation
        if observation is None or observation.year is None:
            return ()
        return ((observation.year, Decimal(answered.response)),)
