"""Templates of the kinds of items: what each asks a reader, and how it shows an answer."""

from collections.abc import Mapping

from components.quiz.items.choice import ChoiceTemplate, TrendTemplate
from components.quiz.items.draw import DrawTemplate
from components.quiz.items.estimate import EstimateTemplate
from components.quiz.items.template import Template
from quiz.models import KindName

TEMPLATES: Mapping[KindName, Template] = {
    "choice": ChoiceTemplate(),
    "trend": TrendTemplate(),
    "estimate": EstimateTemplate(),
    "draw": DrawTemplate(),
}
