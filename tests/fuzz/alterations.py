"""Alterations of the quiz's forms: of their fields, and of the manner in which they are sent."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote_from_bytes

from hypothesis import strategies as st

from quiz.models import RUN_LENGTH
from tests.fuzz.asking import Sent
from tests.fuzz.oddities import odd_words

FORM = b"Content-Type: application/x-www-form-urlencoded"
OURS = b"Sec-Fetch-Site: same-origin"
LARGEST = 16 * 1024
FOREIGN = (
    (b"Sec-Fetch-Site: cross-site",),
    (b"Sec-Fetch-Site: same-site",),
    (b"Sec-Fetch-Site: \xff",),
    (b"Origin: https://evil.example",),
    (b"Origin: http://127.0.0.1.evil.example",),
    (b"Origin: http://[x",),
)
OTHER_TYPES = (
    b"Content-Type: multipart/form-data; boundary=q7z",
    b"Content-Type: multipart/form-data",
    b"Content-Type: application/json",
    b"Content-Type: text/plain; charset=utf-16",
    b"Content-Type: ;",
    b"X-None: none",
)
Pairs = list[tuple[bytes, bytes]]


@dataclass(frozen=True)
class Alteration:
    """What is done to the fields of a true form before it is sent."""

    how: str
    which: int
    at: int
    byte: int
    word: str

    def of(self, fields: Pairs) -> Pairs:
        """The fields after it."""
        if not fields:
            return fields
        place = self.which % len(fields)
        name, value = fields[place]
        word = self.word.encode("utf-8", "surrogatepass")
        changed: dict[str, Pairs] = {
            "byte": [(name, _with_byte(value, self.at, self.byte))],
            "word": [(name, word)],
            "missing": [],
            "repeated": [(name, value), (name, word)],
            "doubled": [(name, value)] * 40,
            "unknown": [(name, value), (word, value)],
            "huge": [(name, value + b"a" * (LARGEST + self.at))],
            "large": [(name, word + b"a" * (LARGEST - 400 - len(word)))],
        }
        return [*fields[:place], *changed[self.how], *fields[place + 1 :]]


def _with_byte(value: bytes, at: int, byte: int) -> bytes:
    at %= len(value) + 1
    return value[:at] + bytes([byte]) + value[at + 1 :]


HOWS = (
    "byte",
    "byte",
    "byte",
    "word",
    "missing",
    "repeated",
    "doubled",
    "unknown",
    "huge",
    "large",
)
alterations = st.lists(
    st.builds(
        Alteration,
        st.sampled_from(HOWS),
        st.integers(0, 3),
        st.integers(0, 200),
        st.integers(0, 255),
        odd_words,
    ),
    max_size=3,
)


@dataclass(frozen=True)
class Manner:
    """How a form is sent: from where, as what, and how long it claims to be."""

    language: str
    fields: tuple[bytes, ...]
    raw: bytes
    off: int
    run: str
    position: str

    @property
    def is_ours(self) -> bool:
        """Whether a page of the site could send it so."""
        return self.fields == (FORM, OURS)

    def sent(self, path: bytes, fields: Pairs) -> Sent:
        """The request."""
        if self.fields[0] == OTHER_TYPES[0]:
            body = b"".join(
                b'--q7z\r\nContent-Disposition: form-data; name="%s"\r\n\r\n%s\r\n' % pair
                for pair in fields
            )
            body += b"--q7z--\r\n"
        else:
            body = b"&".join(_quoted(name) + b"=" + _quoted(value) for name, value in fields)
        body += self.raw
        length = None if self.off == 0 else max(0, len(body) + self.off)
        return Sent("POST", path, body, self.fields, length)


def _quoted(raw: bytes) -> bytes:
    return quote_from_bytes(raw).encode()


usual = st.just((FORM, OURS))
manners = st.builds(
    Manner,
    st.sampled_from(("ru", "en")),
    st.one_of(
        usual,
        usual,
        usual,
        st.sampled_from(FOREIGN).map(lambda pair: (FORM, *pair)),
        st.sampled_from(OTHER_TYPES).map(lambda content_type: (content_type, OURS)),
    ),
    st.one_of(*[st.just(b"")] * 3, st.binary(max_size=30)),
    st.sampled_from((0,) * 12 + (-1, -30, -10_000, 1, 5000, 10**6, 10**19)),
    st.one_of(*[st.just("")] * 4, odd_words),
    st.one_of(
        *[st.integers(1, RUN_LENGTH).map(str)] * 3,
        st.sampled_from(("0", "-1", "11", "01", "1.0", "9" * 30, "٣", "result")),
    ),
)
