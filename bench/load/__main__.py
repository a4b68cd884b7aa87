"""Measures load: ``python -m bench.load [--minutes 30] [--seconds 15] [--only comparison …]``.

Serves the site as in production, with one process for each core and without limits per client,
which would only see one client here. Parts of a run, each of which prints a Markdown table:

``documents``  every kind of address by itself, as fast as answers come
``comparison`` behind nginx and alone, beside static files, plain Dash and a bare Flask view
``mixture``    a news spike behind nginx: 80 % pages, 12 % files and pictures, 8 % quiz
``store``      answers stored, without pages around, on SQLite or DATABASE_URL
``memory``     the mixture at one rate for many minutes, weighed every 10 seconds
``start``      from the command to ready

wrk shares the cores with the server. "ms of CPU" is what the server itself computed for a
request, which a busy machine blurs least.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable

from bench.load.comparison import print_comparison
from bench.load.kinds import print_documents, print_start, print_store
from bench.load.site import Asking
from bench.load.spikes import print_memory, print_mixture

PARTS: dict[str, Callable[[Asking], None]] = {
    "documents": print_documents,
    "comparison": print_comparison,
    "mixture": print_mixture,
    "store": print_store,
    "start": print_start,
    "memory": print_memory,
}


def main() -> None:
    """Measure what was asked for and print the tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--only", nargs="+", choices=PARTS, default=tuple(PARTS))
    parser.add_argument("--seconds", type=float, default=15, help="for each figure")
    parser.add_argument("--clients", type=int, default=32, help="connections at full speed")
    parser.add_argument("--turns", type=int, default=3, help="of all rivals; the median counts")
    parser.add_argument("--rates", type=int, nargs="+", default=[250, 500, 1000, 1500, 2000, 3000])
    parser.add_argument("--rate", type=int, default=500, help="of the mixture for the memory")
    parser.add_argument("--minutes", type=float, default=30, help="for the memory")
    arguments = parser.parse_args()
    asking = Asking(
        arguments.seconds,
        arguments.clients,
        arguments.turns,
        tuple(arguments.rates),
        arguments.rate,
        arguments.minutes,
    )
    for name, print_part in PARTS.items():
        if name in arguments.only:
            print_part(asking)


if __name__ == "__main__":
    main()
