"""A throwaway WordPress of Debian's packages: MariaDB on a socket, PHP on a loopback port."""

from __future__ import annotations

import json
import os
import secrets
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import httpx

from tests.conftest import free_port

_CODE = Path("/usr/share/wordpress")
ROLES = ("administrator", "author")
# WordPress fetches nothing from its own machine or other ports than the web's unless it is let.
_LET_THROUGH = """<?php
add_filter('http_request_host_is_external', '__return_true');
add_filter('http_allowed_safe_ports', fn ($ports) => [...$ports, {port}]);
"""
_CONFIGURATION = """<?php
define('DB_NAME', 'wordpress');
define('DB_USER', 'root');
define('DB_PASSWORD', '');
define('DB_HOST', 'localhost:{mariadb}');
define('WP_HOME', '{address}');
define('WP_SITEURL', '{address}');
define('WP_ENVIRONMENT_TYPE', 'local'); // Application passwords without https.
define('DISABLE_WP_CRON', true);
define('WP_HTTP_BLOCK_EXTERNAL', false);
define('AUTOMATIC_UPDATER_DISABLED', true);
define('AUTH_SALT', '{salt}');
define('SECURE_AUTH_SALT', '{salt}');
$table_prefix = 'wp_';
if (!defined('ABSPATH')) {{ define('ABSPATH', __DIR__ . '/'); }}
require_once ABSPATH . 'wp-settings.php';
"""
_INSTALLATION = """
define('WP_INSTALLING', true);
$_SERVER['HTTP_HOST'] = 'localhost';
require 'wp-load.php';
require 'wp-admin/includes/upgrade.php';
wp_install('Newsroom', 'first', 'first@example.org', false, '', wp_generate_password());
switch_theme('twentytwentyone');
$passwords = [];
foreach (['administrator', 'author'] as $role) {
    $user = wp_insert_user(['user_login' => $role, 'user_pass' => wp_generate_password(),
        'user_email' => "$role@example.org", 'role' => $role]);
    [$passwords[$role]] = WP_Application_Passwords::create_new_application_password(
        $user, ['name' => 'tests']);
}
echo "\\n", json_encode($passwords);
"""


@dataclass
class WordPress:
    """A running WordPress; ``passwords`` are those of its users, by role."""

    address: str
    passwords: dict[str, str]

    def publish(self, role: str, content: str) -> str:
        """Publish a post as a user with this role and return its address."""
        response = httpx.post(
            f"{self.address}/?rest_route=/wp/v2/posts",
            json={"title": "An article", "content": content, "status": "publish"},
            auth=(role, self.passwords[role]),
            timeout=60,
        )
        assert response.status_code == 201, response.text
        return str(response.json()["link"])


@contextmanager
def wordpress(site_port: int) -> Iterator[WordPress]:
    """Install WordPress in a temporary folder and serve it; it may fetch from ``site_port``."""
    address = f"http://127.0.0.1:{free_port()}"
    with TemporaryDirectory() as name, _mariadb(folder := Path(name)) as mariadb:
        code = folder / "code"
        shutil.copytree(_CODE, code, symlinks=False, ignore=shutil.ignore_patterns(".htaccess"))
        settings = {"mariadb": mariadb, "address": address, "salt": secrets.token_hex(16)}
        (code / "wp-config.php").write_text(_CONFIGURATION.format(**settings), "utf-8")
        plugins = code / "wp-content/mu-plugins"
        plugins.mkdir()
        plugin = _LET_THROUGH.replace("{port}", str(site_port))
        (plugins / "loopback.php").write_text(plugin, "utf-8")
        installed = subprocess.run(
            ["/usr/bin/php", "-r", _INSTALLATION],
            cwd=code,
            capture_output=True,
            text=True,
            check=True,
        )
        passwords = json.loads(installed.stdout.rpartition("\n")[2])
        with _php(code, address):
            yield WordPress(address, passwords)


@contextmanager
def _mariadb(folder: Path) -> Iterator[Path]:
    """Start a server in ``folder`` and return its socket."""
    folder.chmod(0o755)  # Its server may be another user.
    data = folder / "mariadb"
    mariadb = data / "sock"
    as_user = ["--user=mysql"] if os.getuid() == 0 else []
    data.mkdir()
    if as_user:
        shutil.chown(data, "mysql")
    common = ["--no-defaults", f"--datadir={data}", *as_user]
    install = ["--auth-root-authentication-method=normal", "--skip-test-db"]
    subprocess.run(
        ["/usr/bin/mariadb-install-db", *common, *install], check=True, capture_output=True
    )
    served = ["--skip-networking", f"--socket={mariadb}", f"--log-error={data}/log"]
    with subprocess.Popen(["/usr/sbin/mariadbd", *common, *served]) as server:
        try:
            _eventually(lambda: _create_database(mariadb))
            yield mariadb
        finally:
            server.terminate()


def _create_database(mariadb: Path) -> None:
    statement = "CREATE DATABASE IF NOT EXISTS wordpress CHARACTER SET utf8mb4"
    client = ["/usr/bin/mariadb", "--no-defaults", f"--socket={mariadb}", "--user=root"]
    subprocess.run([*client, f"--execute={statement}"], check=True, capture_output=True)


@contextmanager
def _php(code: Path, address: str) -> Iterator[None]:
    host = address.removeprefix("http://")
    environment = {**os.environ, "PHP_CLI_SERVER_WORKERS": "4"}
    command = ["/usr/bin/php", "-S", host, "-t", str(code)]
    log = (code / "log").open("w")
    with log, subprocess.Popen(command, env=environment, stdout=log, stderr=log) as server:
        try:
            _eventually(lambda: httpx.get(address, timeout=30).raise_for_status())
            yield
        finally:
            server.terminate()


def _eventually(attempt: Callable[[], object]) -> None:
    """Call until it raises no error any more, for a minute at most."""
    end = time.monotonic() + 60
    while True:
        try:
            attempt()
        except (httpx.HTTPError, subprocess.CalledProcessError):
            if time.monotonic() > end:
                raise
            time.sleep(0.2)
        else:
            return
