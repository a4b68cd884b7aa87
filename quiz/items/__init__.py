"""Kinds of items: what each asks for, and how its answers are drawn, marked and counted.

A kind is one module here, its checks included, and one template under ``components/quiz/items``.
"""

from collections.abc import Mapping

from quiz.items.choice import Choice, Trend
from quiz.items.draw import Draw
from quiz.items.estimate import Estimate
from quiz.items.kind import ItemKind
from quiz.models import KindName

KINDS: Mapping[KindName, ItemKind] = {
    "choice": Choice(),
    "trend": Trend(),
    "estimate": Estimate(),
    "draw": Draw(),
}
