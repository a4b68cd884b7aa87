"""Publishing makes the next edition whole, or says every fault and changes nothing."""

from __future__ import annotations

import json
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from data.build_keys import PACKAGE
from data.editions import (
    BrokenEdition,
    UnreadableEdition,
    load_edition,
    load_editions,
)
from data.publishing import publish
from data.scoring import METHOD
from data.tables import SCHEMA_VERSION
from data.versions import next_version
from tests.data.conftest import CHANGE, Draft, EditionCopy

pytestmark = pytest.mark.slow
BEFORE = load_edition()
DATE = "2026-12-01"
PATCH, MINOR = (next_version(BEFORE.version, step, 2026) for step in ("patch", "minor"))


@pytest.fixture(scope="session")
def folder(small: Path) -> Path:
    """Draft to begin with; nothing that publishing promises depends on its size."""
    return small


def names(editions: Path) -> list[str]:
    return sorted(folder.name for folder in editions.iterdir())


def content(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def problems(draft: Draft, editions: Path, date: str = DATE) -> list[str]:
    before = {name: content(editions / name) for name in names(editions)}
    with pytest.raises(BrokenEdition) as broken:
        publish(draft.folder, date, editions)
    assert {name: content(editions / name) for name in names(editions)} == before
    return [str(fault) for fault in broken.value.faults]


def test_a_correction_makes_a_patch(draft: Draft, editions: Path) -> None:
    draft.change("observations", 2, value="91")
    publication = publish(draft.folder, DATE, editions)
    assert (publication.version, publication.kind, publication.folder.name) == (
        PATCH,
        "patch",
        PATCH,
    )
    old, new = load_editions(editions)
    assert (old.version, new.version, new.date) == (BEFORE.version, PATCH, DATE)
    assert (new.change_log.kind, new.change_log.before) == ("patch", BEFORE.version)
    assert new.change_log.rows == {"observations": {"added": 0, "changed": 1, "removed": 0}}
    assert str(new.observations[0].value) == "91"
    assert str(old.observations[0].value) == "90"


def test_a_correction_keeps_the_schema_of_what_it_corrects(draft: Draft, editions: Path) -> None:
    draft.change("observations", 2, value="91")
    publish(draft.folder, DATE, editions)
    assert [edition.schema for edition in load_editions(editions)] == [BEFORE.schema] * 2


def test_a_new_value_makes_a_minor_edition(draft: Draft, editions: Path) -> None:
    draft.append("observations", like=2, period="2024", value="95")
    draft.say(CHANGE | {"kind": "added"})
    assert publish(draft.folder, DATE, editions).version == MINOR
    assert load_editions(editions)[-1].schema == SCHEMA_VERSION


def test_a_removed_id_makes_a_major_edition(draft: Draft, editions: Path) -> None:
    lines = draft.lines("sources")
    unused = next(
        line[0]
        for line in lines[1:]
        if not any(
            line[0] in draft.path(table).read_text("utf-8")
            for table in ("observations", "targets", "indicators", "population")
        )
    )
    draft.write("sources", [line for line in lines if line[0] != unused])
    draft.say(CHANGE | {"kind": "removed", "table": "sources"})
    publication = publish(draft.folder, DATE, editions)
    assert (publication.version, publication.kind) == ("2027.1", "major")


def test_other_words_in_the_description_make_a_patch(draft: Draft, editions: Path) -> None:
    path = draft.folder / "datapackage.json"
    description = json.loads(path.read_bytes())
    path.write_text(json.dumps(description | {"keywords": ["U4SSC"]}), "utf-8")
    assert publish(draft.folder, DATE, editions).kind == "patch"


def test_one_edition_after_another(draft: Draft, editions: Path) -> None:
    for number, value in enumerate(("91", "92", "93"), start=1):
        draft.change("observations", 2, value=value)
        draft.say(CHANGE | {"table": "observations", "en": f"Number {number}."})
        publish(draft.folder, DATE, editions)
    assert [edition.version for edition in load_editions(editions)] == [
        BEFORE.version,
        *(f"{BEFORE.version}.{number}" for number in (1, 2, 3)),
    ]


def test_the_first_edition_of_all_is_called_after_its_year(draft: Draft, tmp_path: Path) -> None:
    (tmp_path / "none").mkdir()
    publication = publish(draft.folder, DATE, tmp_path / "none")
    assert (publication.version, publication.kind) == ("2026.1", "first")


def test_what_is_published_is_the_draft_but_for_version_date_and_log(
    draft: Draft, editions: Path
) -> None:
    draft.change("observations", 2, value="91")
    publication = publish(draft.folder, DATE, editions)
    drafted, published = content(draft.folder), content(publication.folder)
    assert {name for name in published if not name.startswith("files/")} == {
        *drafted,
        *("SHA256SUMS", "scores.csv", "groups.csv"),
    }
    assert [name for name in drafted if drafted[name] != published[name]] == [
        name for name in drafted if name in ("changes.yml", "datapackage.json")
    ]
    package = json.loads(published["datapackage.json"])
    assert (package["version"], package["created"]) == (PATCH, f"{DATE}T00:00:00Z")
    assert package["scoringMethod"] == METHOD


def test_every_fault_is_listed_and_nothing_is_published(draft: Draft, editions: Path) -> None:
    draft.change("observations", 2, value="many")
    draft.change("targets", 3, source_id="NOBODY")
    draft.say(CHANGE | {"kind": "guessed"})
    faults = problems(draft, editions, date="tomorrow")
    assert len(faults) == 4
    for part in ("“many” is not a number", "NOBODY", "“guessed”", "tomorrow is not a date"):
        assert any(part in fault for fault in faults), part


def test_a_silent_correction_is_refused(draft: Draft, editions: Path) -> None:
    draft.change("observations", 2, value="91")
    draft.change("targets", 2, target="99")
    (fault,) = problems(draft, editions)
    assert fault.startswith("targets.csv: changes.yml does not speak of 1 changed and 0 removed")
    draft.say(CHANGE | {"kind": "added", "table": "targets"})
    assert len(problems(draft, editions)) == 2


def test_a_published_name_keeps_naming_its_value(draft: Draft, editions: Path) -> None:
    named = draft.find("observations", city="moscow", rate="yes")
    other = draft.find("observations", city="rana")
    name, gone = (draft.cell("observations", row, "value_id") for row in (named, other))
    draft.change("observations", named, period="1999")
    draft.change("observations", other, value_id=f"{gone}-renamed")
    faults = problems(draft, editions)
    assert any(f"“{name}” named a value of another period" in fault for fault in faults)
    assert any(f"the published value “{gone}” is not there" in fault for fault in faults)
    cells = {"column_name": "period", "old_value": "2018", "new_value": "1999"}
    like = draft.find("corrections", table_name="observations", column_name="period")
    draft.append("corrections", like=like, value_id=name, **cells)
    draft.change("observations", other, value_id=gone)
    assert publish(draft.folder, DATE, editions).kind == "minor"


def test_a_draft_that_changes_nothing_is_refused(draft: Draft, editions: Path) -> None:
    (fault,) = problems(draft, editions)
    assert f"nothing differs from edition {BEFORE.version}" in fault


def test_the_log_of_the_edition_before_is_not_taken_for_a_new_one(
    draft: Draft, editions: Path
) -> None:
    draft.append("observations", like=2, period="2024", value="95")
    shutil.copy(editions / BEFORE.version / "changes.yml", draft.folder)
    (fault,) = problems(draft, editions)
    assert f"the changes are those of edition {BEFORE.version}" in fault


def test_an_edition_is_never_older_than_the_one_before(draft: Draft, editions: Path) -> None:
    draft.change("observations", 2, value="91")
    (fault,) = problems(draft, editions, date="2026-11-21")
    assert f"2026-11-21 is before the date of edition {BEFORE.version}" in fault


def test_a_broken_edition_in_force_is_named(draft: Draft, editions: Path) -> None:
    draft.change("observations", 2, value="91")
    EditionCopy(editions / BEFORE.version).change("targets", 2, target="much")
    (fault,) = problems(draft, editions)
    assert fault.startswith(f"{BEFORE.version}/targets.csv: the file is not as it was published")


def test_folders_that_are_none_cannot_be_published(draft: Draft, editions: Path) -> None:
    with pytest.raises(UnreadableEdition, match="nowhere"):
        publish(draft.folder.with_name("nowhere"), DATE, editions)
    with pytest.raises(UnreadableEdition, match="nowhere"):
        publish(draft.folder, DATE, editions.with_name("nowhere"))


KILLED = """
import os, signal, sys
from pathlib import Path
calls = []
def deadly(real):
    def counted(*arguments, **options):
        calls.append(real)
        if len(calls) == {step}:
            os.kill(os.getpid(), signal.SIGKILL)
        return real(*arguments, **options)
    return counted
os.fsync, os.rename, os.mkdir = deadly(os.fsync), deadly(os.rename), deadly(os.mkdir)
from data.publishing import publish
publish(Path(sys.argv[1]), "2026-12-01", Path(sys.argv[2]))
print(len(calls))
"""


def run(draft: Draft, editions: Path, step: int) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", KILLED.format(step=step), str(draft.folder), str(editions)],
        capture_output=True,
        text=True,
        check=False,
        cwd=PACKAGE.parent,
    )


