"""Files that never change under their address: our assets and Dash's scripts, compressed once.

WhiteNoise serves them from one folder. The folder is made when the site starts for the first
time, and again when a source of it changes.
"""

import glob
import hashlib
import json
import re
import shutil
import sys
import tempfile
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path
from wsgiref.headers import Headers

import plotly
from dash import Dash
from plotly.offline import get_plotlyjs_version
from whitenoise import WhiteNoise
from whitenoise.compress import Compressor

from components.takeover.dash_internals import (
    BROWSER_NAMES,
    SUITES,
    browser_settings,
    script_urls,
)
from components.texts import text
from components.theme import with_tokens
from data.locks import only_writer
from data.models import LANGUAGES

ROOT = Path(__file__).parents[1]
ASSETS = ROOT / "assets"
BUNDLES = ROOT / "var" / "plotly"
# The fingerprint Dash puts behind a file's first name part: version and time of installation.
# Machines with the same files would disagree about it, and strangers would learn both.
_MARK = re.compile(r"\.v[\w-]+?m\d+(?=\.)")
_VERSION = re.compile(r"@[\d.]*\d")  # As in react@18.3.1.min.js.
_NEVER_CHANGES = re.compile(r"\.[0-9a-f]{12}\.")
_HOUR = 3600
_YEAR = 31_536_000
# What stands inside pages; the loader of embeds has an address of its own.
_INSIDE_PAGES = ("bootstrap.js", "embed_frame.js", "embed_loader.js")
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
}
# What an embed loads: where a sandbox takes its origin away, its own site is another one.
_OF_EMBEDS = re.compile(r"/(embed_chart|plotly)\.[0-9a-f]{12}\.js$")
# Loaded where a reader asks for the grid or for a chart.
_OF_GRID, _OF_CHARTS = "/dash_ag_grid/", "/dash_core_components-shared."
# DataTable, the paid part of the grid, what browsers from before 2020 lack, and boxes and selects,
# which the server paints.
_UNUSED = re.compile(
    "/dash_table/|async-enterprise|dash_ag_grid.min|/polyfill|/dash_bootstrap_components/"
)
# Readers of a page from before an upgrade still ask for its files.
_KEPT_FOLDERS = 3


def asset(name: str) -> str:
    """Return one of our assets; style sheets and pictures with the theme's tokens filled in."""
    source = (ASSETS / name).read_text("utf-8")
    return with_tokens(source) if name.endswith((".css", ".svg")) else source


def publish(app: Dash, parent: Path) -> tuple[Path, dict[str, str]]:
    """Write every static file and return its folder and the addresses of our assets by name.

    Into ``dash_takeover.js`` are written the URLs of Dash's scripts and its public settings, which
    depend on the installed versions. Nothing is written where all is there already.
    """
    scripts, suite = _dash_scripts(app)
    grid = [script for script in scripts if _OF_GRID in script]
    charts = [script for script in scripts if _OF_CHARTS in script]
    first = [script for script in scripts if script not in (*grid, *charts)]
    plotly_js = _plotly_js()
    contents = {
        file.name: asset(file.name).encode()
        for file in sorted(ASSETS.iterdir())
        if file.is_file()
        and file.name not in _INSIDE_PAGES
        and (file.suffix != ".css" or file.name == "print.css")
    }
    contents["plotly.js"] = plotly_js
    retry = contents.pop("retry.js").replace(b'"TEXTS"', json.dumps(_retry_texts()).encode())
    copying = json.dumps(_texts("copied", "copy_selected")).encode()
    contents["copy.js"] = contents["copy.js"].replace(b'"TEXTS"', copying)
    contents["quiz.js"] = contents.pop("answer_fields.js") + contents["quiz.js"]
    for name in ("swap.js", "quiz.js", "dash_takeover.js"):
        contents[name] = retry + contents[name]
    addresses = {name: _hashed(name, content) for name, content in contents.items()}
    settings = {
        "scripts": [*first, addresses["markup.js"]],
        "plotly": addresses["plotly.js"],
        "chart": [addresses["plotly.js"], *charts, _beside(scripts, "dash/dcc/async-graph.js")],
        "grid": [*grid, _beside(scripts, "dash_ag_grid/async-community.js")],
        "config": browser_settings(app),
        "names": BROWSER_NAMES,
        "style": asset("woken.css"),
    }
    takeover = contents["dash_takeover.js"].replace(b'"SETTINGS"', json.dumps(settings).encode())
    contents["dash_takeover.js"] = takeover
    addresses["dash_takeover.js"] = _hashed("dash_takeover.js", takeover)
    wanted = {addresses[name]: content for name, content in contents.items()} | suite
    return _write(wanted, parent), addresses


def _beside(scripts: list[str], path: str) -> str:
    """Return the URL of a file that one of Dash's scripts loads later, by its plain name."""
    folder = path.rpartition("/")[0]
    prefix = next(url.partition(f"/{folder}/")[0] for url in scripts if f"/{folder}/" in url)
    return f"{prefix}/{path}"


def _retry_texts() -> dict[str, dict[str, str]]:
    """Return the words of assets/retry.js by language, with the blanks that it fills itself."""
    blanks = {"asked": "{asked}", "seconds": "{seconds}"}
    kinds = ("offline", "late", "busy", "failed")
    return {
        language: {kind: text(f"retry_{kind}", language, **blanks) for kind in kinds}
        for language in LANGUAGES
    }


