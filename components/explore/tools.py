"""Ways to take a view away: the Share panel, its link, rows as files, code, and citation."""

from collections.abc import Mapping

from dash import html
from dash.development.base_component import Component

from components.copying import copy_box
from components.explore.form import Explored
from components.markup import folded
from components.texts import text
from data.citations import Cited, apa, gost
from data.exploration.selection import FILE_FORMS, FileForm

_NAMES: Mapping[FileForm, str] = {"csv": "CSV", "xlsx": "XLSX", "parquet": "Parquet"}


def file_url(explored: Explored, form: str, **more: str) -> str:
    """Return the address of the rows, or of the picture, of what is shown as a file."""
    path, _, query = explored.url().partition("?")
    parts = [query, *(f"{name}={value}" for name, value in more.items())]
    joined = "&".join(part for part in parts if part)
    file = f"{path.rstrip('/')}.{form}"
    return f"{file}?{joined}" if joined else file


def frame_url(explored: Explored, base_url: str, theme: str = "auto") -> str:
    """Return the address of the frame that shows the view, with origin."""
    _, _, query = explored.url().partition("?")
    parts = "&".join(part for part in (query, "" if theme == "auto" else f"theme={theme}") if part)
    return f"{base_url}/embed/{explored.language}/explore{f'?{parts}' if parts else ''}"


def tools(explored: Explored, cited: Cited, code: str, share: str) -> list[Component]:
    """Return the ways, folded; ``code`` makes the same rows of published files.

    ``share`` is the address of the Share panel.
    """
    language = explored.language
    files = [
        html.Li(
            html.A(
                _NAMES.get(form) or text("explore_file_excel", language),
                href=file_url(explored, form),
            )
        )
        for form in FILE_FORMS
    ]
    files += [
        html.Li(html.A(name, href=file_url(explored, name.lower()))) for name in ("SVG", "PNG")
    ]
    name, write = (text("cite_gost", language), gost) if language == "ru" else ("APA", apa)
    note = html.P(text("explore_files_note", language), className="note")
    return [
        html.P(html.A(text("explore_share", language), href=share)),
        folded(
            text("explore_link", language),
            copy_box("explore-link", text("share_address_code", language), cited.address, language),
        ),
        folded(text("download_fold", language), html.Ul(files, className="forms"), note),
        folded(
            text("explore_code", language),
            copy_box("explore-code", "pandas", code, language),
        ),
        folded(
            text("cite_short", language),
            copy_box("explore-cite", name, write(cited), language, prose=True),
        ),
    ]
