"""Takes the README's pictures of a running site: ``python tools/pictures.py ADDRESS``."""

import shutil
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

PICTURES = Path(__file__).parents[1] / "docs" / "pictures"
SHOTS = {
    "home.png": ("/en/", 1280, 860),
    "indicator-ru.png": ("/ru/kpi/sc-eh-h-3c/", 390, 844),
}


def main(site: str) -> None:
    """Write every picture anew."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as tools:
        browser = tools.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        for name, (address, width, height) in SHOTS.items():
            page = browser.new_page(viewport={"width": width, "height": height})
            page.goto(site.rstrip("/") + address)
            page.screenshot(path=str(PICTURES / name))
            page.close()
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1])
