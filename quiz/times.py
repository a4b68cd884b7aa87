"""How long a question was in view: the steps times are kept in, and what is too fast."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping

# Adults read some 240 words a minute in silence (Brysbaert, 2019: 238 for English non-fiction).
# In one second even the shortest question with its options asks for twice that pace and
# more, before any time to choose and press: whoever is faster has not read it. A longer limit
# would begin to exclude readers who simply knew.
TOO_FAST_SECONDS = 1
WORDS_PER_SECOND = 8

# Whole seconds while they matter, then wider steps: the time of one reader is never kept finer,
# and a histogram stays small however many answer. The last step has no end.
STEPS: tuple[int, ...] = (
    *range(30),
    *range(30, 60, 2),
    *range(60, 120, 5),
    *range(120, 300, 30),
    300,
    600,
)


def step_of(seconds: float) -> int:
    """Round down to a step; what is below 0, as clocks of two machines may differ, is 0."""
    return STEPS[max(0, bisect_right(STEPS, seconds) - 1)]


def median_step(histogram: Mapping[int, int]) -> int | None:
    """The step in which the (lower) median of a histogram, step → answers, lies; None if empty."""
    total = sum(histogram.values())
    passed = 0
    for step in sorted(histogram):
        passed += histogram[step]
        if passed and 2 * passed >= total:
            return step
    return None
