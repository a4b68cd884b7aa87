"""Odd words: what no page sends, and the real thing among it."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import quote_from_bytes

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from data.editions import newest_folder
from tests.builders import table_rows
from tests.conftest import BASE_URL
from tests.contracts.documents import DIMENSIONS, slug_of
from tests.contracts.test_addresses import addresses, listed
from tests.fuzz.asking import MARKER, WORD

CONTRACT = Path(__file__).parents[2] / "docs" / "addresses.md"
EDITION = newest_folder().name
SLUGS = tuple(slug_of(row["code"]) for row in table_rows("indicators"))
CITIES = tuple(row["city"] for row in table_rows("cities"))
LONGEST_QUERY = 7 * 1024

# What an address has at a named place; a place with another name gets any of these words.
REAL: dict[str, tuple[str, ...]] = {
    "slug": SLUGS,
    "name": (*SLUGS, "wheel", *DIMENSIONS, "indicators.csv", "all.zip", "gaps.json"),
    "edition": (EDITION, "latest", "2025.1"),
    "form": ("svg", "png", "csv", "json"),
    "n": ("1", "10"),
    "run": ("AAAAAAAAAAAAAAAAAAAAAA",),
    "path": ("_dash-layout", "_dash-dependencies"),
    "rest": (f"{EDITION}/observations.csv", f"{EDITION}/nothing.csv", "latest/all.zip"),
    "package_name": ("dash", "plotly", "dash_bootstrap_components"),
    "fingerprinted_path": ("dcc/async-graph.js", "deps/react.v1m1.js"),
    "as_of": ("2018", "2024", "2010"),
    "dimension": DIMENSIONS,
    "band": ("95-100", "66-95", "33-66", "0-33", "none"),
    "theme": ("light", "dark", "auto"),
    "size": ("card", "phone", "narrow", "text", "wide"),
    "width": ("200", "640", "2400", "199", "2401"),
    "kpi": SLUGS,
    "indicator": SLUGS,
    "city": CITIES,
    "chart": ("wheel", *DIMENSIONS, *SLUGS),
    "lang": ("ru", "en"),
    "format": ("json", "xml"),
    "maxwidth": ("100", "640", "10000"),
    "maxheight": ("100", "480", "10000"),
    "score": ("0", "7", "10"),
    "url": (f"{BASE_URL}/ru/", f"{BASE_URL}/en/kpi/{SLUGS[0]}/", f"{BASE_URL}/embed/en/wheel"),
    "address": ("/ru/", "/en/kpi/?q=water", f"/en/kpi/{SLUGS[0]}/", "http://[/ru/"),
    "q": ("вода", "water", "a" * 101),
}
_WORDS = tuple({word for words in REAL.values() for word in words[:4]})
_ODD = (
    "", " ", ".", "..", "../..", "/", "//", "\\", "%", "%00", "%2e%2e%2f", "~", "'", '"', "-",
    "\x00", "\r\nX-q7z: 1", "\t", "\x1b[31m", "\x7f", "\u0085", "\u2028", "\ufeff", "\u202e",
    "ё", "и\u0306", "ß", "ﬁ", "İ", "𝟙", "٣", "²", "Ⅷ", "👩‍👩‍👧", "\ud800", "\U0010ffff",
    "a\u0301" * 40,
    "0", "-1", "00", "1e9", "1_0", "+1", "0x10", "1.0", "NaN", "inf", "1" * 400,
    "9223372036854775808", "2147483648", "99999", "0000", "None", "null", "true", "undefined",
    MARKER, f'">{MARKER}', f"'>{MARKER}", f'" on{WORD}="1', f"' {WORD}='1", f"</script>{MARKER}",
    f"--></style>]]>{MARKER}", f"{WORD}&lt;&#60;", f"{{{{{WORD}}}}}", "%s%n{0}", "$(id)", "`id`",
    "' OR 1=1 --", "=1+1", "javascript:alert(1)", "//evil.example/", "http://[::1", "http://a:b",
    "x" * 255, "я" * 300, "a-" * 500, "index.html", ".git/config", "__class__", "con", "*", "?#",
)  # fmt: skip


def percent(word: str) -> bytes:
    """The word as it stands in an address, a lone surrogate as the three bytes it would be."""
    return quote_from_bytes(word.encode("utf-8", "surrogatepass"), safe="").encode()


def real_words(name: str) -> SearchStrategy[str]:
    """What an address may have under this name, else any real word."""
    return st.sampled_from(REAL.get(name, _WORDS))


odd_words = st.one_of(
    st.sampled_from(_ODD),
    st.text(max_size=40),
    st.sampled_from(_WORDS),
    st.integers().map(str),
    st.builds("".join, st.lists(st.sampled_from((*_ODD, *_WORDS)), min_size=2, max_size=4)),
)


def words(name: str) -> SearchStrategy[str]:
    """A real word under this name in two of three cases, an odd one else."""
    return st.one_of(real_words(name), real_words(name), odd_words)


def _in_address(word: str, raw: bytes, form: int) -> bytes:
    """A word as it is encoded, now and then as somebody would who does not know how."""
    if form == 0:
        return quote_from_bytes(raw).encode()
    if form == 1:
        return re.sub(rb"[^!-~]", b"_", word.encode("utf-8", "replace"))
    return percent(word)


def encoded(chosen: SearchStrategy[str]) -> SearchStrategy[bytes]:
    """These words in an address; sometimes any bytes, sometimes not encoded at all."""
    return st.builds(_in_address, chosen, st.binary(max_size=8), st.integers(0, 9))


def parameter_names(described: dict[str, dict[str, dict[str, object]]]) -> tuple[str, ...]:
    """Every parameter that the contract or the description of the interface names."""
    contract = set(re.findall(r"[?&](\w+)=", CONTRACT.read_text("utf-8")))
    assert {"as_of", "url", "maxwidth", "score", "kpi", "interactive"} <= contract
    interface = {
        str(parameter["name"])
        for methods in described["paths"].values()
        for parameter in methods["get"].get("parameters", ())
    }
    assert {"limit", "offset", "comparability"} <= interface
    return tuple(sorted(contract | interface | {"address", "utm_source"}))


def queries(names: tuple[str, ...]) -> SearchStrategy[bytes]:
    """Queries of known and unknown parameters, repeated, empty, and up to 7 KB."""
    name = st.one_of(st.sampled_from(names), st.sampled_from(names), odd_words)

    def pair(key: str) -> SearchStrategy[bytes]:
        value = encoded(words(key))
        return st.builds(lambda text: percent(key) + b"=" + text, value)

    pairs = st.lists(name.flatmap(pair), max_size=5)
    joined = st.builds(bytes.join, st.sampled_from((b"&", b"&", b"&", b";", b"&&")), pairs)
    huge = st.builds(
        lambda key, letter: (percent(key) + b"=" + letter * LONGEST_QUERY)[:LONGEST_QUERY],
        st.sampled_from(names),
        st.sampled_from((b"a", b"%41", b"%D0%B0", b"&a=", b"=", b"+", b"%", b"&")),
    )
    repeated = st.builds(
        lambda query, times: b"&".join([query] * times), joined, st.integers(2, 60)
    )
    cut = st.builds(lambda query: query[:LONGEST_QUERY], st.one_of(joined, joined, repeated, huge))
    return st.one_of(st.just(b""), joined, joined, joined, cut)


def contract_addresses() -> tuple[str, ...]:
    """Every address that the contract lists, files too, which no rule of the application has."""
    return tuple(
        address for template in sorted(set(listed())) for address in addresses(template)[:40]
    )
