"""Every format, loaded back from its address, holds the same values cell by cell.

The tests are those of the files as built; here their files come from the server.
"""

from __future__ import annotations

import gzip
import hashlib
from pathlib import Path

import brotli
import pytest
from flask.testing import FlaskClient

from data.models import Edition
from pages.site import Site
from tests.data.test_formats import (
    export,
    test_csv_has_the_same_cells,
    test_json_has_the_same_values_with_the_same_digits,
    test_pandas_reads_the_same_parquet,
    test_parquet_has_the_same_typed_values,
    test_the_russian_csv_has_the_same_cells,
    test_xlsx_has_the_same_values,
)
from tests.data.test_workbook import book, test_every_table_stands_in_its_sheet

__all__ = [
    "book",
    "export",
    "test_csv_has_the_same_cells",
    "test_every_table_stands_in_its_sheet",
    "test_json_has_the_same_values_with_the_same_digits",
    "test_pandas_reads_the_same_parquet",
    "test_parquet_has_the_same_typed_values",
    "test_the_russian_csv_has_the_same_cells",
    "test_xlsx_has_the_same_values",
]

UNPACK = {"br": brotli.decompress, "gzip": gzip.decompress}


@pytest.fixture(scope="module")
def published(
    client: FlaskClient, site: Site, edition: Edition, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """The files of the edition, each asked for at its address."""
    folder = tmp_path_factory.mktemp("downloads")
    for file in site.files.of_edition(edition.version):
        answer = client.get(f"/{file.path}")
        assert answer.status_code == 200, file.path
        (folder / file.name).write_bytes(answer.data)
    return folder


@pytest.mark.parametrize("encoding", ["", "br", "gzip"])
def test_every_file_arrives_as_its_checksum_says(
    client: FlaskClient, site: Site, encoding: str
) -> None:
    packed = 0
    for path, file in site.files.files.items():
        answer = client.get(f"/{path}", headers={"Accept-Encoding": encoding})
        used = answer.headers.get("Content-Encoding", "")
        assert used in ("", encoding)
        packed += bool(used)
        content = UNPACK[used](answer.data) if used else answer.data
        assert hashlib.sha256(content).hexdigest() == file.sha256, path
        assert answer.content_length == len(answer.data)
    assert packed == sum(
        one.endswith({"br": ".br", "gzip": ".gz"}[encoding])
        for one in site.files.packed
        if encoding
    )
