"""nginx with the configuration of deploy/, but for ports, folders and the pace of its limits."""

from __future__ import annotations

import http.client
import os
import re
import shutil
import socket
import ssl
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import Message
from pathlib import Path

from pages.settings import ROOT
from tests.conftest import free_port
from tests.operation.running import wait_until

CONFIGURATION = ROOT / "deploy" / "nginx" / "city-indicators.conf"
NAME = "indicators.example.org"
# Debian keeps it where only root looks for programs.
PROGRAM = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")
_FOLDERS = {
    "/etc/letsencrypt/live/indicators.example.org": "{folder}",
    "/var/log/nginx": "{folder}/log",
    "/var/cache/city-indicators": "{folder}/cache",
    "/srv/city-indicators/current": str(ROOT),
    "/var/lib/city-indicators/files/": f"{os.environ.get('VAR_FOLDER') or ROOT / 'var'}/files/",
}
Response = tuple[int, Message, bytes]


@dataclass
class Proxy:
    """nginx in front of what listens on ``upstream``, a port of the loopback interface."""

    folder: Path
    upstream: int
    plain: int = field(default_factory=free_port)
    tls: int = field(default_factory=free_port)

    def write(self, changes: dict[str, str]) -> Path:
        """Write the configuration with ``changes`` and return its path."""
        site = CONFIGURATION.read_text("utf-8")
        site = re.sub(r"\n +listen \[::\].*", "", site)
        changes = {
            **{place: here.format(folder=self.folder) for place, here in _FOLDERS.items()},
            "listen 80;": f"listen 127.0.0.1:{self.plain};",
            "listen 443": f"listen 127.0.0.1:{self.tls}",
            "127.0.0.1:8050": f"127.0.0.1:{self.upstream}",
            **changes,
        }
        for old, new in changes.items():
            assert old in site, old
            site = site.replace(old, new)
        (self.folder / "site.conf").write_text(site)
        (self.folder / "log").mkdir()
        spools = "".join(
            f"{kind}_temp_path {self.folder}/{kind};"
            for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        )
        # As root it would become a user who may not enter the folders of the tests.
        user = "user root;" if os.geteuid() == 0 else ""
        main = self.folder / "nginx.conf"
        main.write_text(
            f"daemon off; pid {self.folder}/pid; error_log {self.folder}/main.log; {user}"
            f"events {{}} http {{ {spools} include {self.folder}/site.conf; }}"
        )
        return main

    def connect(self, client: str = "127.0.0.1", receive_buffer: int = 0) -> ssl.SSLSocket:
        """Open a connection by TLS from the address ``client``."""
        context = ssl._create_unverified_context()  # noqa: S323  # The certificate is our own.
        plain = socket.socket()
        if receive_buffer:
            plain.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
        plain.settimeout(20)
        plain.bind((client, 0))
        plain.connect(("127.0.0.1", self.tls))
        return context.wrap_socket(plain)

    def ask(
        self, path: str, method: str = "GET", body: bytes | None = None, **headers: str
    ) -> Response:
        """Send one request by TLS, on a connection of its own."""
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        connection = http.client.HTTPConnection("127.0.0.1", self.tls, timeout=20)
        connection.sock = self.connect()
        try:
            connection.request(method, path, body, {"Host": NAME, **sent})
            response = connection.getresponse()
            return response.status, response.headers, response.read()
        finally:
            connection.close()

    def listens(self) -> bool:
        """Return whether connections are accepted."""
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.tls)) == 0

    def logs(self) -> str:
        """Return all that was logged."""
        files = [self.folder / "main.log", *(self.folder / "log").iterdir()]
        return "".join(file.read_text("utf-8") for file in files)


@contextmanager
def proxying(folder: Path, upstream: int, changes: dict[str, str] | None = None) -> Iterator[Proxy]:
    """Run nginx in ``folder`` while the block runs; ``changes`` are made to its configuration."""
    assert PROGRAM, "run: sh tools/nginx.sh"
    certificate = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt"]
    certificate += ["ec_paramgen_curve:prime256v1", "-nodes", "-subj", "/CN=x"]
    keys = ["-keyout", str(folder / "privkey.pem"), "-out", str(folder / "fullchain.pem")]
    subprocess.run([*certificate, *keys], check=True, capture_output=True)
    proxy = Proxy(folder, upstream)
    command = [PROGRAM, "-p", str(folder), "-e", str(folder / "main.log")]
    command += ["-c", str(proxy.write(changes or {}))]
    subprocess.run([*command, "-t"], check=True, capture_output=True)
    process = subprocess.Popen(command)
    try:
        wait_until(proxy.listens)
        yield proxy
    finally:
        process.terminate()
        process.wait(20)
