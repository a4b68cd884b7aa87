"""Settings from the environment, all checked at start, every fault listed at once."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pages.operation.cores import usable_cores
from pages.setting_checks import (
    is_contact,
    is_database,
    is_host,
    is_id,
    is_number_to,
    is_one_of,
    is_port,
    is_redis,
    is_web_address,
    is_writable_folder,
)

ROOT = Path(__file__).parents[1]
_SHORTEST_KEY = 16
_MOST_A_MINUTE = 1_000_000
LOG_FORMATS = ("auto", "json", "text")
# What an address must be.
_SITE = "http:// or https://, a host (an international one as xn--…) and perhaps a port, no more"
_REDIS = "redis://…@host:port/number; what is odd in a password written as %…"
_FOLDER = "a folder that the site may write in; it is made where that is possible"
_DATABASE = "a sqlite:// or postgresql:// address; what is odd in a password written as %…"
LOG_LEVELS = ("debug", "info", "warning", "error")


class BadSettings(Exception):
    """One or more settings cannot be used; the message names each and what it may be."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What the environment may change; everything has a default.

    ``base_url`` is the address readers see, without a slash at its end, and ``base_url_set``
    says whether somebody named it. ``city`` is an id of the table of cities; whether it exists
    is checked once the edition is read. ``folder`` is where files that the site makes for itself
    are kept. ``contact`` is shown to readers, ``security_contact`` to those who found a weakness.
    Without ``database_url`` answers are kept in ``folder``, without ``secret_key`` a key is made
    there. ``trusted_proxies`` counts the proxies in front whose word on the reader's address is
    taken. The limits per minute hold for each address, over all machines where ``redis_url`` is
    set, else over all processes of one, each of which has its share; 0 means none. ``workers`` of
    0 means one for each core. Without
    ``metrics_token`` only programs on the same machine may read the figures.
    """

    host: str = "127.0.0.1"
    port: int = 8050
    base_url: str = "http://127.0.0.1:8050"
    base_url_set: bool = False
    city: str = "moscow"
    redis_url: str = field(default="", repr=False)
    database_url: str = field(default="", repr=False)
    contact: str = ""
    security_contact: str = ""
    folder: Path = ROOT / "var"
    secret_key: str = field(default="", repr=False)
    metrics_token: str = field(default="", repr=False)
    trusted_proxies: int = 0
    starts_per_minute: int = 60
    answers_per_minute: int = 300
    callbacks_per_minute: int = 600
    oembed_per_minute: int = 300
    renders_per_minute: int = 120
    variants_per_minute: int = 300
    workers: int = 0
    threads: int = 8
    log_format: str = "auto"
    log_level: str = "info"

    @property
    def answer_store(self) -> str:
        """The address of the database that answers are kept in."""
        return self.database_url or f"sqlite:///{self.folder / 'site.db'}"

    @property
    def processes(self) -> int:
        """How many processes serve: as many as asked for, or one for each core."""
        return self.workers or usable_cores()


class _Given:
    """Variables as they are read one by one; faults add up."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self._environment = environment
        self.faults: list[str] = []

    def text(self, name: str) -> str:
        """A value that may be anything; an empty variable counts as absent."""
        return self._environment.get(name, "").strip()

    def take(self, name: str, default: str, check: Callable[[str], bool], wanted: str) -> str:
        """A value that must pass a check; a fault tells what was ``wanted``."""
        given = self.text(name) or default
        if not check(given):
            # What looks like an address with a password is not repeated.
            shown = "" if "://" in given and "@" in given else f"={given!r}"
            self.faults.append(f"{name}{shown}: must be {wanted}")
        return given

    def address(self, name: str, check: Callable[[str], bool], wanted: str) -> str:
        """An address that may hold a password, which no fault repeats."""
        given = self.text(name)
        if not check(given):
            self.faults.append(f"{name}: must be {wanted}")
        return given

    def count(self, name: str, default: int, most: int, least: int = 0) -> int:
        """A number within bounds; the default stands for one that is not."""
        check = is_number_to(most, least)
        given = self.take(name, str(default), check, f"a number from {least} to {most}")
        return int(given) if check(given) else default

    def secret(self, name: str) -> str:
        """A secret, which no fault repeats."""
        given = self.text(name)
        if 0 < len(given) < _SHORTEST_KEY:
            self.faults.append(f"{name}: must have at least {_SHORTEST_KEY} characters")
        return given


def read_settings(environment: Mapping[str, str] = os.environ) -> Settings:
    """Read the variables that .env.example lists.

    An empty variable counts as absent. Raises ``BadSettings`` that lists every fault.
    """
    given = _Given(environment)
    host = given.take("HOST", "127.0.0.1", is_host, "a host name or an IP address")
    port = given.take("PORT", "8050", is_port, "a number from 1 to 65535")
    # Everywhere is nowhere to visit.
    shown_host = "127.0.0.1" if host in ("0.0.0.0", "::") else host  # noqa: S104  # only compared
    base_url = given.take("BASE_URL", "", lambda told: not told or is_web_address(told), _SITE)
    base_url_set = bool(base_url)
    if not base_url_set:
        base_url = (
            f"http://[{shown_host}]:{port}" if ":" in shown_host else f"http://{shown_host}:{port}"
        )
    settings: dict[str, Any] = {
        "city": given.take("CITY", "moscow", is_id, "a city's id, in lower case, as in cities.csv"),
        "redis_url": given.address("REDIS_URL", is_redis, _REDIS),
        "database_url": given.address("DATABASE_URL", is_database, _DATABASE),
        "security_contact": given.take(
            "SECURITY_CONTACT", "", is_contact, "a mailto:, https:// or tel: address"
        ),
        "secret_key": given.secret("SECRET_KEY"),
        "metrics_token": given.secret("METRICS_TOKEN"),
        "log_format": given.take(
            "LOG_FORMAT", "auto", is_one_of(*LOG_FORMATS), "one of " + ", ".join(LOG_FORMATS)
        ),
        "log_level": given.take(
            "LOG_LEVEL", "info", is_one_of(*LOG_LEVELS), "one of " + ", ".join(LOG_LEVELS)
        ),
    }
    settings |= _counts(given)
    folder = given.take("VAR_FOLDER", str(ROOT / "var"), is_writable_folder, _FOLDER)
    if settings["redis_url"] and not settings["secret_key"]:
        given.faults.append("SECRET_KEY: must be set with REDIS_URL, the same on every machine")
    if given.faults:
        raise BadSettings("\n".join(given.faults))
    return Settings(
        host=host,
        port=int(port),
        base_url=base_url.rstrip("/"),
        base_url_set=base_url_set,
        contact=given.text("CONTACT"),
        folder=Path(folder),
        **settings,
    )


def _counts(given: _Given) -> dict[str, int]:
    limits = {
        "starts_per_minute": 60,
        "answers_per_minute": 300,
        "callbacks_per_minute": 600,
        "oembed_per_minute": 300,
        "renders_per_minute": 120,
        "variants_per_minute": 300,
    }
    counts = {
        name: given.count(name.upper(), default, _MOST_A_MINUTE) for name, default in limits.items()
    }
    counts["trusted_proxies"] = given.count("TRUSTED_PROXIES", 0, 9)
    counts["workers"] = given.count("WEB_CONCURRENCY", 0, 512)
    counts["threads"] = given.count("THREADS", 8, 256, least=1)
    return counts
