"""Every example of docs/api.md is run against the running site and says what it says there."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from tests.conftest import BASE_URL

DOCUMENT = Path(__file__).parents[2] / "docs" / "api.md"
HOST = "http://127.0.0.1:8050"
FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
ANYTHING = "…"


@dataclass(frozen=True)
class Example:
    """What is typed, in which language, and what the document says it prints."""

    language: str
    typed: str
    printed: str

    def __str__(self) -> str:
        return self.typed.splitlines()[0]


def examples() -> Iterator[Example]:
    """Blocks to run stand before the block of what they print."""
    blocks = FENCE.findall(DOCUMENT.read_text("utf-8"))
    for (language, typed), (kind, printed) in zip(blocks[::2], blocks[1::2], strict=True):
        assert language in ("console", "python"), typed
        assert kind in ("json", "text"), printed
        yield Example(language, typed, printed)


def printed_by(example: Example, own_url: str) -> str:
    """What the running site really gives, with the address that the document names."""
    if example.language == "python":
        command = [sys.executable, "-c", example.typed.replace(HOST, own_url)]
    else:
        lines = example.typed.splitlines()
        assert all(line.startswith("$ ") for line in lines), "each line of a console is a command"
        script = "\n".join(line.removeprefix("$ ") for line in lines).replace(HOST, own_url)
        command = ["bash", "-o", "pipefail", "-euc", script]
    ran = subprocess.run(command, capture_output=True, check=True, timeout=60)
    return ran.stdout.decode().replace(own_url, HOST)


def fits(printed: str, wanted: str) -> bool:
    """Whether both are the same; a line with nothing but … stands for any lines."""
    pattern = "\n".join(
        r"(?:.*\n)*?.*" if line.strip() == ANYTHING else re.escape(line)
        for line in wanted.splitlines()
    )
    return re.fullmatch(pattern, printed.rstrip("\n")) is not None


@pytest.mark.parametrize("example", list(examples()), ids=str)
def test_an_example_prints_what_the_document_says(own_url: str, example: Example) -> None:
    printed = printed_by(example, own_url)
    assert fits(printed, example.printed), f"{example.typed}\nprints now\n{printed}"


def test_what_an_ellipsis_leaves_out_does_not_hide_a_difference() -> None:
    assert fits("{\n  1,\n  2,\n  3\n}\n", "{\n  1,\n  …\n}\n")
    assert not fits("{\n  1,\n  2\n}\n", "{\n  3,\n  …\n}\n")
    assert not fits("1\n2\n", "1\n")


def test_the_document_is_served_with_the_address_of_this_site(client: FlaskClient) -> None:
    answer = client.get("/api/v1/docs.md")
    assert answer.content_type == "text/markdown; charset=utf-8"
    assert answer.text == DOCUMENT.read_text("utf-8").replace(HOST, BASE_URL)
    assert HOST not in answer.text


def test_the_document_names_every_address_and_parameter(client: FlaskClient) -> None:
    words = DOCUMENT.read_text("utf-8")
    for path, methods in client.get("/api/v1/openapi.json").json["paths"].items():
        row = next(line for line in words.splitlines() if line.startswith(f"| `{path}` |"))
        for parameter in methods["get"].get("parameters", []):
            if parameter["name"] not in ("limit", "offset", "slug"):
                assert f"`{parameter['name']}`" in row, (path, parameter["name"])


def test_no_address_and_no_filter_that_was_promised_is_gone(client: FlaskClient) -> None:
    described = client.get("/api/v1/openapi.json").json["paths"]
    rows = re.findall(
        r"^\| `(/api/v1/[^`]*)` \|[^|]*\|([^|]*)\|$", DOCUMENT.read_text("utf-8"), re.MULTILINE
    )
    assert len(rows) > 8
    for address, filters in rows:
        names = {parameter["name"] for parameter in described[address]["get"].get("parameters", [])}
        assert set(re.findall(r"`(\w+)`", filters)) <= names, address
