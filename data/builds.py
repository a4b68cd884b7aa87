"""Builds every published file of the editions into one folder, laid out as the addresses are.

A build is named after what goes into it, so nothing is written where all is there already. It
appears as a whole, by one renaming.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from functools import cache
from importlib.metadata import version
from pathlib import Path

from data.exports.about import Origin
from data.locks import only_writer
from data.manifests import (
    PUBLIC_FOLDER,
    Manifest,
    PublishedFile,
    described_file,
    is_whole,
    read_manifest,
    write_manifest,
)
from data.models import LANGUAGES, Edition, Words

ROOM = Path(__file__).parent
# What these write may differ from version to version.
_WRITERS = ("brotli", "pyarrow", "rdflib", "xlsxwriter")
_UNFINISHED = "unfinished-"
# Processes that started before an upgrade still serve from their folder.
_KEPT_BUILDS = 3
_YOUNG = 3600.0  # Seconds. Who starts sites of several cities at once pushes none of them out.


def build_files(
    edition: Edition,
    city: str,
    folder: Path,
    *,
    base_url: str,
    site_title: Words,
    earlier: Sequence[Edition] = (),
) -> Manifest:
    """Build the files of ``edition`` and of ``earlier`` ones inside ``folder``, or find them.

    The files of ``city`` (``kpi/…``) and the catalogue are those of ``edition``, the one in force.
    ``base_url`` has no slash at its end. The result's ``public`` folder holds what is served.

    Raises ``KeyError`` for a city that an edition does not know.
    """
    folder.mkdir(parents=True, exist_ok=True)
    editions = (*earlier, edition)
    key = build_key(editions, city, base_url, site_title)
    if found := find_build(folder, key):
        return found
    with only_writer(folder):
        # Another process may have built the same while this one waited.
        return find_build(folder, key) or _build(editions, city, folder, key, base_url, site_title)


def find_build(folder: Path, key: str) -> Manifest | None:
    """The finished build of this key inside ``folder``; None if a byte of it is not as written."""
    try:
        found = read_manifest(folder / key)
    except (OSError, ValueError, KeyError, TypeError):
        return None
    if not is_whole(found):
        return None
    with suppress(OSError):
        os.utime(folder / key)  # What is in use is not outdated.
    return found


def build_apart(
    editions: Path, city: str, folder: Path, *, base_url: str, site_title: Words, key: str
) -> Manifest:
    """The same in a process of its own, so that the caller never loads the heavy libraries.

    ``key`` is what ``build_key`` gives for the loaded editions. Raises
    ``subprocess.CalledProcessError`` where the build fails; its output says why.
    """
    if found := find_build(folder, key):
        return found
    options = ["--city", city, "--base-url", base_url, "--editions", str(editions)]
    options += ["--title-en", site_title.en, "--title-ru", site_title.ru]
    command = [sys.executable, "-m", "data", "build", str(folder.absolute()), *options]
    subprocess.run(command, check=True, cwd=ROOM.parent, stdout=subprocess.DEVNULL)  # noqa: S603  # Our own command.
    return read_manifest(folder / key)


def build_key(editions: Sequence[Edition], city: str, base_url: str, site_title: Words) -> str:
    """What a build is named after: data, descriptions, addresses and the code that writes."""
    parts = [
        [one.version, one.date, one.digest, repr(one.change_log), json.dumps(one.package)]
        for one in editions
    ]
    whole = json.dumps([parts, city, base_url, site_title.en, site_title.ru, writers_version()])
    return hashlib.sha256(whole.encode()).hexdigest()[:20]


@cache
def writers_version() -> str:
    """A hash of this room's code and of the versions of the libraries that write files."""
    digest = hashlib.sha256()
    for file in sorted([*ROOM.rglob("*.py"), *ROOM.glob("*/*.yml")]):
        digest.update(file.relative_to(ROOM).as_posix().encode() + b"\0" + file.read_bytes())
    for library in _WRITERS:
        digest.update(f"{library} {version(library)}\n".encode())
    return digest.hexdigest()


