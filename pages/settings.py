"""Settings from the environment, checked at start, with every fault listed at once."""

import os
import re
from math import ceil
from pathlib import Path
from tempfile import TemporaryFile
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from annotated_types import Predicate
from pydantic import Field, ValidationError, ValidationInfo, field_validator, model_validator
from pydantic_core import ErrorDetails
from pydantic_settings import BaseSettings, SettingsConfigDict
from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

ROOT = Path(__file__).parents[1]
_BASE_URL = re.compile(
    r"https?://(?:[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?|\[[0-9a-f:.]+\])(?::(?P<port>[0-9]{1,5}))?/?",
    re.IGNORECASE,
)
_CONTAINER_QUOTA = Path("/sys/fs/cgroup/cpu.max")
_DATABASES = ("sqlite", "postgres", "postgresql", "postgresql+psycopg")


def usable_cores(quota: Path = _CONTAINER_QUOTA) -> int:
    """Return the cores that this process may run on; a container's quota is rounded up."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    try:
        allowed, period = quota.read_text("ascii").split()
        return max(1, min(cores or 1, ceil(int(allowed) / int(period))))
    except (OSError, ValueError):
        return cores or 1  # There is no quota, or this system has no such file.


class BadSettings(Exception):
    """One or more settings cannot be used; the message names each and what it may be."""


def _port_fits(port: int | str | None) -> bool:
    return port is None or 1 <= int(port) <= 65535


def _is_base_url(value: str) -> bool:
    match = _BASE_URL.fullmatch(value)
    return match is not None and _port_fits(match["port"])


def _is_database(value: str) -> bool:
    try:
        url = make_url(value)
    except (ArgumentError, ValueError):  # The latter for a port that is not a number.
        return False
    return url.drivername in _DATABASES and _port_fits(url.port)


def _is_redis(value: str) -> bool:
    from redis.connection import parse_url  # noqa: PLC0415  # Few sites load Redis's client.

    try:
        parse_url(value)
        parts = urlsplit(value)
        complete = bool(parts.hostname) and _port_fits(parts.port)
    except ValueError:
        return False
    path_fits = re.fullmatch("/?[0-9]{0,4}", parts.path) is not None
    return complete and path_fits and parts.scheme in ("redis", "rediss")


def _is_writable(folder: Path) -> bool:
    """Return whether files can be made in a folder, which is made where it is missing."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with TemporaryFile(dir=folder):
            return True
    except OSError:
        return False


def _own_url(values: dict[str, Any]) -> str:
    host = values["host"]
    # Everywhere is nowhere to visit.
    host_name = "127.0.0.1" if host in ("0.0.0.0", "::") else host  # noqa: S104  # Only compared.
    return (
        f"http://[{host_name}]:{values['port']}"
        if ":" in host_name
        else f"http://{host_name}:{values['port']}"
    )


def _secret(**options: Any) -> Any:
    """Declare a text of at least 16 characters that no message repeats."""
    return Field(default="", repr=False, description="a text of at least 16 characters", **options)


def _number(default: int, most: int, least: int = 0, **options: Any) -> Any:
    description = f"a number from {least} to {most}"
    return Field(default=default, ge=least, le=most, description=description, **options)


def _limit(default: int) -> Any:
    """Declare a number of requests per client and minute or day; 0 lifts the limit."""
    return _number(default, 1_000_000)


