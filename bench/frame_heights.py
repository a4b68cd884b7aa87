"""Compares the heights of frames with their codes: ``python -m bench.frame_heights [--font NAME]``.

Shows the embed of every chart at seven widths in Chromium, in a font of this machine (``narrowed``
is what embeds show instead of DejaVu Sans), and prints how many are higher than their code says,
and what is left below the others at each width.
"""

from __future__ import annotations

import argparse
import re
import shutil
import urllib.request
from html import unescape

from selenium import webdriver

from bench.server import served
from data.editions import EDITIONS, load_editions

WIDTHS = (288, 320, 343, 360, 480, 640, 960)
GROUPS = ("wheel", "economy", "environment", "society-culture", "list")
VIEWS = (
    "explore/view-wheel",
    "explore/view-cities/kpi-ec-p-em-1c",
    "explore/view-cities/kpi-ec-p-em-1c/city-stavanger",
    "explore/view-cities/kpi-en-en-aq-1c/city-stavanger,rana",
    "explore/view-distance/dimension-environment",
    "explore/view-changes/kpi-ec-p-em-1c",
    "explore/view-trends/kpi-ec-p-em-1c",
    "explore/view-heat-map/kpi-en-en-aq-1c",
)
SPARE = 60  # What a frame may leave below its chart at the usual widths, in pixels.
ARGUMENTS = ("--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars")
_FORCE = """
    var style = document.createElement('style');
    style.textContent = '* { font-family: ' + arguments[0] + ' !important }';
    document.head.append(style)"""
_HEIGHT = "return Math.ceil(document.documentElement.getBoundingClientRect().height)"


def start_chromium() -> webdriver.Chrome:
    """Return a browser without a window, to be ended by ``quit``."""
    options = webdriver.ChromeOptions()
    for argument in ARGUMENTS:
        options.add_argument(argument)
    options.binary_location = shutil.which("chromium") or ""
    return webdriver.Chrome(options, webdriver.ChromeService(shutil.which("chromedriver")))


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--font", default="")
    font = parser.parse_args().font
    slugs = (indicator.slug for indicator in load_editions(EDITIONS)[-1].indicators)
    browser = start_chromium()
    try:
        with served() as site:
            spare = {
                (name, language, width): left
                for name in (*GROUPS, *VIEWS, *slugs)
                for language in ("en", "ru")
                for width, left in left_below(browser, site, language, name, font)
            }
    finally:
        browser.quit()
    print(f"{len(spare)} frames, {sum(left < 0 for left in spare.values())} too low")
    for width in WIDTHS:
        at_width = {left: where for where, left in spare.items() if where[2] == width}
        least, most = min(at_width), max(at_width)
        over = sum(left > SPARE for (*_, wide), left in spare.items() if wide == width)
        print(
            f"{width} px: {least} px ({at_width[least]}) to {most} px ({at_width[most]}),"
            f" {over} over {SPARE} px"
        )


def left_below(
    browser: webdriver.Chrome, site: str, language: str, name: str, font: str
) -> list[tuple[int, int]]:
    """Return each width with the pixels that the frame of the code leaves below the chart."""
    panel = f"{site}/{language}/embed/?chart={name}&place=frame&size=wide"
    page = unescape(unescape(urllib.request.urlopen(panel).read().decode()))
    (style,) = set(re.findall(r'min-height:(max\([^"]*)"', page))
    first, *choices = name.split("/")
    query = "&".join(choice.replace("-", "=", 1) for choice in choices)
    browser.get(f"{site}/embed/{language}/{first}{f'?{query}' if query else ''}")
    if font:
        browser.execute_script(_FORCE, font)
    left = []
    for width in WIDTHS:
        size = {"width": width, "height": 200, "deviceScaleFactor": 1, "mobile": False}
        browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
        left.append((width, round(said_height(style, width) - browser.execute_script(_HEIGHT))))
    return left


def said_height(style: str, width: int) -> float:
    """Return the height that a code's CSS gives at a width, in pixels."""
    ranges = re.findall(r"min\((\S+?)px ([+-]) ([\d.]+)cqw((?:,\([^)]*\)\*9999)*)\)", style)
    heights = []
    for start, sign, slope, limits in ranges:
        line = float(start) + (-1 if sign == "-" else 1) * float(slope) * width / 100
        bounds = re.findall(r"\(100cqw - (\d+)px\)|\((\d+)px - 100cqw\)", limits)
        within = [width - int(low) if low else int(high) - width for low, high in bounds]
        heights.append(min([line, *(9999 * room for room in within)]))
    return max(heights)


if __name__ == "__main__":
    main()
