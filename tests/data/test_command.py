"""The commands ``python -m data check``, ``build`` and ``publish``."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from data.__main__ import main
from data.editions import EDITIONS, edition_folders, load_edition, newest_folder
from data.manifests import read_manifest
from data.versions import next_version
from quiz.bank import read_bank
from tests.data.conftest import CHANGE, Draft, EditionCopy

pytestmark = pytest.mark.slow
# The command takes no day that is still to come, and none before the edition in force.
TODAY = load_edition().date
PATCH = next_version(newest_folder().name, "patch", 2026)


def check(draft: EditionCopy, editions: Path, *more: str) -> int:
    """Check a draft as of the day of the edition in force."""
    arguments = ["--date", TODAY, "--editions", str(editions), *more]
    return main(["check", str(draft.folder), *arguments])


def test_a_fine_draft_gives_one_line_and_0(
    draft: Draft, editions: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    draft.change("observations", 2, note="other words")
    assert check(draft, editions) == 0
    *warnings, line = capsys.readouterr().out.splitlines()
    assert all(warning.startswith("Warning: observations.csv, row ") for warning in warnings)
    assert line.startswith(f"Edition {PATCH} of {TODAY} is fine: 91 indicators, ")
    assert f"{len(draft.records('observations'))} observations" in line


def test_without_a_folder_the_edition_in_force_is_checked() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "data", "check"],
        capture_output=True,
        text=True,
        check=False,
        cwd=EDITIONS.parents[1],
    )
    assert (done.returncode, done.stderr) == (0, "")
    (line,) = done.stdout.splitlines()
    assert "is fine" in line


def test_every_fault_is_printed_on_its_own_line_and_gives_1(
    draft: Draft, editions: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    draft.change("observations", 2, value="many\nmore")
    draft.change("targets", 2, kind="wish")
    draft.change("sources", 7, publisher_ru="")
    assert check(draft, editions) == 1
    printed = capsys.readouterr()
    starts = [line.split(":")[0] for line in printed.out.splitlines()]
    assert starts == [
        "observations.csv, row 2, column value",
        "observations.csv, row 2, column value",
        "targets.csv, row 2, column kind",
        "sources.csv, row 7, column publisher_ru",
    ]
    assert "4 faults found" in printed.err


def test_check_and_publish_list_the_same_faults_of_rows_differences_log_and_quiz(
    draft: Draft, editions: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    question = next(
        question for question in read_bank(load_edition()).current if question.observation
    )
    code = question.indicator
    rows = draft.lines("observations")
    named = [row for row in rows if row[1] != code]
    draft.write("observations", named)
    draft.change("targets", 2, target="-1")
    draft.say(CHANGE)
    assert check(draft, editions) == 1
    printed = capsys.readouterr()
    for part in ("below zero", "changes.yml does not speak of", "is not there", "fits 0 observ"):
        assert part in printed.out, part
    arguments = ["--date", TODAY, "--editions", str(editions)]
    assert main(["publish", str(draft.folder), *arguments]) == 1
    assert capsys.readouterr() == printed


def test_warnings_are_listed_and_refused_where_it_is_strict(
    draft: Draft, editions: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    row = draft.find("observations", unit="%", city="moscow", derived="no", value_text="!")
    draft.change("observations", row, value="120")
    assert check(draft, editions) == 0
    place = f"observations.csv, row {row}, column value: "
    printed = capsys.readouterr().out
    assert f"Warning: {place}120 is no share of a whole" in printed
    assert f"Warning: {place}120 is not in its quotation" in printed
    assert check(draft, editions, "--strict") == 1
    assert f"\n{place}120 is no share" in f"\n{capsys.readouterr().out}"


def test_the_name_of_a_column_cannot_break_a_line_or_fill_the_screen(
    copy: EditionCopy, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = copy.lines("cities")
    copy.write(
        "cities", [[*lines[0], "a\nb\x1b[31m" + "c" * 5000], *([*line, ""] for line in lines[1:])]
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


def test_files_are_built_and_counted(
    small: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["build", str(tmp_path), "--city", "rana", "--base-url", "https://example.org/"]
    assert main([*arguments, "--editions", str(small.parent)]) == 0
    (line,) = capsys.readouterr().out.splitlines()
    (apart,) = tmp_path.glob("*-catalogue")
    (build,) = (folder for folder in tmp_path.iterdir() if folder != apart)
    files = read_manifest(build)
    assert line.startswith(f"{len(files.files) + 2} files, ")
    assert line.endswith(str(files.public))
    catalogue = (read_manifest(apart).public / "catalog.ttl").read_text("utf-8")
    assert f"<https://example.org/data/{newest_folder().name}/all.zip>" in catalogue
    assert '"Rana"@en' in catalogue


def test_an_unknown_city_cannot_be_built(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["build", str(tmp_path), "--city", "atlantis"]) == 2
    assert "not atlantis" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.long
def test_publishers_at_the_same_time_follow_one_another(draft: Draft, editions: Path) -> None:
    draft.change("observations", 2, value="91")
    command = [sys.executable, "-m", "data", "publish", str(draft.folder), "--date", TODAY]
    command += ["--editions", str(editions)]
    both = [
        subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=EDITIONS.parents[1]
        )
        for _ in range(2)
    ]
    printed = [process.communicate()[0].decode() for process in both]
    assert sorted(process.returncode for process in both) == [0, 1], printed
    assert any(f"nothing differs from edition {PATCH}" in output for output in printed)
    assert [folder.name for folder in edition_folders(editions)] == [newest_folder().name, PATCH]
    assert len(list(editions.iterdir())) == 2


def test_the_command_says_what_it_made(
    draft: Draft, editions: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    draft.change("observations", 2, value="91")
    arguments = ["publish", str(draft.folder), "--date", TODAY, "--editions", str(editions)]
    assert main(arguments) == 0
    *_, line = capsys.readouterr().out.splitlines()
    assert line.startswith(f"Edition {PATCH} (patch) is published in ")
    assert line.endswith(": observations +0 ~1 −0")


def test_the_command_lists_faults_and_gives_1(
    draft: Draft, editions: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["publish", str(draft.folder), "--date", TODAY, "--editions", str(editions)]
    assert main(arguments) == 1
    printed = capsys.readouterr()
    assert "nothing differs" in printed.out
    assert "1 fault found" in printed.err
    assert main(["publish", str(draft.folder / "nowhere"), "--editions", str(editions)]) == 2


def test_a_day_to_come_is_refused(
    draft: Draft, editions: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    draft.change("observations", 2, value="91")
    arguments = ["publish", str(draft.folder), "--editions", str(editions), "--date"]
    assert main([*arguments, "2999-01-01"]) == 1
    assert "2999-01-01 is not yet, today is" in capsys.readouterr().out
    assert len(list(editions.iterdir())) == 1
