"""A build is complete, the same every time, found again, and never seen half done."""

from __future__ import annotations

import gzip
import hashlib
import os
import signal
import subprocess
import sys
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import brotli
import pytest
import yaml

from data.build_keys import PACKAGE, build_key, catalogue_key
from data.builds import build_apart, build_files, find_build, remove_outdated
from data.editions import load_edition
from data.exports.tables import EXPORTS, TABLE_FORMS
from data.manifests import Manifest, read_manifest
from data.models import Change, ChangeLog, Edition, Words
from tests.data.conftest import BASE_URL, CITY, SITE

PROGRAM = """
import sys
from pathlib import Path
from data.builds import build_files
from data.editions import load_edition
from data.models import Words
{before}
made = build_files(
    load_edition(), "moscow", Path(sys.argv[1]),
    base_url="https://indicators.example.org",
    site_title=Words("City indicators", "Показатели города"),
)
print(made.public)
"""


def run(folder: Path, before: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", PROGRAM.format(before=before), str(folder)],
        capture_output=True,
        text=True,
        check=False,
        cwd=PACKAGE.parent,
    )


def checksums(public: Path) -> dict[str, str]:
    return {
        path.relative_to(public).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in public.rglob("*")
        if path.is_file()
    }


@pytest.fixture(scope="module")
def again(edition: Edition) -> Edition:
    """A later edition with one value more than the one in force."""
    log = ChangeLog("minor", edition.version, (Change("added", Words("More.", "Больше.")),))
    package = edition.package | {"version": "2099.1", "created": "2099-12-01T00:00:00Z"}
    later = replace(edition, version="2099.1", date="2099-12-01", package=package, files={})
    return replace(later, change_log=log)


def test_every_promised_file_is_built(built: Manifest, edition: Edition) -> None:
    tables = {f"{table}.{form}" for table in EXPORTS for form in TABLE_FORMS}
    beside = {f"{table}.csv-metadata.json" for table in EXPORTS}
    further_files = {"all.zip", "all.xlsx", "datapackage.json", "SHA256SUMS", "csv-metadata.json"}
    further_files |= {
        "METHOD.md",
        "METHOD.ru.md",
        "README.md",
        "README.ru.md",
        "LICENSE.txt",
        "CITATION.cff",
        "changes.json",
        "columns.csv",
        "kpi.schema.json",
    }
    names = {file.name for file in built.of_edition(edition.version)}
    assert names == tables | beside | further_files
    assert set(TABLE_FORMS) == {"csv", "json", "xlsx", "parquet", "ru-excel.csv"}
    for indicator in edition.indicators:
        for language in ("ru", "en"):
            for form in ("csv", "json"):
                live = built.files[f"{language}/kpi/{indicator.slug}.{form}"]
                frozen = built.files[f"data/{edition.version}/kpi/{indicator.slug}.{form}"]
                assert live.sha256 == frozen.sha256
    assert built.find("catalog.ttl")
    assert built.find("catalog.jsonld")


def test_the_manifest_says_size_checksum_and_rows(built: Manifest, edition: Edition) -> None:
    for path, file in built.files.items():
        content = built.place(path).read_bytes()
        assert (file.bytes, file.sha256) == (len(content), hashlib.sha256(content).hexdigest())
    rows = {file.rows for file in built.of_table(edition.version, "observations")}
    assert rows == {len(edition.observations)}
    forms = [file.form for file in built.of_table(edition.version, "gaps")]
    assert forms == list(TABLE_FORMS)


def test_a_build_is_found_again_and_not_written_anew(built: Manifest, edition: Edition) -> None:
    folder = built.public.parents[1]
    before = {path: path.stat().st_mtime_ns for path in built.public.rglob("*")}
    rebuilt = build_files(edition, CITY, folder, base_url=BASE_URL, site_title=SITE)
    assert rebuilt == built
    assert {path: path.stat().st_mtime_ns for path in built.public.rglob("*")} == before