@pytest.mark.long
def test_a_kill_at_any_step_leaves_the_old_edition_in_force_or_the_new_one_whole(
    draft: Draft, editions: Path
) -> None:
    draft.change("observations", 2, value="91")
    old = content(editions / BEFORE.version)
    whole = run(draft, editions, 0)
    assert whole.returncode == 0, whole.stderr
    files = sum(path.is_file() for path in (editions / PATCH).rglob("*"))
    shutil.rmtree(editions / PATCH)
    last = int(whole.stdout)
    assert last > files, "each file, the folders and the renaming were steps to die at"
    # All kinds of steps: tables, the first text files, one of the many others, sums, renaming.
    for step in (*range(1, 15), last // 2, *range(last - 5, last + 1)):
        ended = run(draft, editions, step)
        assert ended.returncode == -signal.SIGKILL, ended.stderr
        assert content(editions / BEFORE.version) == old
        loaded = load_editions(editions)
        assert [edition.version for edition in loaded] in (
            [BEFORE.version],
            [BEFORE.version, PATCH],
        )
        if len(loaded) == 2:  # Killed after the renaming: published, and not to be made again.
            assert str(loaded[1].observations[0].value) == "91"
            shutil.rmtree(editions / PATCH)
    assert run(draft, editions, 0).returncode == 0
    assert names(editions) == [BEFORE.version, PATCH]


def test_corrected_words_of_a_row_without_a_number_make_a_patch(
    draft: Draft, editions: Path
) -> None:
    rows = [
        number
        for number, row in enumerate(draft.records("observations"), start=2)
        if not row["value"] and row["value_text"]
    ][:2]
    for number in rows:
        draft.change("observations", number, value_text=f"Corrected words {number}")
    publication = publish(draft.folder, DATE, editions)
    assert (publication.version, publication.kind) == (PATCH, "patch")
    assert load_editions(editions)[-1].change_log.rows == {
        "observations": {"added": 0, "changed": 2, "removed": 0}
    }
