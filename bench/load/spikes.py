"""Tables of a news spike: at rising rates, and for long."""

from __future__ import annotations

import tempfile
from pathlib import Path
from threading import Thread

from bench.load.addresses import FILES, PAGES, QUIZ, Addresses, find_addresses, spike
from bench.load.proxy import behind_nginx
from bench.load.quiz import Takers, take_quiz
from bench.load.site import Asking, Meter, our_site, row, warm
from bench.load.weighing import Scales, growth
from bench.load.wrk import Outcome, measure
from bench.processes import Server
from pages.settings import usable_cores

# What each connection pauses: long beside an answer, so that the rate is as asked for.
_THINKING_SECONDS = 1.0


def print_mixture(asking: Asking) -> None:
    """A news spike at rising rates, behind nginx; ms of CPU are the application's."""
    with (
        tempfile.TemporaryDirectory() as name,
        our_site(TRUSTED_PROXIES="1") as server,
        behind_nginx(server, Path(name), usable_cores()) as proxy,
    ):
        addresses = find_addresses(server.address)
        warm(server, addresses)
        print(
            "\n| asked for /s | pages and files/s | p50 ms | p95 ms | p99 ms | quiz/s | p50 ms |"
            " p95 ms | p99 ms | answers stored/s | ms of CPU | errors |"
        )
        print("|---|---|---|---|---|---|---|---|---|---|---|---|")
        for rate in asking.rates:
            with Meter(server) as meter:
                outcome, takers = mixture(proxy, addresses, rate, asking.seconds)
            count = outcome.requests + len(takers.seconds)
            quiz = " | ".join(f"{takers.quantile(share):.1f}" for share in (0.5, 0.95, 0.99))
            print(
                f"| {rate} | {row(outcome)} | {len(takers.seconds) / asking.seconds:.0f} | {quiz} "
                f"| {len(takers.answers) / asking.seconds:.0f} | {meter.milliseconds(count):.2f} "
                f"| {outcome.faults + takers.errors} |",
                flush=True,
            )


def mixture(
    server: Server, addresses: Addresses, rate: float, seconds: float
) -> tuple[Outcome, Takers]:
    """Pages and files by wrk, the quiz by forms, at the same time."""
    takers: list[Takers] = []
    quiz = Thread(
        target=lambda: takers.append(take_quiz(server.address, rate * QUIZ / 100, seconds))
    )
    quiz.start()
    other_rate = rate * (PAGES + FILES) / 100
    clients = max(8, round(other_rate * _THINKING_SECONDS))
    outcome = measure(
        server.address, spike(addresses), clients=clients, seconds=seconds, rate=other_rate
    )
    quiz.join()
    return outcome, takers[0]


def print_memory(asking: Asking) -> None:
    """The mixture at one rate for long."""
    with our_site() as server:
        addresses = find_addresses(server.address)
        warm(server, addresses)
        with Scales(server) as scales:
            outcome, takers = mixture(server, addresses, asking.rate, asking.minutes * 60)
        early, late, percent = growth(scales.weights)
    print(
        f"\n| {asking.minutes:g} minutes at {asking.rate}/s | MiB early | MiB at the end |"
        " growth % | requests | answers stored | p99 ms | errors |"
    )
    print("|---|---|---|---|---|---|---|---|")
    print(
        f"| all processes (PSS) | {early:.0f} | {late:.0f} | {percent:+.1f} "
        f"| {outcome.requests + len(takers.seconds)} | {len(takers.answers)} | {outcome.p99:.0f} "
        f"| {outcome.faults + takers.errors} |"
    )
