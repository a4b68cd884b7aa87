"""Cite and reuse: ready citations, and code that loads a file into a program."""

from collections.abc import Mapping

from dash import html

from components.copying import copy_box
from components.markup import folded
from components.texts import text
from data.citations import Cited, apa, bibtex, gost, ris
from data.models import Language
from data.snippets import Snippet

_PROSE = {"apa": apa, "gost": gost}
_CODE = {"bibtex": bibtex, "ris": ris}
# Names that both languages write alike.
_NAMES = {"apa": "APA", "bibtex": "BibTeX", "ris": "RIS"}


def citations(cited: Cited, language: Language) -> html.Div:
    """Ready citations: the two that are read, then the two that programs read, folded."""
    order = ("gost", "apa") if language == "ru" else ("apa", "gost")
    boxes = [
        copy_box(f"cite-{form}", _name(form, language), _PROSE[form](cited), language, prose=True)
        for form in order
    ]
    files = [
        folded(
            _NAMES[form],
            copy_box(f"cite-{form}", text(f"cite_{form}_entry", language), write(cited), language),
        )
        for form, write in _CODE.items()
    ]
    return html.Div([*boxes, *files])


def _name(form: str, language: Language) -> str:
    return _NAMES.get(form) or text(f"cite_{form}", language)


def programs(snippets: Mapping[str, Snippet], language: Language) -> html.Div:
    """Code for each program, folded; the names of programs are the same in any language."""
    return html.Div(
        [
            folded(
                snippet.program,
                copy_box(
                    f"code-{id.replace('_', '-')}",
                    text("code_for", language, program=snippet.program),
                    snippet.code,
                    language,
                ),
            )
            for id, snippet in snippets.items()
        ]
    )
