"""Every private name of Dash that the site uses; tests/components/test_takeover.py guards them."""

import re
from collections.abc import Mapping
from typing import Any

from dash import Dash, _callback
from dash.development.base_component import Component

# Paths below Dash's prefix.
LAYOUT, DEPENDENCIES, UPDATE = "_dash-layout", "_dash-dependencies", "_dash-update-component"
SUITES = "_dash-component-suites/"
# What Dash's scripts look for in the page; written into assets/dash_takeover.js.
# ``generators`` is what it takes from its polyfill.
BROWSER_NAMES: Mapping[str, str] = {
    "config": "_dash-config",
    "entry": "react-entry-point",
    "generators": "regeneratorRuntime",
    "layout": LAYOUT,
    "plotly": "_dashPlotlyJSURL",
    "renderer": "DashRenderer",
}
# The public settings of an application that its scripts read. Python's and Dash's versions are
# nobody's business.
_BROWSER_SETTINGS = (
    "requests_pathname_prefix",
    "url_base_pathname",
    "ui",
    "props_check",
    "disable_version_check",
    "show_undo_redo",
    "suppress_callback_exceptions",
    "update_title",
    "children_props",
    "serve_locally",
    "validate_callbacks",
    "csrf_token_name",
    "csrf_header_name",
)
_SCRIPT = re.compile(r'<script src="([^"]+)"></script>')
# What was declared by ``dash.callback`` since the process began.
_declared_list: list[Any] = []
_declared_map: dict[str, Any] = {}


class OwnComponent(Component):
    """Base of a component of our own, declared as ``dash-generate-components`` writes them.

    Its half for browsers is ``window.components.{class name}`` (assets/markup.js).
    """

    _children_props: list[str] = []  # noqa: RUF012  # Dash declares these two as lists.
    _base_nodes: list[str] = []  # noqa: RUF012  # The same.
    # Dash imports the namespace at each component; a name that is no package costs a search.
    _namespace = "components"

    def __init_subclass__(cls) -> None:
        cls._type = cls.__name__

    def __init__(self, **properties: Any) -> None:
        """Take these properties, and any whose name begins with ``data-`` or ``aria-``."""
        self._prop_names = [name for name in properties if "-" not in name]
        self._valid_wildcard_attributes = ["data-", "aria-"]
        self.available_properties = self._prop_names
        self.available_wildcard_properties = self._valid_wildcard_attributes
        values = {name: value for name, value in properties.items() if value is not None}
        super().__init__(**values)  # type: ignore[no-untyped-call]  # Dash's base has no types.


def component_kind(component: Component) -> tuple[str, str]:
    """Return namespace and type: ``("dash_html_components", "Div")``."""
    return component._namespace, component._type


def properties_of(component: Component) -> dict[str, Any]:
    """Return the properties that a component was given.

    Like ``to_plotly_json``, which looks at each of the 40 that it could have four times and
    returns ``data-…`` and ``aria-…`` in an order that changes with each process: a page must have
    the same bytes, and so the same ETag, on every machine.
    """
    held = vars(component)
    names = component._prop_names  # noqa: SLF001  # See the module.
    named = [name for name in names if name in held]
    return {name: held[name] for name in (*named, *sorted(name for name in held if "-" in name))}


def radio_id(group: str | None, value: str) -> str:
    """Return the id that dash-bootstrap-components gives a radio of ``RadioItems``."""
    return f"_dbcprivate_radioitems_{group}_input_{value}"


def adopt_callbacks(app: Dash) -> None:
    """Give the application every callback that a module declared by ``dash.callback``.

    Dash hands them to the first application that answers a request, and forgets them; a process
    of tests makes several applications of the same modules.
    """
    _declared_list.extend(_callback.GLOBAL_CALLBACK_LIST)
    _declared_map.update(_callback.GLOBAL_CALLBACK_MAP)
    _callback.GLOBAL_CALLBACK_LIST.clear()
    _callback.GLOBAL_CALLBACK_MAP.clear()
    app._callback_list.extend(_declared_list)  # noqa: SLF001  # See the module.
    app.callback_map.update(_declared_map)


def script_urls(app: Dash) -> list[str]:
    """Return the paths of Dash's scripts in the order in which a page loads them."""
    with app.server.test_request_context():
        tags = app._generate_scripts_html()  # noqa: SLF001  # See the module.
    return _SCRIPT.findall(tags)


def browser_settings(app: Dash) -> dict[str, object]:
    """Return Dash's settings for the browser without what tells strangers about the server."""
    settings = app._config()  # noqa: SLF001  # See the module.
    return {name: settings[name] for name in _BROWSER_SETTINGS}
