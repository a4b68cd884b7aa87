"""Weighs every page as a browser gets it: ``python -m bench.weights [--most 20]``.

Asks the application itself for each address of the sitemap, and for choices of the home page, a
dimension and the list, and prints the heaviest documents as a Markdown table: bytes compressed by
Brotli, its headers, and bytes before compression. Makes no files but those of a start.
"""

from __future__ import annotations

import argparse
import logging
import re
from urllib.parse import urlsplit

import brotli

from app import server
from data.models import LANGUAGES

CHOICES = ("?as_of=2016", "?yardstick=goals", "economy/?as_of=2016", "kpi/?band=none", "kpi/?q=a")
GOAL = 14 << 10


def main() -> None:
    """Weigh every page and print the table."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--most", type=int, default=20, help="how many rows are printed")
    most = arguments.parse_args().most
    logging.disable()
    client = server.test_client()
    sitemap = client.get("/sitemap.xml").get_data(as_text=True)
    addresses = [urlsplit(address).path for address in re.findall("<loc>(.+?)</loc>", sitemap)]
    addresses += [f"/{language}/{choice}" for language in LANGUAGES for choice in CHOICES]
    rows = []
    for address in addresses:
        answer = client.get(address, headers={"Accept-Encoding": "br"})
        head = sum(len(f"{name}: {value}\r\n") for name, value in answer.headers)
        rows.append((len(answer.data), head, len(brotli.decompress(answer.data)), address))
    rows.sort(reverse=True)
    above = sum(row[0] > GOAL for row in rows)
    print(f"{len(rows)} documents, {above} above {GOAL} bytes\n")
    print("| page | document, bytes | headers | before compression |\n|---|---|---|---|")
    for size, head, whole, address in rows[:most]:
        print(f"| {address} | {size} | {head} | {whole} |")


if __name__ == "__main__":
    main()
