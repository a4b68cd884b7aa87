"""Files are built once, found again by every start, and built anew where a byte is wrong."""

from __future__ import annotations

import gzip
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import brotli
import pytest
from flask.testing import FlaskClient

from data.builds import find_build
from data.checksums import read_sums
from data.editions import EDITIONS, TEXTS, load_editions, newest_folder
from data.manifests import Manifest
from data.metadata.origin import Origin
from pages.files.published import NoFiles, publish_files
from pages.settings import ROOT
from pages.site import Site

STARTER = """
import sys
from pathlib import Path
from data.editions import load_editions
from data.models import Words
from pages.files.published import publish_files
editions, site = Path(sys.argv[1]), Words("A", "Б")
made = publish_files(
    load_editions(editions), editions, "moscow", Path(sys.argv[2]), "https://example.org", site
)
print(made.key)
"""


@pytest.fixture
def folder(site: Site, tmp_path: Path) -> Path:
    """A folder with a copy of the build that the site serves."""
    for built in (site.files.public.parent, site.files.catalogue.parent):
        shutil.copytree(built, tmp_path / "files" / built.name)
    return tmp_path / "files"


def publish(site: Site, origin: Origin, folder: Path) -> Manifest:
    return publish_files(site.editions, EDITIONS, site.city, folder, origin.base_url, origin.site)


def checksums(manifest: Manifest) -> dict[str, str]:
    return {
        path.relative_to(manifest.public).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in manifest.public.rglob("*")
        if path.is_file()
    }


def truncate(build: Path) -> None:
    file = next(build.rglob("observations.csv"))
    os.truncate(file, file.stat().st_size // 2)


def flip_a_packed_byte(build: Path) -> None:
    file = next(build.rglob("observations.csv.br"))
    content = bytearray(file.read_bytes())
    content[100] ^= 1
    file.write_bytes(content)


def remove_a_file(build: Path) -> None:
    next(build.rglob("all.zip")).unlink()


def remove_everything(build: Path) -> None:
    shutil.rmtree(build / "public")


def empty_the_list(build: Path) -> None:
    (build / "manifest.json").write_text("")


def misspell_the_list(build: Path) -> None:
    (build / "manifest.json").write_text('{"key": 1, "files": [{"nothing": 2}]}')


def remove_the_list(build: Path) -> None:
    (build / "manifest.json").unlink()


def test_a_start_finds_what_was_built(site: Site, origin: Origin, folder: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in folder.rglob("*") if path.is_file()}
    assert publish(site, origin, folder).files == site.files.files
    assert {path: path.stat().st_mtime_ns for path in before} == before


def test_what_is_served_is_what_was_committed(site: Site, client: FlaskClient) -> None:
    committed = read_sums(newest_folder() / TEXTS / site.city)
    for name, digest in committed.items():
        content = client.get(f"/data/{site.edition.version}/{name}").data
        assert hashlib.sha256(content).hexdigest() == digest, name


BREAKS = (
    truncate,
    flip_a_packed_byte,
    remove_a_file,
    remove_everything,
    empty_the_list,
    misspell_the_list,
    remove_the_list,
)


@pytest.mark.parametrize("damage", BREAKS)
def test_what_is_broken_is_not_served(
    site: Site, folder: Path, damage: Callable[[Path], None]
) -> None:
    assert find_build(folder, site.files.key, site.around.base_url)
    damage(folder / site.files.key)
    assert find_build(folder, site.files.key, site.around.base_url) is None


def test_a_start_heals_what_is_broken(small: Path, origin: Origin, tmp_path: Path) -> None:
    editions, whole = load_editions(small.parent), tmp_path / "files"

    def start() -> Manifest:
        return publish_files(
            editions, small.parent, origin.city, whole, origin.base_url, origin.site
        )

    manifest = start()
    before = checksums(manifest)
    flip_a_packed_byte(whole / manifest.key)
    healed = start()
    assert healed.key == manifest.key
    assert checksums(healed) == before
    assert {folder.name for folder in whole.iterdir()} == {
        manifest.key,
        manifest.catalogue.parent.name,
    }


def test_starts_at_the_same_time_share_one_build(small: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-c", STARTER, str(small.parent), str(tmp_path)]
    started = [
        subprocess.Popen(
            command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        for _ in range(3)
    ]
    outputs = [process.communicate(timeout=120) for process in started]
    assert [process.returncode for process in started] == [0, 0, 0], outputs
    (key,) = {out.strip() for out, _ in outputs}
    assert sorted(folder.name.partition("-")[2] for folder in tmp_path.iterdir()) == [
        "",
        "catalogue",
    ]
    assert (tmp_path / key).is_dir()


def test_a_folder_that_cannot_be_written_stops_the_start_in_words(
    site: Site, origin: Origin, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(NoFiles, match="could not be built"):
        publish(site, origin, tmp_path / "file" / "files")


UNPACK = {"br": brotli.decompress, "gzip": gzip.decompress}


@pytest.mark.parametrize("encoding", ["", "br", "gzip"])
def test_every_file_arrives_as_its_checksum_says(
    client: FlaskClient, site: Site, encoding: str
) -> None:
    packed = 0
    for path, file in site.files.files.items():
        answer = client.get(f"/{path}", headers={"Accept-Encoding": encoding})
        used = answer.headers.get("Content-Encoding", "")
        assert used in ("", encoding)
        packed += bool(used)
        content = UNPACK[used](answer.data) if used else answer.data
        assert hashlib.sha256(content).hexdigest() == file.sha256, path
        assert answer.content_length == len(answer.data)
    assert packed == sum(
        name.endswith({"br": ".br", "gzip": ".gz"}[encoding])
        for name in site.files.packed
        if encoding
    )
