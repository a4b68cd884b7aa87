"""Whole answers with files and documents from memory, for plain requests.

Most downloads ask for a whole file and nothing else. Reading such a request by gunicorn, making an
environment for WSGI and handing it to a thread costs several times what sending the file does.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from email.utils import formatdate
from functools import lru_cache

from gunicorn.http import wsgi

from data.manifests import PublishedFile
from pages.files.forms import best_form
from pages.files.store import Form, ServedFile
from pages.operation.journal import (
    FILES,
    REQUEST_ID,
    TRANSPORT_SECURITY,
    request_id_of,
    write_down,
)
from pages.operation.memory import Memory, smallest_encoding
from pages.operation.remembered import Forms

# The name under which an application keeps its parcels among its extensions.
PARCELS = "city-parcels"
_LONGEST_HEAD = 8190
# A request line and fields that need no second look; all else is gunicorn's to read and refuse.
_PLAIN = re.compile(rb"GET /[!-~]* HTTP/1\.1\r\n(?:[A-Za-z0-9-]{1,64}:[\t -~]*\r\n){1,60}\r\n")
# What changes the answer or tells of a body.
_WEIGHED = re.compile(
    rb"\r\n(?:range|if-|expect|content-|transfer-|upgrade|connection:(?![ \t]*keep-alive[ \t]*\r))",
    re.IGNORECASE,
)
_HOST = re.compile(rb"\r\nhost:", re.IGNORECASE)
_ACCEPTS = re.compile(rb"\r\naccept-encoding:([\t -~]*)\r", re.IGNORECASE)
_USER_AGENT = re.compile(rb"\r\nuser-agent:([\t -~]*)\r", re.IGNORECASE)
_ID = re.compile(rb"\r\nx-request-id:([\t -~]*)\r", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Parcel:
    """An answer ready to be sent: head and body, and what to do when all of it was."""

    head: bytes
    body: bytes
    sent: Callable[[], None]

    @property
    def size(self) -> int:
        """Bytes in all."""
        return len(self.head) + len(self.body)


class Parcels:
    """Finds the answer to a plain request for a file or document that lies in memory."""

    def __init__(
        self,
        files: Mapping[str, ServedFile],
        taken: Callable[[PublishedFile, str], None],
        trusts_proxy: bool,
        encrypted: bool,
        memory: Memory | None = None,
    ) -> None:
        """``taken`` learns of each file that was sent whole, and to which user agent.

        ``trusts_proxy`` and ``encrypted`` are those of the journal; ``memory`` has the documents.
        """
        self._files = {path.encode("ascii"): served for path, served in files.items()}
        self._taken = taken
        self._memory = memory
        self._trusts_proxy = trusts_proxy
        self._encrypted = encrypted
        self._heads: dict[tuple[bytes, str], bytes] = {}

    def find(self, arrived: bytearray) -> Parcel | None:
        """The answer to the one request that has arrived; None where it is not so plain."""
        begun = time.perf_counter()
        target = bytes(arrived[4 : arrived.find(b" ", 4)])
        served = self._files.get(target)
        forms = self._forms(target) if served is None else None
        if (served is None and forms is None) or len(arrived) > _LONGEST_HEAD:
            return None
        head = bytes(arrived)
        if not _PLAIN.fullmatch(head) or _WEIGHED.search(head) or len(_HOST.findall(head)) != 1:
            return None
        if forms is not None:
            return self._of_memory(forms, head, begun)
        if served is not None:
            return self._of_file(served, target, head, begun)
        return None

    def _forms(self, target: bytes) -> Forms | None:
        return self._memory.find(target.decode("latin-1")) if self._memory else None

    def _of_memory(self, forms: Forms, head: bytes, begun: float) -> Parcel | None:
        """A document that is remembered in the form that the client takes."""
        known = forms.get(smallest_encoding(_field(_ACCEPTS, head)))
        if known is None or not known.held_lately():
            return None
        if not known.head:
            known.head = self._lasting_head(known.headers)
        asked = request_id_of(_field(_ID, head), self._trusts_proxy)

        def sent() -> None:
            known.taken.inc()
            seconds = time.perf_counter() - begun
            write_down(asked, "GET", known.route, "200", len(known.body), seconds, known.language)

        return Parcel(_whole_head(known.head, asked), known.body, sent)

    def _of_file(self, served: ServedFile, path: bytes, head: bytes, begun: float) -> Parcel | None:
        """A file that lies in memory in the form that the client takes."""
        form = best_form(served, _field(_ACCEPTS, head))
        if form.content is None:
            return None
        known = request_id_of(_field(_ID, head), self._trusts_proxy)
        user_agent = _field(_USER_AGENT, head)

        def sent() -> None:
            self._taken(served.file, user_agent)
            seconds = time.perf_counter() - begun
            write_down(known, "GET", FILES, "200", form.size, seconds)

        return Parcel(_whole_head(self._head(path, form), known), form.content, sent)

    def _head(self, path: bytes, form: Form) -> bytes:
        key = path, form.tag
        if key not in self._heads:
            self._heads[key] = self._lasting_head(form.headers)
        return self._heads[key]

    def _lasting_head(self, headers: Iterable[tuple[str, str]]) -> bytes:
        """The fields that are the same in every answer, up to the id of the request."""
        fields = [("Server", wsgi.SERVER), ("Connection", "keep-alive"), *headers]
        fields += [TRANSPORT_SECURITY] if self._encrypted else []
        lines = [f"{name}: {value}\r\n" for name, value in fields]
        return "".join([*lines, f"{REQUEST_ID}: "]).encode("latin-1")


def _whole_head(lasting: bytes, known: str) -> bytes:
    parts = (_date(int(time.time())), lasting, known.encode("ascii"))
    return b"HTTP/1.1 200 OK\r\nDate: %b\r\n%b%b\r\n\r\n" % parts


def _field(field: re.Pattern[bytes], head: bytes) -> str:
    found = field.search(head)
    # Spaces at the ends are taken off here: an expression would try every way to share them out.
    return found[1].strip(b" \t").decode("ascii") if found else ""


@lru_cache(1)
def _date(second: int) -> bytes:
    return formatdate(second, usegmt=True).encode("ascii")