def _texts(*keys: str) -> dict[str, dict[str, str]]:
    return {language: {key: text(key, language) for key in keys} for language in LANGUAGES}


def serve(app: Dash, folder: Path) -> None:
    """Answer the addresses of these files before any other code runs.

    Folders of earlier contents are answered too, for readers of a page from before an upgrade.
    """
    server = app.server
    white_noise = WhiteNoise(
        server.wsgi_app,
        max_age=_HOUR,
        immutable_file_test=lambda _path, url: bool(_NEVER_CHANGES.search(url)),
        allow_all_origins=False,
        add_headers_function=_add_headers,
    )
    for earlier in reversed(_folders(folder.parent)):
        white_noise.add_files(str(earlier))
    white_noise.add_files(str(folder))  # Last, since a later folder's file wins.
    server.wsgi_app = white_noise


def _folders(parent: Path) -> list[Path]:
    """The folders of all contents that are still kept, newest first."""
    return sorted(parent.glob("[0-9a-f]*"), key=lambda path: path.stat().st_mtime, reverse=True)


def _add_headers(headers: Headers, _path: str, url: str) -> None:
    for name, value in _HEADERS.items():
        headers[name] = value
    embedded = _OF_EMBEDS.search(url)
    headers["Cross-Origin-Resource-Policy"] = "cross-origin" if embedded else "same-origin"
    if _NEVER_CHANGES.search(url):
        # WhiteNoise means ten years by it; a year is what the standard takes for ever.
        headers["Cache-Control"] = f"public, max-age={_YEAR}, immutable"


def _hashed(name: str, content: bytes, folder: str = "/assets/") -> str:
    stem, dot, ending = name.rpartition(".")
    return f"{folder}{stem}.{hashlib.sha256(content).hexdigest()[:12]}{dot}{ending}"


def _plotly_js() -> bytes:
    """Our own bundle if one was built for the installed version, else the full file."""
    bundle = BUNDLES / f"plotly-{get_plotlyjs_version()}.min.js"
    if bundle.is_file():
        return bundle.read_bytes()
    return (Path(plotly.__file__).parent / "package_data" / "plotly.min.js").read_bytes()


def _dash_scripts(app: Dash) -> tuple[list[str], dict[str, bytes]]:
    """Return the URLs of Dash's scripts in their order, and every file they may load later."""
    prefix = app.config.requests_pathname_prefix + SUITES
    files_by_url: dict[str, bytes] = {}
    for script in script_urls(app):
        if _UNUSED.search(script):
            continue
        package, _, path = script.removeprefix(prefix).partition("/")
        path = _MARK.sub("", path)
        content = _package_file(package, path)
        # Its folder stays, since Dash looks for later files beside the script that is there.
        folder, _, name = f"{package}/{path}".rpartition("/")
        files_by_url[_hashed(_VERSION.sub("", name), content, f"{prefix}{folder}/")] = content
    scripts = list(files_by_url)
    for package, paths in app.registered_paths.items():
        for path in paths:
            url = f"{prefix}{package}/{path}"
            if path.endswith(".js") and package != "plotly" and not _UNUSED.search(url):
                # Dash's loader asks for later files by their plain name.
                files_by_url[url] = _package_file(package, path)
    return scripts, files_by_url


def _package_file(package: str, path: str) -> bytes:
    return files(package).joinpath(path).read_bytes()


def _write(wanted: Mapping[str, bytes], parent: Path) -> Path:
    """Write the files into a folder named after their content, or find it there.

    It appears as a whole, by one renaming, so that processes that run on an older content never
    meet half of it. Of processes that start together one writes, and the others wait for it.
    """
    names = json.dumps({name: hashlib.sha256(wanted[name]).hexdigest() for name in sorted(wanted)})
    folder = parent / hashlib.sha256(names.encode()).hexdigest()[:16]
    if folder.is_dir():
        return folder
    parent.mkdir(parents=True, exist_ok=True)
    with only_writer(parent):
        if not folder.is_dir():
            _write_folder(wanted, folder)
    return folder


def _write_folder(wanted: Mapping[str, bytes], folder: Path) -> None:
    print("Compressing static files …", file=sys.stderr, flush=True)  # noqa: T201  # Takes seconds.
    earlier = _folders(folder.parent)
    fresh = Path(tempfile.mkdtemp(prefix="new-", dir=folder.parent))
    fresh.chmod(0o755)
    try:
        for name, content in wanted.items():
            _write_compressed(fresh, name.lstrip("/"), content, earlier)
        fresh.rename(folder)
    except OSError:
        shutil.rmtree(fresh)
        raise
    for outdated in earlier[_KEPT_FOLDERS:]:
        shutil.rmtree(outdated, ignore_errors=True)


def _write_compressed(folder: Path, name: str, content: bytes, earlier: list[Path]) -> None:
    """Write one file and its compressed forms, taken over from an earlier folder if it can be."""
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    for before in earlier:
        path = before / name
        if path.is_file() and path.read_bytes() == content:
            for form in path.parent.glob(glob.escape(path.name) + "*"):
                shutil.copy2(form, file.parent)
            return
    file.write_bytes(content)
    compressor = Compressor(quiet=True)
    if compressor.should_compress(file.name):
        list(compressor.compress(str(file)))
