"""Guards readers and site: headers of every answer, and who may send what to it."""

from urllib.parse import urlsplit

from flask import Flask, Request, Response, abort, request

from components.takeover.dash_internals import LAYOUT, UPDATE
from components.takeover.mount import PREFIX
from pages.inline_assets import policy_hash
from pages.operation.rate_limit import RateLimits
from pages.settings import Settings

_CONTENT_POLICY = (
    "default-src 'self'",
    "script-src 'self' {early_script}",
    # Dash, its components and plotly.js add style elements of their own.
    "style-src-elem 'self' 'unsafe-inline'",
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "object-src 'none'",
    "base-uri 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
)
# Those that a browser asks the reader for; every byte of a header is taken from the first window.
_UNUSED = ("camera", "geolocation", "microphone", "payment", "usb")
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Permissions-Policy": ", ".join(f"{name}=()" for name in _UNUSED),
    "Cross-Origin-Opener-Policy": "same-origin",
}
_SAME_ORIGIN = "same-origin"
_SAFE = frozenset(("GET", "HEAD", "OPTIONS"))


def guard_requests(server: Flask, settings: Settings, limits: RateLimits) -> None:
    """Look at every request before anything else does; call this before there are addresses."""
    limited = {
        PREFIX + UPDATE: limits.callbacks,
        PREFIX + LAYOUT: limits.callbacks,
        "/oembed": limits.oembed,
    }

    @server.before_request
    def refuse() -> None:
        if "Transfer-Encoding" in request.headers:
            abort(411)  # No form of ours is sent in pieces of unknown number.
        if request.method not in _SAFE and from_elsewhere(request, settings) and not _in_frame():
            abort(403)
        if limit := limited.get(request.path):
            limit.check()


def guard_answers(server: Flask, early_script: str) -> None:
    """Give every answer the headers that guard its reader; call this before there are addresses.

    What an address says itself stays: embeds may be framed, data may be fetched.
    """
    policy = "; ".join(_CONTENT_POLICY).format(early_script=policy_hash(early_script))
    headers = {"Content-Security-Policy": policy, **HEADERS}

    @server.after_request
    def guard(response: Response) -> Response:
        own = {name.lower() for name in response.headers.keys()}  # noqa: SIM118  # Not a dictionary.
        response.headers.extend(
            {name: value for name, value in headers.items() if name.lower() not in own}
        )
        open_to_all = response.headers.get("Access-Control-Allow-Origin") == "*"
        default = "cross-origin" if open_to_all else _SAME_ORIGIN
        response.headers.setdefault("Cross-Origin-Resource-Policy", default)
        if location := response.headers.get("Location"):
            response.headers["Location"] = _without_host(location, request)
            response.set_data(b"")  # Flask writes the same into words that nobody sees.
        if request.path.startswith(PREFIX):
            response.headers["Cache-Control"] = "no-store"
        return response


def from_elsewhere(request: Request, settings: Settings) -> bool:
    """Return whether a browser says, or does not deny, that the request began on another site.

    The origin must be that of BASE_URL; where nobody set it, the host that was asked for, since
    a site may be visited by several names then. ``Origin: null`` is what pages in sandboxes and
    data addresses send, too; our own send it only beside ``Sec-Fetch-Site``.
    """
    fetch_site = request.headers.get("Sec-Fetch-Site")
    if fetch_site is not None:
        return fetch_site not in (_SAME_ORIGIN, "none")
    origin = request.headers.get("Origin")
    if origin is None:
        return False
    if settings.base_url_set:
        return _origin(origin) != _origin(settings.base_url)
    return origin.partition("://")[2] != request.host


def _in_frame() -> bool:
    """Return whether the request may be a form's of ours in a frame that its host put in a sandbox.

    Such a frame has no origin, so a browser calls its form another site's. What it sends has a
    token signed here (``pages/embeds/questions.py``), and there is no cookie to borrow.
    """
    return request.path.startswith("/embed/") and request.headers.get("Origin") == "null"


def _origin(address: str) -> tuple[str, str, int | None] | None:
    try:
        parts = urlsplit(address)
        port = parts.port or {"http": 80, "https": 443}.get(parts.scheme)
    except ValueError:
        return None
    return (parts.scheme, parts.hostname, port) if parts.hostname else None


def _without_host(location: str, request: Request) -> str:
    """A redirect to an address here: what a request says of the host must not stand in it.

    Flask completes an address with the host that was asked for, which anybody can claim; a
    shared cache would then lead everybody there.
    """
    host = f"{request.scheme}://{request.host}"
    return location.removeprefix(host) if location.startswith(f"{host}/") else location
