"""Disclosure control: hides small counts, and those from which they could be worked out.

A count under ``MINIMUM`` is never published. Where a sum is published and one of its parts
is not, a second part is withheld too, and more until the withheld parts together reach
``MINIMUM``: otherwise one subtraction would bring the hidden count back. That nobody at all
was asked something is no secret: there is nobody to protect.
"""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import Literal, NamedTuple, TypeVar, get_args

MINIMUM = 10

Depth = Literal["nothing", "total", "all"]
DEPTHS: tuple[Depth, ...] = get_args(Depth)
Key = TypeVar("Key", bound=Hashable)


class Cell(NamedTuple):
    """Right and wrong answers to something."""

    right: int
    wrong: int

    @property
    def total(self) -> int:
        """All answers."""
        return self.right + self.wrong

    @property
    def large(self) -> bool:
        """Return whether both counts may be published."""
        return self.right >= MINIMUM and self.wrong >= MINIMUM


def total_of(cells: Iterable[Cell]) -> Cell:
    """Add cells up."""
    cells = list(cells)
    return Cell(sum(cell.right for cell in cells), sum(cell.wrong for cell in cells))


def published_depth(table: Mapping[Key, Cell], groups: Mapping[Key, Hashable]) -> dict[Key, Depth]:
    """Return how much of each row of a table may be published beside the sums of its groups.

    ``all`` is right and wrong answers, ``total`` only how many there are. The sums of right
    and wrong answers of each group are published, so each must be large.
    """
    depths: dict[Key, Depth] = {}
    for group in dict.fromkeys(groups[key] for key in table):
        rows = {key: table[key] for key in table if groups[key] == group}
        without_total = _hidden(
            {key for key, cell in rows.items() if cell.total < MINIMUM},
            {key: (cell.total,) for key, cell in rows.items()},
        )
        without_right = _hidden(
            without_total | {key for key, cell in rows.items() if not cell.large},
            {key: (cell.right, cell.wrong) for key, cell in rows.items()},
        )
        for key in rows:
            hidden = key in without_right
            depths[key] = "nothing" if key in without_total else "total" if hidden else "all"
    return depths


def hidden_options(options: Mapping[str, int]) -> frozenset[str]:
    """Return the options whose counts are withheld beside the published sum of all of them."""
    small = {option for option, times in options.items() if times < MINIMUM}
    return frozenset(_hidden(small, {key: (times,) for key, times in options.items()}))


def _hidden(small: set[Key], counts: Mapping[Key, tuple[int, ...]]) -> set[Key]:
    """Return ``small`` and as many of the next smallest as it takes to protect them."""
    hidden = set(small)
    candidates = sorted(
        (key for key in counts if key not in hidden), key=lambda key: sum(counts[key])
    )
    for key in candidates:
        sums = [sum(column) for column in zip(*(counts[key] for key in hidden), strict=True)]
        if not hidden or (len(hidden) > 1 and min(sums) >= MINIMUM):
            break
        hidden.add(key)
    return hidden


Bin = tuple[int, int]


def score_bins(runs: Sequence[int], bins: Sequence[Bin] = ()) -> tuple[Bin, ...]:
    """Return ranges of scores, lowest and highest, that each hold ``MINIMUM`` runs or more.

    ``runs`` has the number of runs by score, ``bins`` the ranges to begin with, instead of
    every score by itself. Small ranges join their smaller neighbour; empty where all runs
    together are too few. Where every run was finished, the sum of all scores is known too:
    so if only two scores are joined, a third one joins them.
    """
    merged = list(bins) or [(score, score) for score in range(len(runs))]

    def size(scores: Bin) -> int:
        return sum(runs[scores[0] : scores[1] + 1])

    def join_smaller_neighbour(place: int) -> None:
        sides = [side for side in (place - 1, place + 1) if 0 <= side < len(merged)]
        other = min(sides, key=lambda side: size(merged[side]))
        first, last = sorted((place, other))
        merged[first : last + 1] = [(merged[first][0], merged[last][1])]

    while len(merged) > 1 and min(map(size, merged)) < MINIMUM:
        join_smaller_neighbour(merged.index(min(merged, key=size)))
    wide = [(lowest, highest) for lowest, highest in merged if lowest < highest]
    if len(wide) == 1 and wide[0][1] - wide[0][0] == 1 and len(merged) > 1:
        join_smaller_neighbour(merged.index(wide[0]))
    return tuple(merged) if sum(runs) >= MINIMUM else ()
