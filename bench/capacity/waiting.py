"""Lets made-up readers come at random to one machine and sees how long they wait."""

from __future__ import annotations

import heapq
import random
from dataclasses import dataclass

from bench.capacity.model import KINDS, Inputs

_SEED = 20261122


@dataclass(frozen=True, slots=True)
class Waiting:
    """Milliseconds until an answer was there, in the middle and for the slowest of a hundred."""

    p50: float
    p99: float


def wait(inputs: Inputs, rate: float, seconds: float, store: str) -> Waiting:
    """Readers of a spike come at ``rate`` requests a second, independently of each other.

    Each request takes the next core that is free for as long as its kind takes. An answer to
    the quiz then waits for its turn at the store, which stores one after another. Nothing else
    of a computer is in this: the result is what queueing alone costs, hence a lower bound.
    """
    chance = random.Random(_SEED)  # noqa: S311  # Dice of a simulation, no secret.
    cores = [0.0] * inputs.cores
    store_free = 0.0
    storing = 1 / inputs.stores[store]
    answering = inputs.shares["quiz"] * inputs.answers_of_quiz
    kinds = list(KINDS)
    weights = [inputs.shares[kind] for kind in kinds]
    took: list[float] = []
    now = 0.0
    while True:
        now += chance.expovariate(rate)
        if now >= seconds:
            break
        kind = chance.choices(kinds, weights)[0]
        begun = max(now, heapq.heappop(cores))
        done = begun + inputs.costs[kind].milliseconds / 1000
        heapq.heappush(cores, done)
        if kind == "quiz" and chance.random() < answering / inputs.shares["quiz"]:
            store_free = max(done, store_free) + storing
            done = store_free
        took.append(done - now)
    took.sort()
    return Waiting(
        1000 * took[len(took) // 2], 1000 * took[min(len(took) - 1, int(len(took) * 0.99))]
    )
