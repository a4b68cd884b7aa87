"""Pages look as they did when their pictures were approved: a phone, a screen, and paper."""

from __future__ import annotations

import io
import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Literal

import pypdfium2
import pytest
from dash import Dash
from PIL import Image, ImageChops, ImageOps
from playwright.sync_api import Browser

from data.models import LANGUAGES, Edition, Language
from pages.context import context_of
from pages.open_data import reuse
from pages.quiz import service as quiz_service
from tests.browser.approved.conftest import PICTURES, RECORDED, drawn_by, installed_version
from tests.browser.test_quiz_accessibility import addresses_of
from tests.contracts.documents import WITHDRAWN
from tests.quiz.builders import simulate_readers
from tests.quiz_pages.builders import Clock, make_quiz_service

TODAY = date(2026, 11, 29)
# Pictures keep so many bits of each channel, which halves their files. One step may differ, and
# of so many pixels one may differ more.
BITS, TOLERANCE, PIXELS_OF_ONE = 4, 16, 5000
SIZES = {360: {"width": 360, "height": 1100}, 1440: {"width": 1440, "height": 900}}
A4_CONTENT = {"width": 703, "height": 1000}
KINDS = {
    "home": "",
    "year": "?as_of=2016&since=recent",
    "dimension": "economy/",
    "list": "kpi/?topic=getting_around",
    "nothing-found": "kpi/?q=no-such-indicator",
    "indicator": "kpi/ec-p-em-1c/",
    "several-values": "kpi/en-en-aq-1c/",
    "no-value": "kpi/ec-ict-ws-1c/",
    "compare": "compare/?kpi=sc-sh-si-3c",
    "own-goals": "own-goals/",
    "value": f"value/{WITHDRAWN[0]}/",
    "data": "data/",
    "table": "data/observations/",
    "method": "method/",
    "embed": "embed/",
    "not-found": "nothing/",
    "quiz-start": "quiz/",
    "quiz-question": "question",
    "quiz-verdict": "wrong",
    "quiz-result": "result",
    "quiz-statistics": "statistics",
    "embedded": "/embed/{language}/ec-p-em-1c",
}
# By language and by the name of a page of the quiz; the others have fixed ones.
Addresses = Mapping[Language, Mapping[str, str]]
ON_PAPER = ("home", "dimension", "several-values")


@dataclass(frozen=True, slots=True)
class Look:
    """One page kind as one reader sees it."""

    kind: str
    language: Language
    scheme: Literal["light", "dark"]
    width: int
    paper: bool = False

    def __str__(self) -> str:
        if self.paper:
            return f"{self.kind}-{self.language}-paper"
        return f"{self.kind}-{self.language}-{self.width}-{self.scheme}"


def looks() -> Iterator[Look]:
    """Each kind in both languages, themes and widths, no two of which stand alone."""
    for place, kind in enumerate(KINDS):
        yield Look(kind, "ru" if place % 2 else "en", "light" if place % 4 < 2 else "dark", 360)
        yield Look(kind, "en" if place % 2 else "ru", "dark" if place % 4 < 2 else "light", 1440)
    for kind in ON_PAPER:
        yield Look(kind, "ru", "light", A4_CONTENT["width"], paper=True)


@pytest.fixture(scope="module")
def patch() -> Iterator[pytest.MonkeyPatch]:
    with pytest.MonkeyPatch.context() as patch:
        yield patch


@pytest.fixture(scope="module")
def addresses(
    dash_app: Dash,
    edition: Edition,
    patch: pytest.MonkeyPatch,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Addresses]:
    """A day and a draw of questions that are always the same, and sixty readers."""
    for module in (reuse, quiz_service):
        patch.setattr(module, "utc_today", lambda: TODAY)
    patch.setattr(secrets, "token_hex", lambda count=16: "0" * 2 * count)
    usual_service = context_of(dash_app.server).quiz
    service = make_quiz_service(edition, tmp_path_factory.mktemp("store"), Clock())
    patch.setattr(service.store, "_today", lambda: TODAY)
    simulate_readers(service.store, service.bank, 60)
    context_of(dash_app.server).quiz = service
    yield {language: addresses_of(service, language) for language in LANGUAGES}
    context_of(dash_app.server).quiz = usual_service
    service.store.close()


def picture_of(look: Look, browser: Browser, host: str, addresses: Addresses) -> Image.Image:
    """Open a page and draw its beginning, or its first sheet."""
    path = KINDS[look.kind].format(language=look.language)
    if not path.startswith("/"):
        path = f"/{look.language}/{addresses[look.language].get(path, path)}"
    size: Any = A4_CONTENT if look.paper else SIZES[look.width]
    page = browser.new_page(viewport=size, color_scheme=look.scheme, reduced_motion="reduce")
    page.goto(host + path)
    if look.paper:
        with pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True)) as document:
            picture = document[0].render().to_pil()
    else:
        # What a frame shows comes when it comes; "embedded" is the same without a frame.
        drawn = page.screenshot(animations="disabled", mask=[page.locator("iframe")])
        picture = Image.open(io.BytesIO(drawn))
    page.close()
    return ImageOps.posterize(picture.convert("RGB"), BITS)


def differing_pixels(before: Image.Image, now: Image.Image) -> int:
    """Count the pixels that differ, all of them where the sizes differ."""
    if before.size != now.size:
        return now.width * now.height
    differences = ImageChops.difference(before, now).split()
    most = ImageChops.lighter(ImageChops.lighter(*differences[:2]), differences[2])
    return sum(most.histogram()[TOLERANCE + 1 :])


def side_by_side(before: Image.Image, now: Image.Image, file: Path) -> None:
    """Write what was approved, what is, and where they differ."""
    difference = ImageChops.difference(before, now.crop((0, 0, *before.size)))
    pictures = (before, now, difference.point(lambda level: min(255, level * 8)))
    sheet = Image.new(
        "RGB", (sum(picture.width for picture in pictures), max(before.height, now.height))
    )
    left = 0
    for picture in pictures:
        sheet.paste(picture, (left, 0))
        left += picture.width
    sheet.save(file)


@pytest.mark.parametrize("look", tuple(looks()), ids=str)
def test_a_page_looks_as_approved(
    look: Look,
    chromium: Browser,
    server_url: str,
    addresses: Addresses,
    approving: bool,
    tmp_path: Path,
) -> None:
    now, file = picture_of(look, chromium, server_url, addresses), PICTURES / f"{look}.webp"
    colours = now.getcolors(now.width * now.height)
    assert colours is not None
    assert len(colours) > 16, "nearly nothing was drawn"
    if not file.exists():
        assert approving, f"nobody has approved {file.name} yet: make approve"
        before = None
    else:
        before = Image.open(file).convert("RGB")
    differing = differing_pixels(before, now) if before else now.width * now.height
    differs = differing * PIXELS_OF_ONE > now.width * now.height
    if approving:
        if differs:
            now.save(file, lossless=True, method=6)
    elif before and drawn_by() == installed_version():
        compared = tmp_path / f"{look}.png"
        if differs:
            side_by_side(before, now, compared)
        assert not differs, f"{differing} pixels differ, see {compared}; approve by: make approve"


def test_every_approved_picture_belongs_to_a_page(approving: bool) -> None:
    expected = {f"{look}.webp" for look in looks()}
    if approving:
        for file in PICTURES.glob("*.webp"):
            if file.name not in expected:
                file.unlink()
        RECORDED.write_text(installed_version() + "\n")
    assert {file.name for file in PICTURES.glob("*.webp")} == expected
    assert sum(file.stat().st_size for file in PICTURES.iterdir()) < 1_500_000
