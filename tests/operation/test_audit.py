"""The audit of packages: findings fail, and silence is told."""

from __future__ import annotations

import importlib.util
import re
from types import ModuleType
from typing import Any

import pytest

from pages.settings import ROOT

WEAK = {"id": "PYSEC-1", "aliases": ["CVE-1"], "fix_versions": ["2.0"]}
SILENCES = [
    "No route to host",
    {"dependencies": [{"name": "flask", "skip_reason": "not found"}]},
]
FINE = {"name": "flask", "version": "3", "vulns": []}


@pytest.fixture(scope="module")
def audit() -> ModuleType:
    """The tool as a module."""
    spec = importlib.util.spec_from_file_location("audit", ROOT / "tools" / "audit.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def answers(audit: ModuleType, monkeypatch: pytest.MonkeyPatch, *replies: Any) -> list[list[str]]:
    """Let the services answer so, one after another; returns what they were asked."""
    questions: list[list[str]] = []
    left = list(replies)

    def ask(lines: list[str], service: str) -> Any:
        questions.append([service, *lines])
        return left.pop(0)

    monkeypatch.setattr(audit, "ask", ask)
    return questions


def test_every_pinned_package_is_asked_for(
    audit: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    fine = {"dependencies": [FINE]}
    questions = answers(audit, monkeypatch, fine, fine)
    assert audit.main() == 0
    pins = re.findall(r"^(\S+==\S+)", (ROOT / "requirements.txt").read_text("utf-8"), re.MULTILINE)
    assert questions[1] == ["pypi", *(pin.rstrip(";") for pin in pins)]
    assert len(pins) > 40
    assert f"Audited by pypi: {len(pins)} packages" in capsys.readouterr().out


def test_a_known_weakness_fails_the_check(
    audit: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    weak = {"dependencies": [{"name": "plotly", "version": "1.0", "vulns": [WEAK]}, FINE]}
    answers(audit, monkeypatch, {"dependencies": [FINE]}, weak)
    assert audit.main() == 1
    assert "plotly 1.0: PYSEC-1, mended in 2.0" in capsys.readouterr().out


@pytest.mark.parametrize("name", ["PYSEC-1", "CVE-1"])
def test_a_weakness_that_does_not_concern_us_is_named_with_the_reason(
    audit: ModuleType,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    name: str,
) -> None:
    monkeypatch.setitem(audit.NOT_OURS, name, "we never call it")
    weak = {"dependencies": [{"name": "plotly", "version": "1.0", "vulns": [WEAK]}, FINE]}
    answers(audit, monkeypatch, weak, weak)
    assert audit.main() == 0
    assert "does not concern this site: we never call it" in capsys.readouterr().out


@pytest.mark.parametrize("silence", SILENCES)
def test_where_pypi_cannot_be_asked_osv_is(
    audit: ModuleType,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    silence: Any,
) -> None:
    weak = {"dependencies": [{"name": "plotly", "version": "1.0", "vulns": [WEAK]}, FINE]}
    questions = answers(audit, monkeypatch, silence, {"dependencies": [FINE]}, weak)
    assert audit.main() == 1
    assert [service for service, *_ in questions] == ["pypi", "osv", "osv"]
    assert "plotly 1.0: PYSEC-1" in capsys.readouterr().out


@pytest.mark.parametrize("silence", SILENCES)
def test_where_nobody_can_be_asked_that_is_said_and_nothing_else_is_asked(
    audit: ModuleType,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    silence: Any,
) -> None:
    questions = answers(audit, monkeypatch, silence, silence)
    assert audit.main() == 0
    assert [len(lines) for _, *lines in questions] == [1, 1]
    assert capsys.readouterr().out.startswith("NOT AUDITED")
