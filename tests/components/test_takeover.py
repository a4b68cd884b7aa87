"""Private names of Dash stand in one file, and each exists in the installed version."""

from __future__ import annotations

import re
from importlib.metadata import version
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

import dash
import pytest
from dash import Dash, html

from components.takeover import dash_internals
from components.takeover.dash_internals import (
    BROWSER_NAMES,
    DEPENDENCIES,
    SUITES,
    UPDATE,
    browser_settings,
    component_kind,
    radio_id,
    script_urls,
)

ROOT = Path(__file__).parents[2]
INTERNALS = Path(dash_internals.__file__)
RENDERER = files("dash") / "dash-renderer" / "build" / "dash_renderer.min.js"
CORE = files("dash") / "dcc" / "dash_core_components.js"
BOOTSTRAP = files("dash_bootstrap_components") / "_components" / "dash_bootstrap_components.min.js"
IN_BROWSER = sorted({*BROWSER_NAMES.values(), DEPENDENCIES, UPDATE, SUITES.rstrip("/")})
IN_PYTHON = {
    "_callback": dash,
    "GLOBAL_CALLBACK_LIST": dash._callback,
    "GLOBAL_CALLBACK_MAP": dash._callback,
    "_callback_list": Dash("guarded", server=False),
    "_generate_scripts_html": Dash,
    "_config": Dash,
    "_namespace": html.Div,
    "_type": html.Div,
    "_children_props": html.Div,
    "_base_nodes": html.Div,
    "_prop_names": html.Div(),
    "_valid_wildcard_attributes": html.Div(),
}
# These three are words of other packages, too; ruff's SLF001 finds them on another object.
DISTINCT = {*IN_BROWSER, *IN_PYTHON, "_dbcprivate"} - {"_type", "_namespace", "_config"}


def missing(name: str) -> str:
    """The sentence for whoever upgrades Dash."""
    return f"Dash {version('dash')} has no {name} any more: mend {INTERNALS.relative_to(ROOT)}"


@pytest.mark.parametrize("name", IN_PYTHON)
def test_every_private_name_of_dash_exists(name: str) -> None:
    assert hasattr(IN_PYTHON[name], name), missing(name)


@pytest.mark.parametrize("name", IN_BROWSER)
def test_every_name_that_a_script_looks_for_is_in_dash_renderer(name: str) -> None:
    assert name in RENDERER.read_text("utf-8"), missing(name)


def test_a_radio_of_dash_bootstrap_components_has_the_id_that_is_painted() -> None:
    for part in radio_id("|", "|").split("|")[:2]:
        assert part in BOOTSTRAP.read_text("utf-8"), missing(part)


@pytest.mark.parametrize("script", [RENDERER, CORE], ids=lambda script: script.name)
def test_dash_takes_no_more_from_its_polyfill_than_is_there(script: Traversable) -> None:
    """assets/dash_takeover.js has ``mark``, and ``wrap`` with a state that is stopped."""
    source, name = script.read_text("utf-8"), re.escape(BROWSER_NAMES["generators"])
    used = set(re.findall(rf"{name}\.(\w+)", source))
    assert used == {"mark", "wrap"}
    runs = re.findall(rf"{name}\.wrap\(function\((\w)\)(.*?\.stop\(\)\}})", source, re.DOTALL)
    assert len(runs) == source.count(f"{BROWSER_NAMES['generators']}.wrap")
    for state, run in runs:
        assert set(re.findall(rf"\b{state}\.(\w+)", run)) <= {"prev", "next", "sent", "stop"}


def test_scripts_settings_and_kinds_can_be_read(dash_app: Dash) -> None:
    assert any("dash_renderer" in url for url in script_urls(dash_app))
    assert browser_settings(dash_app)["requests_pathname_prefix"] == "/_dash/"
    assert component_kind(html.Div()) == ("dash_html_components", "Div")


@pytest.mark.slow
def test_no_other_file_uses_a_private_name_of_dash() -> None:
    sources = [
        file
        for part in ("app.py", "assets", "components", "data", "pages", "quiz", "tools")
        for file in (ROOT / part, *(ROOT / part).rglob("*"))
        if file.suffix in (".py", ".js", ".css") and file != INTERNALS
    ]
    assert len(sources) > 200
    names = "|".join(map(re.escape, sorted(DISTINCT, key=len, reverse=True)))
    used = re.compile(rf"(?<![\w.])(?:{names})|\.(?:{names})\b")
    for file in sources:
        source, where = file.read_text("utf-8"), file.relative_to(ROOT)
        assert (name := used.search(source)) is None, (
            f"{where} uses {name and name[0]}, which is private to Dash: "
            f"put it into {INTERNALS.relative_to(ROOT)}"
        )
        if "import dash" in source or "from dash" in source:
            assert "SLF001" not in source, f"{where} may not reach for private names of Dash"
            assert not re.search(r"from dash[\w.]* import .*\b_\w", source), where
