"""Nine pages of other people into which a code is pasted, and what their systems do to it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import nh3

# What WordPress lets authors without special rights keep, of the elements that our codes use:
# $allowedposttags, _wp_add_global_attributes() and safecss_filter_attr() in wp-includes/kses.php.
_KSES_TAGS = {"a", "div", "figcaption", "figure", "img", "p", "span"}
_KSES_ATTRIBUTES = {
    "*": {"aria-label", "class", "dir", "id", "lang", "role", "style", "title"},
    "a": {"href", "rel", "target"},
    "img": {"alt", "height", "loading", "src", "width"},
}
_KSES_STYLES = {
    "border",
    "height",
    "margin",
    "max-height",
    "max-width",
    "min-height",
    "min-width",
    "width",
}
_FRAME = {"src", "title", "height", "width", "loading", "allowfullscreen"}
_STYLE = """
body { margin: 0; font: 1rem/1.5 Georgia, serif; }
header, main { max-width: 45rem; margin: 0 auto; padding: 0 1rem; }
"""


@dataclass(frozen=True, slots=True)
class Host:
    """One page: what is around the pasted code, and the fate of the code itself.

    ``policy`` is its Content-Security-Policy, with ``{site}`` for the origin of the charts.
    ``live`` names the codes of which a reader sees the chart rather than its picture;
    ``lost`` those of which only the sentence with its link is left. ``opened`` is what a reader
    must press first.
    """

    name: str
    before: str = ""
    after: str = ""
    style: str = _STYLE
    root: str = 'lang="en"'
    policy: str = ""
    clean: Callable[[str], str] = str
    live: frozenset[str] = frozenset({"frame", "figure"})
    lost: frozenset[str] = frozenset()
    opened: str = ""
    dark: bool = False

    def page(self, code: str) -> str:
        """The whole document with the code as the host's system left it."""
        looks = '<link rel="stylesheet" href="/host.css">' if self.policy else ""
        inside = "" if self.policy else f"<style>{self.style}</style>"
        return (
            f"<!DOCTYPE html><html {self.root}><head><meta charset='utf-8'>"
            f"<title>{self.name}</title>{looks}{inside}"
            '<meta name="viewport" content="width=device-width, initial-scale=1"></head><body>'
            f"<header><h1>{self.name}</h1></header><main><p>Before the chart.</p>{self.before}"
            f"<div id='pasted'>{self.clean(code)}</div>{self.after}<p>After the chart.</p></main>"
            "</body></html>"
        )


def without_scripts(code: str) -> str:
    """What a system keeps that allows frames, but no script."""
    return nh3.clean(
        code,
        tags=_KSES_TAGS | {"iframe"},
        attributes={**_KSES_ATTRIBUTES, "iframe": _FRAME},
        filter_style_properties=_KSES_STYLES,
        generic_attribute_prefixes={"data-"},
        link_rel=None,
    )


def without_frames(code: str) -> str:
    """What WordPress keeps of an author's text: neither scripts nor frames."""
    return nh3.clean(
        code,
        tags=_KSES_TAGS,
        attributes=_KSES_ATTRIBUTES,
        filter_style_properties=_KSES_STYLES,
        generic_attribute_prefixes={"data-"},
        link_rel=None,
    )


_TAB = """<button type="button" id="tab">Show the chart</button>
<script>document.getElementById("tab").addEventListener("click", function () {
document.getElementById("panel").style.display = "block"; });</script>
<div id="panel" style="display:none">"""
_FRAMES_ONLY = frozenset({"frame"})

HOSTS = {
    host.name: host
    for host in (
        Host("plain"),
        Host(
            "strict policy",
            policy="default-src 'none'; style-src 'self'; img-src {site}; frame-src {site}",
            live=_FRAMES_ONLY,
        ),
        Host("no scripts", clean=without_scripts, live=_FRAMES_ONLY),
        Host("no frames", clean=without_frames, live=frozenset(), lost=_FRAMES_ONLY),
        Host(
            "narrow column",
            style=_STYLE + "#pasted { width: 320px; float: right; margin-left: 2rem; }",
        ),
        Host("hidden tab", before=_TAB, after="</div>", opened="#tab"),
        Host(
            "right to left",
            root='lang="ar" dir="rtl"',
            style=_STYLE + "#pasted { width: 30rem; max-width: 100%; }",
        ),
        Host(
            "dark",
            style=":root { color-scheme: dark } body { background: #101418; color: #eee }" + _STYLE,
            dark=True,
        ),
        Host("print"),
    )
}
