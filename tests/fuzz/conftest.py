"""The one site that everything is tried on, and the table that these tests end with."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from werkzeug.routing import Rule

from pages.application import create_app
from tests.conftest import UNLIMITED, settings_of
from tests.faults.site import Site, serving
from tests.fuzz.asking import log_of
from tests.fuzz.figures import PARTS, SEED, TIMES


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site with two workers and no limits, which must be whole and have nothing to tell."""
    unlimited: Any = dict.fromkeys(UNLIMITED, "0")
    with serving(tmp_path_factory.mktemp("tried"), **unlimited) as site:
        workers = site.workers()
        yield site
        assert site.status_of("/readyz") == 200
        assert site.workers() == workers, "a worker was replaced"
        assert "Traceback" not in site.log.read_text("utf-8")
        faults = [
            line for line in log_of(site) if line["level"] not in ("debug", "info", "warning")
        ]
        assert not faults, faults[:3]


@pytest.fixture(scope="session")
def rules() -> list[Rule]:
    """The rules of the application, whichever they are."""
    server: Flask = create_app(settings_of()).server
    listed = sorted(server.url_map.iter_rules(), key=lambda rule: (rule.rule, rule.endpoint))
    assert len(listed) > 50
    return listed


@pytest.fixture(scope="session")
def described(site: Site) -> dict[str, dict[str, dict[str, object]]]:
    """The description of the interface for programs."""
    described: dict[str, dict[str, dict[str, object]]]
    described = json.loads(site.ask("/api/v1/openapi.json")[2])
    return described


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say how much was tried, and what came of it."""
    if not PARTS:
        return
    write = terminalreporter.write_line
    terminalreporter.section(f"tried at random (SEED={SEED} CASES={TIMES})")
    write("| part | cases tried | 5xx | slowest answer | memory before | after |")
    write("|---|---:|---:|---:|---:|---:|")
    for part in PARTS:
        before, after = (
            "–" if mib is None else f"{mib:.1f} MiB" for mib in (part.before, part.after)
        )
        write(
            f"| {part.name} | {part.cases} | {part.failures} | {part.slowest:.2f} s "
            f"| {before} | {after} |"
        )
    cases, failures = sum(part.cases for part in PARTS), sum(part.failures for part in PARTS)
    write(f"| all | {cases} | {failures} | | | |")
