"""The shipped nginx configuration in front of a running site, on one loopback port without TLS."""

from __future__ import annotations

import getpass
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.processes import ROOT, Server, running

STATIC = "/static-bytes/"
_CONFIGURATION = ROOT / "deploy" / "nginx" / "city-indicators.conf"
_MAIN = """
daemon off; user {user}; worker_processes {workers}; pid {folder}/pid; error_log {folder}/main.log;
events {{ worker_connections 4096; }}
http {{
  client_body_temp_path {folder}/a; proxy_temp_path {folder}/b; fastcgi_temp_path {folder}/c;
  uwsgi_temp_path {folder}/d; scgi_temp_path {folder}/e;
  keepalive_requests 1000000; sendfile on; tcp_nopush on; open_file_cache max=2000;
  include {folder}/site.conf;
}}
"""


@contextmanager
def behind_nginx(site: Server, folder: Path, workers: int) -> Iterator[Server]:
    """Run nginx before ``site``, without limits per client, who are all one here.

    Files of ``folder``/static are served as they are below ``STATIC``. Ends the program where
    nginx is missing.
    """
    program = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")
    if not program:
        raise SystemExit("nginx is missing (Debian: apt-get install nginx-light)")
    (folder / "log").mkdir()

    def write(port: int) -> None:
        values = {"folder": folder, "workers": workers, "user": getpass.getuser()}
        (folder / "nginx.conf").write_text(_MAIN.format(**values), "utf-8")
        (folder / "site.conf").write_text(_site(site, folder, port), "utf-8")

    command = [program, "-p", str(folder), "-e", str(folder / "main.log")]
    command += ["-c", str(folder / "nginx.conf")]
    with running(command, "/healthz", {}, prepare=write) as proxy:
        yield proxy


def _site(site: Server, folder: Path, port: int) -> str:
    """The configuration with other places, one listener, no limits, and ``STATIC`` added."""
    words = _CONFIGURATION.read_text("utf-8")
    words = re.sub(r"server \{\n    listen 80;.*?\n\}\n", "", words, flags=re.DOTALL)
    words = re.sub(r"\n +(ssl_\w+|listen \[::\]\S*|limit_req|limit_conn) .*", "", words)
    changes = {
        "/var/cache/city-indicators": f"{folder}/cache",
        "/var/log/nginx": f"{folder}/log",
        "/srv/city-indicators/current": str(ROOT),
        "listen 443 ssl http2;": f"listen 127.0.0.1:{port};\n"
        f"    location {STATIC} {{ alias {folder}/static/; types {{}} }}",
        "127.0.0.1:8050": site.address.removeprefix("http://"),
    }
    for old, new in changes.items():
        if old not in words:
            raise SystemExit(f"{_CONFIGURATION.name} does not hold {old!r}")
        words = words.replace(old, new)
    return words
