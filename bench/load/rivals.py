"""The rivals of a run: plain Dash, Streamlit, and our own documents as files under nginx."""

from __future__ import annotations

import getpass
import json
import shutil
import subprocess
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.load.addresses import fetch
from bench.load.wrk import Asked, Outcome, measure
from bench.processes import ROOT, Server, gunicorn, running

STREAMLIT = ROOT / "var" / "bench" / "streamlit"
STREAMLIT_PIN = "streamlit==1.67.0"
NGINX = "/usr/sbin/nginx"
_VIEWS = ROOT / "bench" / "rivals" / "streamlit_views.py"
_CONFIGURATION = """
user {user}; daemon off; worker_processes {workers};
pid {folder}/nginx.pid; error_log {folder}/error.log;
events {{ worker_connections 4096; }}
http {{
  include /etc/nginx/mime.types; access_log {folder}/access.log; charset utf-8;
  client_body_temp_path {folder}/a; proxy_temp_path {folder}/b; fastcgi_temp_path {folder}/c;
  uwsgi_temp_path {folder}/d; scgi_temp_path {folder}/e;
  server {{
    listen 127.0.0.1:{port}; root {folder}/www; index index.html;
    gzip_static on; etag on; sendfile on; tcp_nopush on; open_file_cache max=2000;
    keepalive_requests 1000000;
  }}
}}
"""


@dataclass(frozen=True, slots=True)
class DashPage:
    """What a browser asks of plain Dash until a page's content is there."""

    path: str
    view: tuple[Asked, ...]

    @property
    def shell(self) -> Asked:
        """The first answer, which holds no content."""
        return self.view[0]


@contextmanager
def plain_dash(contents: Path, workers: int) -> Iterator[Server]:
    """Plain Dash under the same server with the same options as the site."""
    settings = {"BENCH_CONTENTS": str(contents), "WEB_CONCURRENCY": str(workers)}
    command = gunicorn("bench.rivals.plain_dash:server")
    with running(command, "/_dash-layout", settings) as server:
        yield server


def dash_page(server: Server, path: str) -> DashPage:
    """The requests of one page view, as Dash's own scripts make them; checked for content."""
    rules = json.loads(fetch(f"{server.address}/_dash-dependencies"))
    rule = next(one for one in rules if "_pages_content.children" in one["output"])
    outputs = [
        dict(zip(("id", "property"), one.split("."), strict=True))
        for one in rule["output"].strip(".").split("...")
    ]
    values = {"pathname": path, "search": ""}
    body = json.dumps(
        {
            "output": rule["output"],
            "outputs": outputs,
            "inputs": [{**one, "value": values.get(one["property"])} for one in rule["inputs"]],
            "state": [{**one, "value": None} for one in rule["state"]],
            "changedPropIds": ["_pages_location.pathname", "_pages_location.search"],
        }
    )
    request = urllib.request.Request(
        f"{server.address}/_dash-update-component",
        body.encode(),
        {"Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request) as answer:
        content = answer.read()
    if b'"type":"P"' not in content:
        raise SystemExit(f"plain Dash answers {path} without its words")
    asked = (Asked(path), Asked("/_dash-layout"), Asked("/_dash-dependencies"))
    return DashPage(path, (*asked, Asked("/_dash-update-component", body)))


@contextmanager
def streamlit(contents: Path) -> Iterator[Server]:
    """Streamlit, installed once in an environment of its own below var/bench."""
    if not (STREAMLIT / "bin" / "streamlit").exists():
        uv = str(ROOT / ".venv" / "bin" / "uv")
        subprocess.run([uv, "venv", "--quiet", str(STREAMLIT)], check=True)
        install = [uv, "pip", "install", "--quiet", "--python", str(STREAMLIT), STREAMLIT_PIN]
        subprocess.run(install, check=True)
    command = [str(STREAMLIT / "bin" / "streamlit"), "run", "bench/rivals/streamlit_app.py"]
    for name, value in {
        "server.port": "{port}",
        "server.address": "127.0.0.1",
        "server.headless": "true",
        "browser.gatherUsageStats": "false",
    }.items():
        command += [f"--{name}", value]
    with running(command, "/_stcore/health", {"BENCH_CONTENTS": str(contents)}) as server:
        yield server


def streamlit_views(server: Server, page: str, clients: int, seconds: float) -> Outcome:
    """Views a second of one page, by websocket."""
    command = [str(STREAMLIT / "bin" / "python"), str(_VIEWS), server.address, page]
    command += [str(clients), str(seconds)]
    done = subprocess.run(command, check=True, capture_output=True, text=True, cwd="/")
    return Outcome(**json.loads(done.stdout), faults=0)


@contextmanager
def static_site(site: str, paths: Sequence[str], folder: Path, workers: int) -> Iterator[Server]:
    """Our documents as files, compressed ahead, under nginx.

    Ends the program where nginx is missing.
    """
    if not shutil.which(NGINX):
        raise SystemExit("nginx is missing (Debian: apt-get install nginx-light)")
    for path in paths:
        file = folder / "www" / path.lstrip("/")
        file = file / "index.html" if path.endswith("/") else file
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(_content(site + path, "identity"))
        file.with_name(f"{file.name}.gz").write_bytes(_content(site + path, "gzip"))
    settings = folder / "nginx.conf"

    def write(port: int) -> None:
        known = {"folder": folder, "workers": workers, "port": port, "user": getpass.getuser()}
        settings.write_text(_CONFIGURATION.format(**known), "utf-8")

    with running([NGINX, "-c", str(settings)], paths[0], {}, prepare=write) as server:
        yield server


def _content(address: str, encoding: str) -> bytes:
    request = urllib.request.Request(address, headers={"Accept-Encoding": encoding})
    with urllib.request.urlopen(request) as answer:
        content: bytes = answer.read()
        return content


def views(server: Server, page: DashPage, clients: int, seconds: float) -> Outcome:
    """Views a second of one page of plain Dash: all of its requests together are one."""
    found = measure(server.address, page.view, clients=clients, seconds=seconds)
    each = len(page.view)
    return Outcome(
        found.requests // each,
        found.per_second / each,
        found.p50,
        found.p95,
        found.p99,
        found.bytes_each * each,
        found.faults,
    )
