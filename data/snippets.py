"""Copy-ready code that loads a CSV of ours, given its address."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from data.models import Language


@dataclass(frozen=True, slots=True)
class Snippet:
    """Code for one program; ``syntax`` names its language for those who colour it."""

    program: str
    syntax: str
    code: str


def csv_snippets(
    address: str, language: Language, numbers: Sequence[str] = ()
) -> Mapping[str, Snippet]:
    """Snippets by id: ``pandas``, ``polars``, ``r``, ``power_query``, ``google_sheets``.

    ``address`` is the full address of a CSV with commas and decimal points, ``numbers`` the
    columns that hold numbers, which Power Query has to be told.

    Raises ``ValueError`` for an address that is none, or that could end the quotation.
    """
    _check(address)
    return {
        "pandas": Snippet(
            "pandas", "python", f'import pandas as pd\n\ntable = pd.read_csv("{address}")\n'
        ),
        "polars": Snippet(
            "polars",
            "python",
            f'import polars as pl\n\ntable = pl.read_csv("{address}", infer_schema_length=None)\n',
        ),
        "r": Snippet(
            "R",
            "r",
            f'table <- read.csv("{address}", encoding = "UTF-8", check.names = FALSE)\n',
        ),
        "power_query": Snippet("Excel, Power Query", "powerquery", _power_query(address, numbers)),
        "google_sheets": Snippet("Google Sheets", "excel", _google_sheets(address, language)),
    }


def pandas_line(address: str) -> str:
    """One line to paste into Python, which loads the CSV at ``address`` as the name ``table``.

    Raises ``ValueError`` as ``csv_snippets`` does.
    """
    _check(address)
    return f'import pandas; table = pandas.read_csv("{address}")'


def _check(address: str) -> None:
    if not address.startswith(("http://", "https://")) or set(address) & set("\"'\\<> \n\r\t"):
        raise ValueError(f"{address!r} is not a web address")


def _power_query(address: str, numbers: Sequence[str]) -> str:
    typed = ", ".join(f"{{{json.dumps(name)}, type number}}" for name in numbers)
    options = '[Delimiter = ",", Encoding = 65001, QuoteStyle = QuoteStyle.Csv]'
    lines = [
        "let",
        f'    Source = Csv.Document(Web.Contents("{address}"), {options}),',
        "    Headed = Table.PromoteHeaders(Source, [PromoteAllScalars = true]),",
        # The culture is named because the computer's own may write decimals with a comma.
        f'    Typed = Table.TransformColumnTypes(Headed, {{{typed}}}, "en-US")',
        "in",
        "    Typed",
    ]
    return "\n".join(lines) + "\n"


def _google_sheets(address: str, language: Language) -> str:
    # Sheets with Russian settings separate arguments by semicolons; the locale is the file's.
    separator = "; " if language == "ru" else ", "
    arguments = separator.join([f'"{address}"', '","', '"en_US"'])
    return f"=IMPORTDATA({arguments})\n"