def test_the_key_follows_data_words_addresses_and_city(edition: Edition, again: Edition) -> None:
    key = build_key((edition,), CITY, SITE)
    assert key == build_key((edition,), CITY, SITE)
    other_keys = [
        build_key((edition, again), CITY, SITE),
        build_key((replace(edition, digest="0"),), CITY, SITE),
        build_key((replace(edition, package={}),), CITY, SITE),
        build_key((replace(edition, change_log=ChangeLog()),), CITY, SITE),
        build_key((edition,), "rana", SITE),
        build_key((edition,), CITY, Words("Other", "Другой")),
    ]
    assert len({key, *other_keys}) == len(other_keys) + 1


@pytest.mark.long
def test_a_killed_build_leaves_nothing_that_could_be_served(tmp_path: Path) -> None:
    for step in (1, 200):
        killer = f"""
import os, signal
from data.compression import Compressor
write, calls = Compressor.write, []
def counted(self, path, content):
    calls.append(path)
    if len(calls) == {step}:
        os.kill(os.getpid(), signal.SIGKILL)
    return write(self, path, content)
Compressor.write = counted
"""
        assert run(tmp_path, killer).returncode == -signal.SIGKILL
        (left,) = tmp_path.iterdir()
        assert left.name.startswith("unfinished-")
        assert find_build(tmp_path, left.name, BASE_URL) is None
    ended = run(tmp_path)
    assert ended.returncode == 0, ended.stderr
    assert all(read_manifest(whole).files for whole in tmp_path.iterdir())


def make_builds(folder: Path, *names: str, old: bool) -> None:
    """Folders that look like builds, each used a second after the one before."""
    for age, name in enumerate(names):
        (folder / name).mkdir()
        (folder / name / "manifest.json").write_text("{}")
        if old:
            os.utime(folder / name, (1_000_000 + age, 1_000_000 + age))


def test_older_builds_are_removed_and_strangers_are_not(tmp_path: Path) -> None:
    make_builds(tmp_path, "one", "two", "three", "four", "newest", old=True)
    (tmp_path / "mine").mkdir()
    remove_outdated(tmp_path, "newest")
    assert {path.name for path in tmp_path.iterdir()} == {"newest", "three", "four", "mine"}


def test_a_build_of_the_last_hour_is_not_outdated(tmp_path: Path) -> None:
    make_builds(tmp_path, "old", old=True)
    make_builds(tmp_path, "one", "two", "three", "four", old=False)
    remove_outdated(tmp_path, "four")
    assert {path.name for path in tmp_path.iterdir()} == {"one", "two", "three", "four"}


def test_text_files_lie_compressed_beside_themselves(built: Manifest) -> None:
    for path in built.files:
        file = built.place(path)
        packed = [file.with_name(file.name + ending) for ending in (".br", ".gz")]
        if file.suffix in (".xlsx", ".parquet", ".zip"):
            assert not any(path.exists() for path in packed)
        elif file.stat().st_size > 1000:
            assert brotli.decompress(packed[0].read_bytes()) == file.read_bytes()
            assert gzip.decompress(packed[1].read_bytes()) == file.read_bytes()


def published_names(published: Path) -> set[str]:
    """Return the names of the files of an edition, those of single indicators with ``kpi/``."""
    return {
        path.relative_to(published).as_posix()
        for path in published.rglob("*")
        if path.is_file() and path.suffix not in (".br", ".gz")
    }


def test_the_archive_holds_every_file_and_its_own_checksums(
    published: Path, edition: Edition
) -> None:
    with zipfile.ZipFile(published / "all.zip") as archive:
        assert archive.testzip() is None
        inside = {name: archive.read(name) for name in archive.namelist()}
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    folder = f"city-indicators-{edition.version}/"
    assert all(name.startswith(folder) for name in inside)
    names = {name.removeprefix(folder) for name in inside}
    assert names == published_names(published) - {"all.zip"}
    lines = inside[f"{folder}SHA256SUMS"].decode().splitlines()
    listed = dict(reversed(line.split("  ")) for line in lines)
    assert set(listed) == names - {"SHA256SUMS"}
    for name, digest in listed.items():
        assert hashlib.sha256(inside[folder + name]).hexdigest() == digest
        assert inside[folder + name] == (published / name).read_bytes()