def _build(
    editions: Sequence[Edition],
    city: str,
    folder: Path,
    key: str,
    base_url: str,
    site_title: Words,
) -> Manifest:
    # Imported here because who only looks for a build needs none of it.
    from data.compression import Compressor  # noqa: PLC0415  # See above.

    for left in folder.glob(f"{_UNFINISHED}*"):
        shutil.rmtree(left)
    fresh = Path(tempfile.mkdtemp(prefix=_UNFINISHED, dir=folder))
    try:
        compressor, files = Compressor(), []
        packed: dict[str, str] = {}
        public = fresh / PUBLIC_FOLDER
        origin = Origin(site_title, base_url, city)
        for file, content in _files(editions, origin, lambda path: (public / path).read_bytes()):
            forms = compressor.write(public / file.path, content)
            packed |= {file.path + ending: checksum for ending, checksum in forms.items()}
            files.append(file)
        write_manifest(fresh, key, files, packed)
        fresh.chmod(0o755)
        _remove_broken(folder, key)
        fresh.rename(folder / key)
    except BaseException:
        shutil.rmtree(fresh, ignore_errors=True)
        raise
    remove_outdated(folder, key)
    return read_manifest(folder / key)


def _files(
    editions: Sequence[Edition], origin: Origin, read: Callable[[str], bytes]
) -> Iterator[tuple[PublishedFile, bytes]]:
    from data.exports.edition_files import edition_files  # noqa: PLC0415  # As above.
    from data.metadata.catalogue import Catalogue, in_catalogue  # noqa: PLC0415  # As above.

    listed: list[tuple[Edition, list[PublishedFile]]] = []
    for before, edition in zip((None, *editions), editions, strict=False):
        listed.append((edition, []))
        for file, content in edition_files(edition, origin, read, before):
            listed[-1][1].append(file)
            yield file, content
        # Below both languages stand those of the edition in force.
        live = LANGUAGES if edition is editions[-1] else ()
        yield from _indicator_files(edition, origin, (f"data/{edition.version}", *live))
    newest = editions[-1]
    catalogue = Catalogue(origin)
    catalogue.fill([(edition, in_catalogue(files)) for edition, files in listed])
    for name, content in {
        "catalog.ttl": catalogue.turtle(),
        "catalog.jsonld": catalogue.json_ld(),
    }.items():
        yield described_file(name, content, newest.version), content


def _indicator_files(
    edition: Edition, origin: Origin, folders: Sequence[str]
) -> Iterator[tuple[PublishedFile, bytes]]:
    """The same files below each folder, also of both languages: every text in them is in both."""
    from data.exports.indicator_files import IndicatorFiles  # noqa: PLC0415  # As above.

    writer = IndicatorFiles(edition, origin.city)
    for indicator in edition.indicators:
        forms = {"csv": writer.csv(indicator), "json": writer.json(indicator)}
        rows = forms["csv"].count(b"\n") - 1
        for folder in folders:
            for form, content in forms.items():
                path = f"{folder}/kpi/{indicator.slug}.{form}"
                counted = rows if form == "csv" else None
                yield (
                    described_file(
                        path, content, edition.version, slug=indicator.slug, rows=counted
                    ),
                    content,
                )


def _remove_broken(folder: Path, key: str) -> None:
    """Make way for a build: what bears its name by now was found to be broken."""
    if (folder / key).is_dir():
        aside = folder / f"{_UNFINISHED}{key}"
        (folder / key).rename(aside)
        shutil.rmtree(aside, ignore_errors=True)


def remove_outdated(folder: Path, key: str) -> None:
    """Keep build ``key``, the two newest others and all that were used within the last hour.

    What is no build is left alone.
    """
    since = time.time() - _YOUNG
    others = [one.parent for one in folder.glob("*/manifest.json") if one.parent.name != key]
    builds = sorted(((one.stat().st_mtime, one) for one in others), reverse=True)
    for used, outdated in builds[_KEPT_BUILDS - 1 :]:
        if used < since:
            shutil.rmtree(outdated, ignore_errors=True)
