"""Builds the part of plotly.js the site uses into var/plotly/, where node and npm are at hand.

The site serves the result if it is there and the full file of the Python package if not.
"""

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from plotly.offline import get_plotlyjs_version

HERE = Path(__file__).parent
SOURCES = [
    HERE / name for name in ("package.json", "package-lock.json", "bundle.cjs", "charts.cjs")
]
TARGET_FOLDER = HERE.parents[1] / "var" / "plotly"
NOT_BUILT = TARGET_FOLDER / "not-built.txt"
TIMEOUT_SECONDS = 240


class NotBuilt(Exception):
    """The bundle cannot be built here; the message says why."""


def main() -> int:
    """Build the bundle if it is missing or older than its sources; return an exit status."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--if-possible",
        action="store_true",
        help="stay quiet without node and npm, take a failure as a notice, do not repeat it",
    )
    optional = parser.parse_args().if_possible
    target = TARGET_FOLDER / f"plotly-{get_plotlyjs_version()}.min.js"
    if _is_fresh(target):
        return 0
    if optional and (not _has_node() or _is_fresh(NOT_BUILT)):
        return 0
    try:
        build(target)
    except NotBuilt as reason:
        TARGET_FOLDER.mkdir(parents=True, exist_ok=True)
        target.unlink(missing_ok=True)  # What it was built from has changed since.
        NOT_BUILT.write_text(f"{reason}\n", encoding="utf-8")
        notice = f"plotly.js bundle not built ({reason}); the full file serves instead"
        print(f"==> {notice}. `make bundle` tries again.", file=sys.stderr, flush=True)
        return 0 if optional else 1
    NOT_BUILT.unlink(missing_ok=True)
    return 0


def build(target: Path) -> None:
    """Install the locked packages into a passing folder, bundle them and put ``target`` down.

    Raises:
        NotBuilt: node or npm is missing or fails, or the locked plotly.js is another version.
    """
    if not _has_node():
        raise NotBuilt("node and npm are needed")
    wanted = get_plotlyjs_version()
    locked = json.loads((HERE / "package.json").read_text())["dependencies"]["plotly.js"]
    if locked != wanted:
        raise NotBuilt(f"package.json names plotly.js {locked}, the Python package {wanted}")
    TARGET_FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=TARGET_FOLDER) as folder:
        for source in SOURCES:
            shutil.copy(source, folder)
        print("==> Fetching plotly.js from npm, once, half a minute or so", flush=True)
        quiet = ["--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
        impatient = ["--fetch-retries=1", "--fetch-retry-mintimeout=1000"]
        _run(["npm", "ci", *quiet, *impatient], folder)
        _run(["node", "bundle.cjs", "plotly.min.js"], folder)
        Path(folder, "plotly.min.js").replace(target)
    print(f"==> Built var/plotly/{target.name}, {target.stat().st_size // 1000} kB", flush=True)


def _has_node() -> bool:
    return all(shutil.which(program) for program in ("node", "npm"))


def _is_fresh(path: Path) -> bool:
    newest = max(source.stat().st_mtime for source in SOURCES)
    return path.exists() and path.stat().st_mtime >= newest


def _run(command: list[str], folder: str) -> None:
    try:
        subprocess.run(
            command,
            cwd=folder,
            check=True,
            timeout=TIMEOUT_SECONDS,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )
    except subprocess.TimeoutExpired as error:
        raise NotBuilt(f"{command[0]} took longer than {TIMEOUT_SECONDS} s") from error
    except (OSError, subprocess.CalledProcessError) as error:
        output = (getattr(error, "stderr", None) or str(error)).strip().splitlines()
        raise NotBuilt(
            f"{command[0]}: {output[0].removeprefix('npm error ') if output else 'failed'}"
        ) from error


if __name__ == "__main__":
    sys.exit(main())
