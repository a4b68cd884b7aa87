"""Builds every published file of the editions into one folder, laid out as the addresses are.

A build is named after what goes into it, so nothing is written where all is there already. It
appears as a whole, by one renaming.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from data.build_keys import CATALOGUE_ENDING, PACKAGE, build_key, catalogue_key
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
from data.metadata.origin import Origin
from data.models import LANGUAGES, Edition, Words

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
    has_quiz: bool = True,
) -> Manifest:
    """Build the files of ``edition`` and of ``earlier`` ones inside ``folder``, or find them.

    The files of ``city`` (``kpi/…``) and the catalogue are those of ``edition``, the one in force.
    ``base_url`` has no slash at its end; only the catalogue, a build of its own, follows it and
    ``has_quiz``.

    Raises ``KeyError`` for a city that ``edition`` does not know.
    """
    edition.cities[city]
    folder.mkdir(parents=True, exist_ok=True)
    editions = (*earlier, edition)
    key = build_key(editions, city, site_title)
    if manifest := find_build(folder, key, base_url, has_quiz=has_quiz):
        return manifest
    with only_writer(folder):
        # Another process may have built the same while this one waited.
        files = _find(folder, key) or _build(
            folder, key, lambda fresh: _files(editions, city, site_title, fresh)
        )
        apart = catalogue_key(key, base_url, has_quiz=has_quiz)
        origin = Origin(site_title, base_url, city, has_quiz)
        catalogue = _find(folder, apart) or _build(
            folder, apart, lambda _: _catalogue(editions, origin, files)
        )
    return _joined(files, catalogue)


def find_build(folder: Path, key: str, base_url: str, *, has_quiz: bool = True) -> Manifest | None:
    """Return the finished build of this key with its catalogue for the site at ``base_url``.

    None where there is none in ``folder``, or a byte of it is not as it was written.
    """
    files = _find(folder, key)
    catalogue = _find(folder, catalogue_key(key, base_url, has_quiz=has_quiz))
    return _joined(files, catalogue) if files and catalogue else None


def build_apart(
    editions: Path,
    city: str,
    folder: Path,
    *,
    base_url: str,
    site_title: Words,
    key: str,
    has_quiz: bool = True,
) -> Manifest:
    """The same in a process of its own, so that the caller never loads the heavy libraries.

    ``key`` is what ``build_key`` gives for the loaded editions. Raises
    ``subprocess.CalledProcessError`` where the build fails; its output says why.
    """
    if manifest := find_build(folder, key, base_url, has_quiz=has_quiz):
        return manifest
    options = ["--city", city, "--base-url", base_url, "--editions", str(editions)]
    options += ["--title-en", site_title.en, "--title-ru", site_title.ru]
    options += [] if has_quiz else ["--no-quiz"]
    command = [sys.executable, "-m", "data", "build", str(folder.absolute()), *options]
    subprocess.run(  # noqa: S603  # Our own command.
        command, check=True, cwd=PACKAGE.parent, capture_output=True, text=True
    )
    apart = catalogue_key(key, base_url, has_quiz=has_quiz)
    return _joined(read_manifest(folder / key), read_manifest(folder / apart))


def _find(folder: Path, key: str) -> Manifest | None:
    try:
        manifest = read_manifest(folder / key)
    except (OSError, ValueError, KeyError, TypeError):
        return None
    if not is_whole(manifest):
        return None
    with suppress(OSError):
        os.utime(folder / key)  # What is in use is not outdated.
    return manifest


def _joined(files: Manifest, catalogue: Manifest) -> Manifest:
    return replace(
        files,
        files={**files.files, **catalogue.files},
        packed={**files.packed, **catalogue.packed},
        catalogue=catalogue.public,
    )


def _build(
    folder: Path, key: str, files_of: Callable[[Path], Iterable[tuple[PublishedFile, bytes]]]
) -> Manifest:
    """Write the files that ``files_of`` makes, given the folder in which they appear."""
    # Imported here because who only looks for a build needs none of it.
    from data.compression import Compressor  # noqa: PLC0415  # See above.

    for left in folder.glob(f"{_UNFINISHED}*"):
        shutil.rmtree(left)
    fresh = Path(tempfile.mkdtemp(prefix=_UNFINISHED, dir=folder))
    try:
        compressor, files = Compressor(), []
        packed: dict[str, str] = {}
        public = fresh / PUBLIC_FOLDER
        for file, content in files_of(fresh):
            forms = compressor.write(public / file.path, content)
            packed |= {file.path + ending: checksum for ending, checksum in forms.items()}
            files.append(file)
        write_manifest(fresh, key, files, packed)
        _open_to_readers(fresh, folder)
        _remove_broken(folder, key)
        fresh.rename(folder / key)
    except BaseException:
        shutil.rmtree(fresh, ignore_errors=True)
        raise
    remove_outdated(folder, key)
    return read_manifest(folder / key)


def _files(
    editions: Sequence[Edition], city: str, site_title: Words, fresh: Path
) -> Iterator[tuple[PublishedFile, bytes]]:
    from data.exports.edition_files import edition_files  # noqa: PLC0415  # As above.
    from data.exports.text_files import write_texts  # noqa: PLC0415  # As above.

    for before, edition in zip((None, *editions), editions, strict=False):
        unpublished = fresh / "texts"
        texts = edition.files.get(city, unpublished)
        if texts is unpublished:
            write_texts(texts, edition, city, site_title, before)
        for file, content in edition_files(
            texts, lambda path: (fresh / PUBLIC_FOLDER / path).read_bytes()
        ):
            yield file, content
            if file.slug and edition is editions[-1]:
                # Below both languages stand those of the edition in force.
                for language in LANGUAGES:
                    yield replace(file, path=f"{language}/kpi/{file.name}"), content
        shutil.rmtree(unpublished, ignore_errors=True)


def _catalogue(
    editions: Sequence[Edition], origin: Origin, built: Manifest
) -> Iterator[tuple[PublishedFile, bytes]]:
    from data.metadata.catalogue import Catalogue, in_catalogue  # noqa: PLC0415  # As above.

    catalogue = Catalogue(origin)
    catalogue.fill(
        [(edition, in_catalogue(built.files.values(), edition.version)) for edition in editions]
    )
    for name, content in {
        "catalog.ttl": catalogue.turtle(),
        "catalog.jsonld": catalogue.json_ld(),
    }.items():
        yield described_file(name, content, editions[-1].version), content


def _open_to_readers(fresh: Path, folder: Path) -> None:
    """Let every user read a build, whatever the umask says: it is published, and nginx sends it."""
    for path in (folder, fresh, *fresh.rglob("*")):
        with suppress(OSError):  # The folder may be somebody else's.
            path.chmod(0o755 if path.is_dir() else 0o644)


def _remove_broken(folder: Path, key: str) -> None:
    """Make way for a build: what bears its name by now was found to be broken."""
    if (folder / key).is_dir():
        aside = folder / f"{_UNFINISHED}{key}"
        (folder / key).rename(aside)
        shutil.rmtree(aside, ignore_errors=True)


def remove_outdated(folder: Path, key: str) -> None:
    """Keep build ``key``, the two newest others of its kind and all used within the last hour.

    What is no build is left alone.
    """
    since = time.time() - _YOUNG
    kind = key.endswith(CATALOGUE_ENDING)
    folders = [
        path.parent
        for path in folder.glob("*/manifest.json")
        if path.parent.name != key and path.parent.name.endswith(CATALOGUE_ENDING) == kind
    ]
    builds = sorted(((path.stat().st_mtime, path) for path in folders), reverse=True)
    for used, outdated in builds[_KEPT_BUILDS - 1 :]:
        if used < since:
            shutil.rmtree(outdated, ignore_errors=True)
