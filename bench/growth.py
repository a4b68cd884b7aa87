"""Measures growth: ``python -m bench.growth [--cities 100] [--years 30]``.

Makes an edition of today's rows and made-up ones (every indicator, city and year, 273,000 unless
told otherwise) in a throwaway folder, serves it with two processes, and prints start-up times,
memory, pages and files beside those of today's edition. The made-up edition is nowhere else.
"""

from __future__ import annotations

import argparse
import csv
import random
import shutil
import statistics
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

from bench.processes import gunicorn, running
from data.checksums import SUMS_FILE
from data.editions import TEXTS, newest_folder
from data.models import slug_of

MARK = "SYNTHETIC"
FIRST_YEAR = 1990
TURNS = 9
LONGEST_START = 900.0
ADDRESSES = {
    "home": "/en/",
    "indicator": "/en/kpi/ec-p-em-1c/",
    "list": "/en/kpi/?q=water",
    "data page": "/en/data/",
    "API, one city": "/api/v1/observations?city={city}&limit=500",
    "observations.csv": "/data/{edition}/observations.csv",
    "observations.parquet": "/data/{edition}/observations.parquet",
    "all.zip": "/data/{edition}/all.zip",
}
Row = dict[str, str]


def main() -> None:
    """Measure both editions and print one table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cities", type=int, default=100)
    parser.add_argument("--years", type=int, default=30)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        today = newest_folder()
        shutil.copytree(today, folder / "today" / today.name)
        rows = grow(today, folder / "grown" / today.name, arguments.cities, arguments.years)
        columns = {
            "today": measure(folder / "today", folder / "var-today", "moscow"),
            f"{rows:,} observations": measure(folder / "grown", folder / "var-grown", "made-up-1"),
        }
    print(f"| | {' | '.join(columns)} |")
    print("|---|---|---|")
    for line in next(iter(columns.values())):
        print(f"| {line} | {' | '.join(column[line] for column in columns.values())} |")


def grow(today: Path, grown: Path, cities: int, years: int) -> int:
    """Write an edition with made-up rows behind today's; returns how many observations it has."""
    shutil.copytree(today, grown, ignore=shutil.ignore_patterns(SUMS_FILE, TEXTS))
    source = rows_of(today, "sources")[0] | {"source_id": MARK, "title": "Made up for measuring"}
    append(grown, "sources", [source | {"url": ""}])
    like = rows_of(today, "cities")[0]
    ids = [f"made-up-{place}" for place in range(1, cities + 1)]
    append(
        grown,
        "cities",
        [like | {"city": city, "name_en": city.title(), "name_ru": city.title()} for city in ids],
    )
    append(grown, "observations", made_up(today, ids, years))
    return len(rows_of(grown, "observations"))


def made_up(today: Path, cities: list[str], years: int) -> Iterator[Row]:
    """A row for every city, indicator and year, the same at every run."""
    chance = random.Random(2026)  # noqa: S311  # Dice for made-up rows, no secret.
    points = {row["code"]: row for row in reversed(rows_of(today, "data_points"))}
    empty = dict.fromkeys(rows_of(today, "observations")[0], "")
    for city in cities:
        for indicator in rows_of(today, "indicators"):
            code = indicator["code"]
            point = points.get(code, {"data_point": "", "unit": indicator["unit"]})
            for year in range(FIRST_YEAR, FIRST_YEAR + years):
                yield empty | {
                    "city": city,
                    "code": code,
                    "data_point": point["data_point"],
                    "period": str(year),
                    "value": f"{chance.uniform(0, 100):.2f}",
                    "unit": point["unit"],
                    "value_text": "made up",
                    "source_id": MARK,
                    "derived": "no",
                    "comparability": "exact",
                    "rate": "yes",
                    "break": "no",
                    "series_break": "no",
                    "value_id": f"{city}-{slug_of(code)}-{year}",
                    "evidence": "other",
                }


def rows_of(folder: Path, table: str) -> list[Row]:
    """The rows of a table as they stand in its file."""
    with (folder / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def append(folder: Path, table: str, rows: Iterator[Row] | list[Row]) -> None:
    """Add rows to the end of a table."""
    path = folder / f"{table}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        header = next(csv.reader(file))
    with path.open("a", encoding="utf-8", newline="") as file:
        csv.DictWriter(file, header, lineterminator="\n").writerows(rows)


def measure(editions: Path, var: Path, city: str) -> dict[str, str]:
    """Start the site twice on these editions, and ask it for pages and files."""
    settings = {
        "BENCH_EDITIONS": str(editions),
        "VAR_FOLDER": str(var),
        # It stands in the files, so that another one would have them built anew.
        "BASE_URL": "https://indicators.example.org",
        "WEB_CONCURRENCY": "2",
    }
    command = gunicorn("bench.growing_app:server")
    # The files of the editions are part of the first start; assets would be, too, but once only.
    with running(command, "/readyz", settings, LONGEST_START) as first:
        figures = {"first start, s": f"{first.start_seconds:.1f}"}
    with running(command, "/readyz", settings, LONGEST_START) as site:
        figures["next start, s"] = f"{site.start_seconds:.1f}"
        figures["memory after start, MiB"] = f"{site.memory():.0f}"
        names = {"edition": newest_folder().name, "city": city}
        for name, path in ADDRESSES.items():
            figures[f"{name}, ms (first / median)"] = response_times(
                site.address + path.format(**names)
            )
        figures["memory in the end, MiB"] = f"{site.memory():.0f}"
    public = next((var / "files").glob("*/public"))
    size = sum(file.stat().st_size for file in public.rglob("*") if file.is_file())
    figures["files on the disk, MiB"] = f"{size / 2**20:.0f}"
    return figures


def response_times(address: str) -> str:
    """Milliseconds of the first answer and the median of those after it."""
    times = []
    for _ in range(TURNS):
        begun = time.perf_counter()
        request = urllib.request.Request(address, headers={"Accept-Encoding": "br"})
        with urllib.request.urlopen(request) as answer:
            while answer.read(1 << 20):
                pass
        times.append((time.perf_counter() - begun) * 1000)
    return f"{times[0]:.1f} / {statistics.median(times[1:]):.1f}"


if __name__ == "__main__":
    main()
