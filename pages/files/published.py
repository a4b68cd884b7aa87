"""The files of all editions, ready to be served: found where they were built, or built anew."""

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from data.build_keys import build_key
from data.builds import build_apart, find_build
from data.manifests import Manifest
from data.models import Edition, Words


class NoFiles(Exception):
    """The files could not be built; the message says where."""


def publish_files(
    editions: Sequence[Edition],
    folder_of_editions: Path,
    city: str,
    folder: Path,
    base_url: str,
    title: Words,
    *,
    has_quiz: bool = True,
) -> Manifest:
    """Find the files of ``editions`` inside ``folder``, or build them in a process of its own.

    What was built before is taken only if every byte is as it was written. Raises ``NoFiles``.
    """
    key = build_key(editions, city, title)
    if manifest := find_build(folder, key, base_url, has_quiz=has_quiz):
        return manifest
    print("Building the files of the editions …", file=sys.stderr, flush=True)  # noqa: T201  # Takes seconds.
    try:
        return build_apart(
            folder_of_editions,
            city,
            folder,
            base_url=base_url,
            site_title=title,
            key=key,
            has_quiz=has_quiz,
        )
    except subprocess.CalledProcessError as fault:
        reason = fault.stderr.strip().removeprefix("Cannot build: ") or fault
        raise NoFiles(f"The files of the editions could not be built: {reason}") from fault