class Settings(BaseSettings):
    """Settings that the environment may change, by their names in capitals; see .env.example.

    A field's description says what its value must be, for the message to who sets another one.
    Whether the city exists is checked once the edition is read. ``base_url`` has no slash at its
    end. ``workers`` of 0 means one for each core. Limits hold for each client and minute, or day.
    """

    model_config = SettingsConfigDict(
        frozen=True, extra="ignore", populate_by_name=True, validate_default=False
    )

    host: str = Field(
        default="127.0.0.1",
        pattern="^[A-Za-z0-9.:_-]+$",
        description="a host name or an IP address",
    )
    port: int = _number(8050, 65535, least=1)
    base_url: Annotated[str, Predicate(_is_base_url)] = Field(
        default_factory=_own_url,
        description="http:// or https://, a host (an international one as xn--…) and perhaps a"
        " port, no more",
    )
    city: str = Field(
        default="moscow",
        pattern="^[a-z][a-z0-9_-]*$",
        description="a city's id, in lower case, as in cities.csv",
    )
    redis_url: Annotated[str, Predicate(_is_redis)] = Field(
        default="",
        repr=False,
        description="redis://…@host:port/number; what is odd in a password written as %…",
    )
    database_url: Annotated[str, Predicate(_is_database)] = Field(
        default="",
        repr=False,
        description="a sqlite:// or postgresql:// address; what is odd in a password written as %…",
    )
    contact: str = ""
    security_contact: str = Field(
        default="",
        pattern=r"^(mailto:[^\s@]+@[^\s@]+|https://\S+|tel:\+[0-9-]+)$",
        description="a mailto:, https:// or tel: address",
    )
    source_url: str = Field(
        default="", pattern=r'^https?://[^\s"<>]+$', description="an http:// or https:// address"
    )
    folder: Annotated[Path, Predicate(_is_writable)] = Field(
        default=ROOT / "var",
        validate_default=True,
        validation_alias="VAR_FOLDER",
        description="a folder that the site may write in; it is made where that is possible",
    )
    secret_key: str = _secret(validate_default=True)
    metrics_token: str = _secret(min_length=16)
    trusted_proxies: int = _number(0, 9)
    x_accel_redirect: str = Field(
        default="",
        pattern="^/([A-Za-z0-9_-]+/)+$",
        description="a path of nginx that begins and ends with a slash",
    )
    # All pupils of a school, or a hall of 500, may share one address.
    starts_per_minute: int = _limit(600)
    answers_per_minute: int = _limit(6000)
    run_answers_per_minute: int = _limit(60)
    rooms_per_day: int = _limit(10)
    room_tries_per_day: int = _limit(500)
    # A thousand members, each every few seconds.
    room_poll_seconds: int = _number(3, 60, least=1)
    callbacks_per_minute: int = _limit(600)
    oembed_per_minute: int = _limit(300)
    renders_per_minute: int = _limit(120)
    variants_per_minute: int = _limit(300)
    workers: int = _number(0, 512, validation_alias="WEB_CONCURRENCY")
    threads: int = _number(8, 256, least=1)
    log_format: Literal["auto", "json", "text"] = Field(
        default="auto", description="one of auto, json, text"
    )
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        default="info", description="one of debug, info, warning, error"
    )
    styleguide: Literal["yes", "no"] = Field(default="no", description="yes or no")

    @model_validator(mode="before")
    @classmethod
    def _without_empty(cls, values: dict[str, Any]) -> dict[str, Any]:
        """Strip texts; an empty variable counts as absent."""
        stripped = {k: v.strip() if isinstance(v, str) else v for k, v in values.items()}
        return {name: value for name, value in stripped.items() if value != ""}

    @field_validator("base_url")
    @classmethod
    def _without_slash(cls, value: str) -> str:
        return value.rstrip("/")

    @field_validator("secret_key")
    @classmethod
    def _is_shared_key(cls, value: str, info: ValidationInfo) -> str:
        if not value and info.data.get("redis_url"):
            raise ValueError("set with REDIS_URL, the same on every machine")
        if 0 < len(value) < 16:
            raise ValueError
        return value

    @property
    def base_url_set(self) -> bool:
        """True where BASE_URL was set, False where the URL follows from host and port."""
        return "base_url" in self.model_fields_set

    @property
    def answer_store(self) -> str:
        """The URL of the database that answers are kept in."""
        return self.database_url or f"sqlite:///{self.folder / 'site.db'}"

    @property
    def processes(self) -> int:
        """The number of processes that serve."""
        return self.workers or usable_cores()


def read_settings() -> Settings:
    """Read the variables that .env.example lists; raise ``BadSettings`` that names every fault."""
    try:
        return Settings()
    except ValidationError as fault:
        # The site's own URL follows from host and port only where these can be used.
        errors = [e for e in fault.errors() if e["type"] != "default_factory_not_called"]
        lines = [_line(error) for error in errors]
        raise BadSettings("\n".join(lines)) from None


def _line(error: ErrorDetails) -> str:
    """Return one line about a fault, without the value where that may hold a password."""
    location, value = error["loc"][0], str(error["input"])
    name, field = next(
        (name, field)
        for name, field in Settings.model_fields.items()
        if location in (name, field.validation_alias)
    )
    variable = str(field.validation_alias or name).upper()
    secret = not field.repr or ("://" in value and "@" in value)
    value_words = "" if secret else f"={value!r}"
    reason = str(error.get("ctx", {}).get("error", ""))
    return f"{variable}{value_words}: must be {reason or field.description}"