def test_the_archive_tells_its_terms_and_how_to_cite_it(published: Path, edition: Edition) -> None:
    licence = (published / "LICENSE.txt").read_text("utf-8")
    assert "Creative Commons Attribution 4.0" in licence
    assert "It does not cover the values, quotations and titles" in licence
    assert "Она не относится к значениям, цитатам и названиям" in licence
    citation = yaml.safe_load((published / "CITATION.cff").read_text("utf-8"))
    assert citation["license"] == "CC-BY-4.0"
    assert citation["version"] == edition.version
    for name in ("README.md", "README.ru.md"):
        text = (published / name).read_text("utf-8")
        assert edition.version in text
        assert "CC BY 4.0" in text


@pytest.mark.long
def test_two_editions_lie_side_by_side(edition: Edition, again: Edition, tmp_path: Path) -> None:
    both = build_files(
        again, CITY, tmp_path, base_url=BASE_URL, site_title=SITE, earlier=(edition,)
    )
    for version in (edition.version, again.version):
        assert len(both.of_edition(version)) == len(EXPORTS) * 6 + 14
        assert f"data/{version}/kpi/ec-p-em-1c.csv" in both.files
    live = [file for file in both.files.values() if file.slug and not file.path.startswith("data/")]
    assert {file.edition for file in live} == {again.version}
    alone = tmp_path / "alone"
    lone = build_files(edition, CITY, alone, base_url=BASE_URL, site_title=SITE)
    old = checksums(both.public / "data" / edition.version)
    assert old == checksums(lone.public / "data" / edition.version)


def test_a_city_that_the_edition_does_not_know_is_refused(edition: Edition, tmp_path: Path) -> None:
    with pytest.raises(KeyError):
        build_files(edition, "atlantis", tmp_path, base_url=BASE_URL, site_title=SITE)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.slow
def test_a_build_in_a_process_of_its_own_has_the_same_bytes(
    small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    edition, builds = load_edition(small), tmp_path / "builds"
    options: dict[str, Any] = {"base_url": BASE_URL, "site_title": SITE}
    built = build_files(edition, CITY, tmp_path / "here", **options)
    builds.mkdir()
    # It differs from this one in what could find its way into a file.
    for name, value in (("PYTHONHASHSEED", "1"), ("TZ", "Asia/Tokyo"), ("LANG", "ru_RU.UTF-8")):
        monkeypatch.setenv(name, value)
    key = build_key((edition,), CITY, SITE)
    make_builds(builds, "one", "two", "three", old=True)
    before = os.umask(0o077)
    try:
        apart = build_apart(small.parent, CITY, builds, **options, key=key)
    finally:
        os.umask(before)
    assert apart.files == built.files
    assert checksums(apart.public) == checksums(built.public)
    catalogue = catalogue_key(key, BASE_URL)
    assert {path.name for path in builds.iterdir()} == {key, catalogue, "two", "three"}
    for name in (key, catalogue):
        for path in (builds / name).rglob("*"):
            assert path.stat().st_mode & 0o777 == (0o755 if path.is_dir() else 0o644), path


def test_finding_a_build_loads_no_library_that_writes_files(built: Manifest) -> None:
    program = f"""
import sys
from data import citations, comparison, gaps, publishing, snippets
from data.build_keys import build_key
from data.builds import Path, Words, build_apart
from data.editions import EDITIONS, load_editions
site = Words({SITE.en!r}, {SITE.ru!r})
known = dict(base_url={BASE_URL!r}, site_title=site)
key = build_key(load_editions()[-1:], {CITY!r}, site)
build_apart(EDITIONS, {CITY!r}, Path({str(built.public.parents[1])!r}), **known, key=key)
heavy = {{"pandas", "numpy", "pyarrow", "rdflib", "xlsxwriter", "openpyxl", "brotli"}}
print(sorted(heavy & set(sys.modules)))
"""
    done = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        check=True,
        cwd=PACKAGE.parent,
    )
    assert done.stdout.strip() == "[]"
