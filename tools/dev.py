"""Serve the site and reload it within seconds of a change: ``make dev``.

Most of a start is the import of other people's packages. The parent process imports those once and
holds the listening socket; for each version of the code it forks a child that imports the project's
own modules and serves. A request that arrives during a reload waits in the socket's queue.
"""

import importlib
import os
import re
import signal
import socket
import sys
import time
import traceback
from contextlib import suppress
from pathlib import Path

ROOT = Path(__file__).parents[1]
PACKAGES = ("components", "data", "pages", "quiz")
FOLDERS = (*PACKAGES, "assets")
POLL_SECONDS = 0.2


def modification_times() -> dict[Path, int]:
    """Return the modification time of every source file, in nanoseconds."""
    paths = [path for folder in FOLDERS for path in (ROOT / folder).rglob("[!.]*.*")]
    times = {}
    for path in paths:
        if path.suffix not in (".pyc", ".swp"):
            with suppress(FileNotFoundError):  # Git or an editor is replacing it.
                times[path] = path.stat().st_mtime_ns
    return times


def import_dependencies() -> None:
    """Import what the project's modules import from elsewhere."""
    names = set()
    for package in PACKAGES:
        for path in (ROOT / package).rglob("*.py"):
            names.update(
                re.findall(r"^(?:from|import) ([\w.]+)", path.read_text("utf-8"), re.MULTILINE)
            )
    for name in sorted(names):
        if name.partition(".")[0] not in PACKAGES:
            importlib.import_module(name)


def serve(listener: socket.socket) -> None:
    """Import the project and serve it until a signal ends the process."""
    from werkzeug.serving import make_server  # noqa: PLC0415  # imported by the parent already

    from components.texts import check_texts  # noqa: PLC0415  # imported anew after each change
    from pages.application import create_app  # noqa: PLC0415  # imported anew after each change
    from pages.settings import read_settings  # noqa: PLC0415  # imported anew after each change

    start = time.monotonic()
    settings = read_settings()
    check_texts()
    server = create_app(settings).server
    sys.stderr.write(f"Ready after {time.monotonic() - start:.1f} s: {settings.base_url}\n")
    host, port = listener.getsockname()[:2]
    make_server(host, port, server, threaded=True, fd=listener.fileno()).serve_forever()


def fork(listener: socket.socket) -> int:
    """Start a child that serves the code as it is now; return its process id."""
    child = os.fork()
    if child:
        return child
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    try:
        serve(listener)
    except KeyboardInterrupt:
        pass
    except BaseException:  # noqa: BLE001  # whatever it is, the developer mends it and saves again
        traceback.print_exc()
    os._exit(1)


def main() -> None:
    """Serve until interrupted."""
    os.environ.setdefault("STYLEGUIDE", "yes")
    host = os.environ.get("HOST", "127.0.0.1")
    listener = socket.create_server((host, int(os.environ.get("PORT", "8050"))))
    sys.path.insert(0, str(ROOT))
    import_dependencies()
    times = modification_times()
    child = fork(listener)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit())
    try:
        while True:
            time.sleep(POLL_SECONDS)
            latest = modification_times()
            if latest != times:
                changed = min(path for path, _ in set(latest.items()) ^ set(times.items()))
                sys.stderr.write(f"Changed: {changed.relative_to(ROOT)}\n")
                times = latest
                os.kill(child, signal.SIGTERM)
                os.waitpid(child, 0)
                child = fork(listener)
    except KeyboardInterrupt:
        pass
    finally:
        os.kill(child, signal.SIGTERM)
        os.waitpid(child, 0)


if __name__ == "__main__":
    main()
