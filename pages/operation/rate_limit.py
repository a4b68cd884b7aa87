"""Rate limits per minute or day, by Flask-Limiter: in memory, or in Redis for all machines."""

import hmac
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from ipaddress import IPv4Address, ip_address, ip_network
from math import ceil
from threading import Lock
from typing import Any, Literal, NamedTuple

from flask import Flask, Response, request
from flask_limiter import Limiter, RateLimitExceeded
from limits import RateLimitItemPerDay
from limits.errors import StorageError
from limits.storage import MemoryStorage
from werkzeug.exceptions import TooManyRequests

from pages.operation.metrics import LIMITED
from pages.settings import Settings

_WINDOW_SECONDS = 60
Period = Literal["minute", "day"]
_IPV6_NETWORK_BITS = 64


class SweptMemoryStorage(MemoryStorage):
    """Counts in memory by fixed windows; what is over is swept once a minute.

    The library's own starts a thread at each request to sweep, which costs more than to count.
    """

    STORAGE_SCHEME = ["swept-memory"]  # noqa: RUF012  # The library declares it as a list.

    def __init__(self, uri: str | None = None, wrap_exceptions: bool = False, **_: str) -> None:
        super().__init__(uri, wrap_exceptions)
        self._counting = Lock()
        self._sweep_at = 0.0

    def incr(self, key: str, expiry: float, amount: int = 1) -> int:
        """Count ``amount`` in the window of ``key``, and return what it has now."""
        with self._counting:
            now = time.time()
            if now >= self._sweep_at:
                self._sweep_at = now + _WINDOW_SECONDS
                for name in [name for name, end in self.expirations.items() if end <= now]:
                    self.clear(name)
            count = self.get(key) + amount
            self.storage[key] = count
            self.expirations.setdefault(key, now + expiry)
            return count


class Quota(NamedTuple):
    """``most`` requests per key and period, counted from the key's first; 0: any number.

    ``key`` returns what is counted by; the client where it is None. ``deduct_when`` tells from a
    response whether its request counts; where it is None, each counts at once.
    """

    name: str
    most: int
    period: Period = "minute"
    key: Callable[[], str] | None = None
    deduct_when: Callable[[Response], bool] | None = None


class RateLimit:
    """Quotas that a request must keep to, all of them checked at once.

    In memory each of so many ``processes`` allows its share, so that together they keep to it;
    one at least.
    """

    def __init__(self, limiter: Limiter, processes: int, *quotas: Quota) -> None:
        self._limiter = limiter

        def count() -> None:
            """Raise ``RateLimitExceeded`` by its decorators."""

        # Flask-Limiter tells limits apart by the name of the function.
        count.__qualname__ = " ".join(quota.name for quota in quotas)
        self._count = count
        for quota in quotas:
            if quota.most:
                self._count = self._counted(quota, processes)(self._count)

    def _counted(self, quota: Quota, processes: int) -> Any:
        def limit() -> str:
            in_memory = isinstance(self._limiter.limiter.storage, MemoryStorage)
            most = max(1, quota.most // processes) if in_memory else quota.most
            return f"{most} per {quota.period}"

        return self._limiter.shared_limit(
            limit, scope=quota.name, key_func=quota.key, deduct_when=quota.deduct_when
        )

    def seconds_to_wait(self) -> int:
        """Count the current request and return 0, or the seconds until another one is allowed."""
        try:
            self._count()
        except RateLimitExceeded as refusal:
            LIMITED.labels(str(refusal.limit.scope)).inc()
            return self._seconds_left()
        return 0

    def check(self) -> None:
        """Count the current request; raise ``TooManyRequests`` with ``Retry-After``."""
        if wait := self.seconds_to_wait():
            raise TooManyRequests(retry_after=wait)

    def _seconds_left(self) -> int:
        try:
            limit = self._limiter.current_limit
            reset = limit.window.reset_time if limit else 0.0
        except StorageError:  # Redis went away just now.
            return _WINDOW_SECONDS
        return max(1, ceil(reset - time.time()))


@dataclass(slots=True)
class RateLimits:
    """The limits of all that costs work or writes."""

    starts: RateLimit
    answers: RateLimit
    frame_answers: RateLimit
    rooms: RateLimit
    room_tries: RateLimit
    callbacks: RateLimit
    oembed: RateLimit
    renders: RateLimit
    variants: RateLimit


def open_rate_limits(server: Flask, settings: Settings) -> RateLimits:
    """Return the limits of the settings.

    While Redis is away each process counts by itself. Neither memory nor Redis holds an address
    that could be read without the secret key.
    """
    key = settings.secret_key.encode() or secrets.token_bytes(32)

    def client() -> str:
        return hmac.digest(key, network_of(request.remote_addr).encode(), "sha256").hex()

    limiter = Limiter(
        client,
        app=server,
        # Its counts expire with the window, unlike the moving window's in memory.
        strategy="fixed-window",
        storage_uri=settings.redis_url or "swept-memory://",
        storage_options=_storage_options(settings),
        in_memory_fallback_enabled=bool(settings.redis_url),
        swallow_errors=True,
        # Limits belong to what is done, at whatever URL, so no endpoint has to have a name.
        request_identifier=lambda: "any",
    )
    # The library looks for limits of the endpoint before each request: here none has any.
    server.before_request_funcs[None].pop()

    def is_new_miss(response: Response) -> bool:
        """Return whether a code of no room was tried that this client had not tried that day."""
        code = str((request.view_args or {}).get("code", ""))
        return response.status_code == HTTPStatus.NOT_FOUND and limiter.limiter.hit(
            RateLimitItemPerDay(1), client(), "missed", code
        )

    counted = {**_COUNTED, "room_tries": (None, is_new_miss)}

    def quota(name: str) -> Quota:
        period: Period = "day" if hasattr(settings, f"{name}_per_day") else "minute"
        most: int = getattr(settings, f"{name}_per_{period}")
        return Quota(name, most, period, *counted.get(name, ()))

    def limit(*names: str) -> RateLimit:
        return RateLimit(limiter, settings.processes, *map(quota, names))

    return RateLimits(**{name: limit(*_QUOTAS.get(name, (name,))) for name in RateLimits.__slots__})


def _storage_options(settings: Settings) -> dict[str, Any]:
    if not settings.redis_url:
        return {}
    # Loading Redis's client takes a tenth of a second.
    from pages.operation.redis_cache import REDIS_OPTIONS  # noqa: PLC0415  # See above.

    return {**REDIS_OPTIONS, "wrap_exceptions": True, "key_prefix": "city:limit"}


def _run() -> str:
    return str((request.view_args or {}).get("run", ""))


def _available(response: Response) -> bool:
    """Return whether the site could do what was asked: its own faults use up nobody's limit."""
    return response.status_code != HTTPStatus.SERVICE_UNAVAILABLE


# What is counted by more than one quota, or by another's. A question in a frame has no run yet.
_QUOTAS = {"answers": ("answers", "run_answers"), "frame_answers": ("answers",)}
# What else than each request of a client is counted.
_COUNTED: dict[str, tuple[Callable[[], str] | None, Callable[[Response], bool]]] = {
    "run_answers": (_run, _available),
}


def network_of(client_ip: str | None) -> str:
    """Return what counts as one client: an IPv4 address, or the /64 network of an IPv6 address."""
    try:
        ip = ip_address(client_ip or "")
    except ValueError:
        return client_ip or ""
    ip = getattr(ip, "ipv4_mapped", None) or ip
    if isinstance(ip, IPv4Address):
        return str(ip)
    return str(ip_network((ip, _IPV6_NETWORK_BITS), strict=False).network_address)
