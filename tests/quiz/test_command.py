"""The command ``python -m quiz``."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from quiz.__main__ import main
from quiz.bank import Bank
from quiz.bank_file import QUESTIONS
from quiz.store import Store
from tests.quiz.builders import answer_rightly, start

pytestmark = pytest.mark.slow
ROOT = Path(__file__).parents[2]


def test_a_fine_bank_gives_its_statistics_and_0(
    bank: Bank, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check"]) == 0
    russian, english, summary = capsys.readouterr().out.splitlines()
    assert russian.startswith("ru: the right answer is a 9, b 7, c 10, d 9; it is the longest ")
    assert english.startswith("en: ")
    questions, versions = len(bank.current), len(bank.questions)
    assert summary == f"The bank is fine: {questions} questions, {versions} versions"


def test_every_fault_is_printed_and_gives_1(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "questions.yml"
    text = QUESTIONS.read_text("utf-8").replace("\n  answer: d", "\n  answer: x", 2)
    file.write_text(text, "utf-8")
    assert main(["check", str(file)]) == 1
    printed = capsys.readouterr()
    assert len(printed.out.splitlines()) == 2
    assert "2 faults found" in printed.err


def _with_the_right_option_first(entry: str) -> str:
    if "  answer: " not in entry or "kind: trend" in entry:
        return entry
    answer = entry.split("  answer: ")[1][0]
    swapped = entry.replace("- {id: a,", "- {id: @,").replace(f"- {{id: {answer},", "- {id: a,")
    return swapped.replace("- {id: @,", f"- {{id: {answer},").replace(
        f"  answer: {answer}", "  answer: a"
    )


def _with_a_long_right_option(entry: str) -> str:
    if "  answer: " not in entry or "kind: trend" in entry:
        return entry
    answer = entry.split("  answer: ")[1][0]
    return re.sub(rf'(- {{id: {answer}, text: .*?\ben: ")', r"\1" + "long " * 30, entry, count=1)


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (_with_a_long_right_option, "The longest option is mostly the right one"),
        (_with_the_right_option_first, "The same place is mostly the right one"),
    ],
)
def test_a_bank_whose_right_options_can_be_guessed_gives_1(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    change: Callable[[str], str],
    problem: str,
) -> None:
    file = tmp_path / "questions.yml"
    head, *entries = QUESTIONS.read_text("utf-8").split("\n- id: ")
    file.write_text("\n- id: ".join([head, *map(change, entries)]), "utf-8")
    assert main(["check", str(file)]) == 1
    assert problem in capsys.readouterr().err


def test_the_report_lists_every_question(
    store: Store, database_url: str, bank: Bank, capsys: pytest.CaptureFixture[str]
) -> None:
    run = start(store, bank)
    answer_rightly(store, run)
    assert main(["report", database_url]) == 0
    printed = capsys.readouterr().out.splitlines()
    # The choice beside a drawing is counted by a name of its own.
    count = len(bank.questions) + sum(question.kind == "draw" for question in bank.questions)
    assert printed[-1] == f"{count} questions, {count} with remarks"
    for question in bank.questions:
        assert any(line.startswith(f"{question.id} v1 ") for line in printed)
    item = next(item for item in run.items if item.kind != "draw")
    name = f"{item.question_id} v{item.version} "
    answered = next(line for line in printed if line.startswith(name))
    assert "100%" in answered
    assert "12 s" in answered


def test_a_report_on_a_file_that_is_not_there_makes_none(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "missing.db"
    assert main(["report", f"sqlite:///{file}"]) == 2
    assert "is no file" in capsys.readouterr().err
    assert not file.exists()


def test_a_report_without_tables_gives_2(
    empty_url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["report", empty_url]) == 2
    assert "Cannot report: " in capsys.readouterr().err


def test_the_database_is_taken_from_the_environment(empty_url: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "quiz", "migrate"],
        env={"DATABASE_URL": empty_url},
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
    )
    assert (done.returncode, done.stderr) == (0, "")
    store = Store(empty_url)
    store.check()
    store.close()


def test_without_a_setting_the_answers_are_a_file_in_the_folder_of_the_site(
    tmp_path: Path,
) -> None:
    subprocess.run(
        [sys.executable, "-m", "quiz", "migrate"],
        env={"VAR_FOLDER": str(tmp_path / "var")},
        check=True,
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
    )
    assert (tmp_path / "var" / "site.db").is_file()


@pytest.mark.parametrize("arguments", [[], ["publish"], ["check", "a", "b"]], ids=str)
def test_a_wrong_command_is_explained_and_gives_2(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(arguments)
    assert stopped.value.code == 2
    assert "usage: python -m quiz" in capsys.readouterr().err
