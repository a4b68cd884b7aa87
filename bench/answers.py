"""Measures stored answers: ``python -m bench.answers [--clients 32] [--runs 25]``.

Serves the site with gunicorn (2 workers, 8 threads) on a fresh store, SQLite or DATABASE_URL, lets
clients take whole runs by plain form posts, and counts every acknowledged answer against the
table: none may be lost, none doubled. Prints one Markdown row.
"""

from __future__ import annotations

import argparse
import http.client
import os
import re
import statistics
import tempfile
import threading
import time
import urllib.parse

from sqlalchemy import create_engine, text

from bench.server import served

FIELD = re.compile(r'<input[^>]*name="([^"]+)"[^>]*?(?:value="([^"]*)")?[^>]*>')
OPTION = re.compile(r'<input[^>]*type="(?:radio|range)"[^>]*>')


class Client:
    """One reader's connection: takes runs and remembers what was acknowledged."""

    def __init__(self, port: int) -> None:
        """Open a connection that stays."""
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        self.acknowledged: list[tuple[str, int]] = []
        self.seconds: list[float] = []
        self.errors = 0

    def ask(
        self, method: str, path: str, form: dict[str, str] | None = None
    ) -> tuple[int, str, str]:
        """Send a request; status, text and where it leads."""
        body = urllib.parse.urlencode(form) if form else None
        headers = {"Content-Type": "application/x-www-form-urlencoded"} if form else {}
        self.connection.request(method, path, body, headers)
        answer = self.connection.getresponse()
        words = answer.read().decode()
        return answer.status, words, answer.headers.get("Location", "")

    def take_run(self) -> None:
        """Start a run and answer its questions with the first option, or as the slider stands."""
        _, page, _ = self.ask("GET", "/en/quiz/")
        status, _, place = self.ask("POST", "/en/quiz/", hidden_fields(page))
        if status != 303:
            self.errors += 1
            return
        run = place.split("/")[3]
        for position in range(1, 11):
            address = f"/en/quiz/{run}/{position}/"
            _, page, _ = self.ask("GET", address)
            option = attribute(OPTION.search(page).group(0), "value")
            name = attribute(OPTION.search(page).group(0), "name")
            form = {**hidden_fields(page), name: option}
            begun = time.perf_counter()
            status, _, _ = self.ask("POST", address, form)
            self.seconds.append(time.perf_counter() - begun)
            if status == 303:
                self.acknowledged.append((run, position))
            else:
                self.errors += 1


def attribute(tag: str, name: str) -> str:
    """The value of an attribute of a tag."""
    found = re.search(rf'\b{name}="([^"]*)"', tag)
    return found.group(1) if found else ""


def hidden_fields(page: str) -> dict[str, str]:
    """The hidden fields of a page's forms."""
    tags = re.findall(r'<input[^>]*type="hidden"[^>]*>', page)
    return {attribute(tag, "name"): attribute(tag, "value") for tag in tags}


def main() -> None:
    """Take the runs, compare with the table, print the row."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--clients", type=int, default=32)
    parser.add_argument("--runs", type=int, default=25)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        url = os.environ.get("DATABASE_URL") or f"sqlite:///{folder}/site.db"
        # Limits high enough not to be measured.
        limits = {"STARTS_PER_MINUTE": "0", "ANSWERS_PER_MINUTE": "0"}
        key = "a key for measuring only, of forty letters"
        with served(workers=2, DATABASE_URL=url, SECRET_KEY=key, **limits) as site:
            port = urllib.parse.urlsplit(site).port or 0
            clients = [Client(port) for _ in range(asked.clients)]
            begun = time.perf_counter()
            work = [threading.Thread(target=take, args=(one, asked.runs)) for one in clients]
            for thread in work:
                thread.start()
            for thread in work:
                thread.join()
            took = time.perf_counter() - begun
        report(clients, took, url)


def take(client: Client, runs: int) -> None:
    """Take some runs with one client."""
    for _ in range(runs):
        client.take_run()


def report(clients: list[Client], took: float, url: str) -> None:
    """Compare what was acknowledged with the table and print the row."""
    acknowledged = [one for client in clients for one in client.acknowledged]
    seconds = sorted(second for client in clients for second in client.seconds)
    with create_engine(url.replace("postgresql://", "postgresql+psycopg://")).connect() as store:
        stored = [
            tuple(row) for row in store.execute(text("SELECT run_id, position FROM quiz_answers"))
        ]
    lost = len(set(acknowledged) - set(stored))
    doubled = len(stored) - len(set(stored))
    errors = sum(client.errors for client in clients)
    kind = "PostgreSQL" if url.startswith("postgres") else "SQLite"
    print("| store | answers | per second | p50 ms | p99 ms | errors | lost | doubled |")
    print("|---|---|---|---|---|---|---|---|")
    print(
        f"| {kind} | {len(acknowledged)} | {len(acknowledged) / took:.0f} "
        f"| {statistics.median(seconds) * 1000:.0f} "
        f"| {seconds[int(len(seconds) * 0.99)] * 1000:.0f} | {errors} | {lost} | {doubled} |"
    )


if __name__ == "__main__":
    main()
