"""The commands ``python -m data check [FOLDER]`` and ``python -m data build FOLDER``."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from data.__main__ import main
from data.editions import EDITIONS
from data.manifests import read_manifest
from tests.data.conftest import EditionCopy


def test_a_fine_edition_gives_one_line_and_0(
    copy: EditionCopy, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", str(copy.folder)]) == 0
    (line,) = capsys.readouterr().out.splitlines()
    assert line.startswith("Edition 2026.1 of 2026-11-22 is fine: 91 indicators, ")
    assert f"{len(copy.records('observations'))} observations" in line


def test_without_a_folder_the_edition_in_force_is_checked() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "data", "check"],
        capture_output=True,
        text=True,
        check=False,
        cwd=EDITIONS.parents[1],
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert "is fine" in done.stdout


def test_every_fault_is_printed_on_its_own_line_and_gives_1(
    copy: EditionCopy, capsys: pytest.CaptureFixture[str]
) -> None:
    copy.change("observations", 2, value="many\nmore")
    copy.change("targets", 5, kind="wish")
    copy.change("sources", 7, publisher_ru="")
    assert main(["check", str(copy.folder)]) == 1
    printed = capsys.readouterr()
    starts = [line.split(":")[0] for line in printed.out.splitlines()]
    assert starts == [
        "observations.csv, row 2, column value",
        "observations.csv, row 2, column value",
        "targets.csv, row 5, column kind",
        "sources.csv, row 7, column publisher_ru",
    ]
    assert "4 faults found" in printed.err


def test_the_name_of_a_column_cannot_break_a_line_or_fill_the_screen(
    copy: EditionCopy, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = copy.lines("cities")
    copy.write(
        "cities", [[*lines[0], "a\nb\x1b[31m" + "c" * 5000], *([*one, ""] for one in lines[1:])]
    )
    assert main(["check", str(copy.folder)]) == 1
    printed = capsys.readouterr().out
    assert "cities.csv, row 1, column a�b�[31mccc" in printed
    assert all(len(line) < 300 for line in printed.splitlines())
    assert "\x1b" not in printed


def test_a_folder_that_cannot_be_read_gives_2(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", str(tmp_path / "nowhere")]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert "nowhere is not a folder" in printed.err


def test_a_file_instead_of_a_folder_gives_2(copy: EditionCopy) -> None:
    assert main(["check", str(copy.path("cities"))]) == 2


@pytest.mark.parametrize("arguments", [[], ["publish"], ["check", "a", "b"]])
def test_a_wrong_command_is_explained_and_gives_2(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(arguments)
    assert stopped.value.code == 2
    assert "usage: python -m data" in capsys.readouterr().err


@pytest.mark.slow
def test_files_are_built_and_counted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["build", str(tmp_path), "--city", "rana", "--base-url", "https://example.org/"]
    assert main(arguments) == 0
    (line,) = capsys.readouterr().out.splitlines()
    (apart,) = tmp_path.glob("*-catalogue")
    (build,) = (one for one in tmp_path.iterdir() if one != apart)
    files = read_manifest(build)
    assert line.startswith(f"{len(files.files) + 2} files, ")
    assert line.endswith(str(files.public))
    catalogue = (read_manifest(apart).public / "catalog.ttl").read_text("utf-8")
    assert "<https://example.org/data/2026.1/all.zip>" in catalogue
    assert '"Rana"@en' in catalogue


def test_an_unknown_city_cannot_be_built(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["build", str(tmp_path), "--city", "atlantis"]) == 2
    assert "not atlantis" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []
