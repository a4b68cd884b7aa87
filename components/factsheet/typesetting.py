"""Sets the fact sheet as PDF by Typst, with the font of the pictures and with no other."""

import json
from pathlib import Path
from typing import Final

from components.factsheet.contents import Contents
from components.pictures.lettering import font_file

_LAYOUT = Path(__file__).with_name("layout.typ")
# Tagged, with a language and a title, and refused by Typst where a reader's aid would lack a word.
_STANDARD: Final = "ua-1"


def factsheet_pdf(contents: Contents) -> bytes:
    """The sheet as PDF; the same contents always give the same bytes.

    Loads Typst, which takes some 60 MB of memory: servers ask for it in a process of its own.
    Raises ``RuntimeError`` where the layout and the contents do not fit.
    """
    import typst  # noqa: PLC0415  # It takes 60 MB: only where a sheet is made.

    fonts = typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=False,
        font_paths=[str(font_file().parent)],
    )
    compiler = typst.Compiler(
        _LAYOUT.read_bytes(), font_paths=fonts, sys_inputs={"contents": json.dumps(contents)}
    )
    document = compiler.compile(format="pdf", pdf_standards=_STANDARD)
    if isinstance(document, bytes):
        return document
    raise RuntimeError("the layout gives no document")
