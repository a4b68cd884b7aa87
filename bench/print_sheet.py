"""Measures what the sheet for paper costs a page: ``python -m bench.print_sheet [--runs 9]``.

Takes two documents of the site and serves them with the sheet linked in the head, linked at the
end of the body, inside the page, and without it, compressed with Brotli. Prints the medians of the
first and the largest paint in a browser with a slow line (1.6 Mbit/s, 150 ms) and a quarter of the
processor, and whether the sheet applies when the page has loaded.
"""

from __future__ import annotations

import argparse
import re
import shutil
import statistics
import threading
import urllib.request
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import brotli
from playwright.sync_api import Browser, sync_playwright

from bench.server import served

PAGES = ("/en/quiz/", "/ru/kpi/ec-p-em-1c/")
LINE = {
    "offline": False,
    "latency": 150,
    "downloadThroughput": 1_600_000 / 8,
    "uploadThroughput": 750_000 / 8,
}
WATCH = """
    window.paints = {};
    new PerformanceObserver(list => list.getEntries().forEach(entry => {
        paints[entry.entryType === 'paint' ? entry.name : 'largest'] = entry.startTime;
    })).observe({type: 'largest-contentful-paint', buffered: true});
    new PerformanceObserver(list => list.getEntries().forEach(entry => {
        paints[entry.name] = entry.startTime;
    })).observe({type: 'paint', buffered: true});
"""


def main() -> None:
    """Measure every variant of both documents, in turn, and print the table."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--runs", type=int, default=9)
    runs = arguments.parse_args().runs
    contents = variants()
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler(contents))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_port}"
    times: dict[str, list[tuple[float, float, bool]]] = {}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"))
        for _ in range(runs):
            for path in contents:
                if path.startswith("/variant"):
                    times.setdefault(path, []).append(paints(browser, address + path))
        browser.close()
    server.shutdown()
    print("| page, sheet | KB | first paint ms | largest paint ms | applies at load |")
    print("|---|---|---|---|---|")
    for path, measured in times.items():
        first, largest = (statistics.median(run[place] for run in measured) for place in (0, 1))
        size, applied = len(contents[path]) / 1024, all(run[2] for run in measured)
        name = path.removeprefix("/variant/")
        print(f"| {name} | {size:.1f} | {first:.0f} | {largest:.0f} | {applied} |")


def variants() -> dict[str, bytes]:
    """Return compressed bodies by path: the sheet, and each document with and without it."""
    bodies = {}
    with served() as site:
        for path in PAGES:
            document = text_at(site + path)
            linked = re.search(r'media="print" href="([^"]+)"', document)
            if linked is None:
                message = f"{path} links no sheet for paper"
                raise SystemExit(message)
            sheet = text_at(site + linked.group(1))
            bodies[linked.group(1)] = sheet
            link = f'<link rel="stylesheet" media="print" href="{linked.group(1)}">'
            bare = re.sub(
                r'(<noscript>)?<link rel="stylesheet" media="print"[^>]+>(</noscript>)?',
                "",
                document,
            )
            bare = re.sub(r'data-print="[^"]*"', 'data-print="/none.css"', bare)
            name = f"/variant{path}"
            bodies[f"{name}without"] = bare
            bodies[f"{name}head"] = bare.replace("</head>", f"{link}</head>")
            bodies[f"{name}end"] = bare.replace("</body>", f"{link}</body>")
            bodies[f"{name}inside"] = bare.replace(
                "</head>", f"<style media=print>{sheet}</style></head>"
            )
    return {path: brotli.compress(body.encode(), quality=10) for path, body in bodies.items()}


def text_at(url: str) -> str:
    """Return the body of a URL as text."""
    with urllib.request.urlopen(url) as answer:
        body: bytes = answer.read()
    return body.decode()


def handler(contents: dict[str, bytes]) -> type[BaseHTTPRequestHandler]:
    """Return what answers these paths."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:  # The name is the library's.
            body = contents.get(self.path, b"")
            self.send_response(200 if body else 404)
            kind = "text/css" if self.path.endswith(".css") else "text/html"
            self.send_header("Content-Type", f"{kind}; charset=utf-8")
            if body:
                self.send_header("Content-Encoding", "br")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Keep requests out of the table."""

    return Handler


def paints(browser: Browser, address: str) -> tuple[float, float, bool]:
    """Return first and largest paint in milliseconds, and whether the sheet applies at load."""
    page = browser.new_page(viewport={"width": 412, "height": 823})
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", LINE)
    session.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    page.add_init_script(WATCH)
    page.goto(address)
    applies = page.evaluate(
        "[...document.styleSheets].some(sheet => sheet.media.mediaText === 'print'"
        " && sheet.cssRules.length > 9)"
    )
    page.wait_for_timeout(700)
    times = page.evaluate("paints")
    page.close()
    return times["first-contentful-paint"], times["largest"], applies


if __name__ == "__main__":
    main()
