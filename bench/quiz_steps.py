"""Measures the quiz from question to question: ``python -m bench.quiz_steps [--runs 3]``.

Serves the site with gunicorn and an empty store on a free loopback port and takes runs on a phone
in Chromium: at full speed, then with the browser's processor slowed down to a quarter, the network
as it is. Prints the medians in milliseconds from a press to the frame after the next step: of
"Answer" to the right answer, of "Next question" to the question; what of them the request took; and
what the page's main thread computed for a step, which other work on the machine hardly changes.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import tempfile

from playwright.sync_api import Page, sync_playwright

from bench.choices import thread_ms
from bench.readers import QUESTIONS
from bench.server import served

CHOOSE = """() => {
    const form = document.getElementById('quiz-form');
    const option = form.querySelector('[name=option]');
    if (option) return option.click();
    form.elements.slider.dispatchEvent(new Event('input', {bubbles: true}));
}"""
PRESS = """(selector) => new Promise(done => {
    performance.clearResourceTimings();
    new PerformanceObserver((_, observer) => {
        observer.disconnect();
        requestAnimationFrame(() => setTimeout(() => {
            const [asked] = performance.getEntriesByType('resource').slice(-1);
            done([performance.now() - start, asked ? asked.duration : 0]);
        }));
    }).observe({type: 'mark'});
    const start = performance.now();
    document.querySelector(selector).click();
})"""
ANSWER, NEXT = "#quiz-form button[type=submit]", "#quiz-next"


def main() -> None:
    """Measure both steps at both speeds and print the table."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--runs", type=int, default=3)
    runs = arguments.parse_args().runs
    print("| processor | step | ms | of it request | thread ms |\n|---|---|---|---|---|")
    with (
        tempfile.TemporaryDirectory() as folder,
        served(DATABASE_URL=f"sqlite:///{folder}/site.db") as site,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"))
        for name, rate in (("full", 1), ("÷4", 4)):
            page = browser.new_page(viewport={"width": 360, "height": 740})
            for step, cells in measure(page, site, runs, rate).items():
                print(f"| {name} | {step} | " + " | ".join(f"{cell:.0f}" for cell in cells) + " |")
            page.close()
        browser.close()


def measure(page: Page, site: str, runs: int, rate: int) -> dict[str, list[float]]:
    """Return whole, request and computing time of each step, medians over so many runs."""
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})
    times: dict[str, list[list[float]]] = {"right answer": [], "next question": []}
    for _ in range(runs):
        session.send("Emulation.setCPUThrottlingRate", {"rate": 1})
        page.goto(f"{site}/ru/quiz/")
        page.locator("main form button[type=submit]").first.click()
        page.wait_for_function("() => Boolean(history.state && history.state.title)")
        session.send("Emulation.setCPUThrottlingRate", {"rate": rate})
        for position in range(1, QUESTIONS + 1):
            page.evaluate(CHOOSE)
            for step, selector in zip(times, (ANSWER, NEXT), strict=True):
                # The last one leads to the result.
                if (step, position) == ("next question", QUESTIONS):
                    continue
                before = thread_ms(session)
                step_times = page.evaluate(PRESS, selector)
                times[step].append([*step_times, thread_ms(session) - before])
    return {
        step: [statistics.median(column) for column in zip(*rows, strict=True)]
        for step, rows in times.items()
    }


if __name__ == "__main__":
    main()
