"""LibreOffice, Inkscape and rsvg draw every kind of picture as the site does."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from tests.pictures.places import GROUPS, TELLING, address
from tests.pictures.programs import distance, rsvg

QUERIES = ("", "?size=card", "?size=phone&theme=dark")
KINDS = [
    f"{address(('en', 'ru')[number % 2], name, 'svg')}{query}"
    for number, (name, query) in enumerate(
        [
            *((name, query) for name in GROUPS for query in QUERIES),
            *((name, QUERIES[place % 3]) for place, name in enumerate(TELLING[len(GROUPS) :])),
            ("sc-eh-h-3c", "?theme=dark"),
            ("ec-ict-ict-2c", "?as_of=2018"),
            ("ec-ict-ict-1c", "?as_of=2012"),
        ]
    )
]
# Words that are missing on the ring of the wheel make 49 and more, a missing line 90.
NEAR = 40


@pytest.fixture(scope="module")
def drawn(client: FlaskClient, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with each kind as SVG and as our PNG, by its number, and what LibreOffice made."""
    folder = tmp_path_factory.mktemp("pictures")
    for number, place in enumerate(KINDS):
        for form in ("svg", "png"):
            answer = client.get(place.replace(".svg", f".{form}"))
            assert answer.status_code == 200, place
            (folder / f"{number}.{form}").write_bytes(answer.data)
    # All at once, since it takes seconds to start.
    office = ["soffice", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless"]
    files = sorted(folder.glob("*.svg"))
    arguments = ["--convert-to", "png", "--outdir", folder / "libreoffice", *files]
    subprocess.run([*office, *arguments], check=True, capture_output=True, timeout=300)
    return folder


@pytest.mark.parametrize("number", range(len(KINDS)), ids=KINDS)
def test_libreoffice_draws_what_we_draw(drawn: Path, number: int) -> None:
    theirs = (drawn / "libreoffice" / f"{number}.png").read_bytes()
    # It sets letters a pixel or two beside ours.
    assert distance((drawn / f"{number}.png").read_bytes(), theirs, soft=1) < NEAR


@pytest.mark.parametrize("number", range(len(KINDS)), ids=KINDS)
def test_inkscape_draws_what_we_draw(drawn: Path, number: int) -> None:
    target = drawn / f"inkscape-{number}.png"
    command = ["inkscape", "-o", target, drawn / f"{number}.svg"]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    assert distance((drawn / f"{number}.png").read_bytes(), target.read_bytes()) < NEAR


@pytest.mark.parametrize("number", range(len(KINDS)), ids=KINDS)
def test_rsvg_draws_what_we_draw(drawn: Path, number: int) -> None:
    theirs = rsvg((drawn / f"{number}.svg").read_bytes(), drawn / f"rsvg-{number}.png")
    assert distance((drawn / f"{number}.png").read_bytes(), theirs) < NEAR
