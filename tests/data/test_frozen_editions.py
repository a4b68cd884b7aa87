"""A published edition stays as it is, whatever becomes of the code, the rules and the host."""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Iterable
from dataclasses import replace
from itertools import groupby
from pathlib import Path

import pytest

from data import editions
from data.__main__ import main
from data.builds import build_files
from data.checksums import SUMS_FILE, read_sums, sums_of
from data.editions import TEXTS, BrokenEdition, edition_folders, load_edition
from data.exports.tables import export_of
from data.faults import Fault
from data.fulfilment import fulfilment_of, years_with_data
from data.groups import group_score
from data.manifests import Manifest
from data.models import Edition
from data.scores import IndicatorScore
from data.scoring import METHOD
from tests.data.conftest import BASE_URL, CITY, SITE, EditionCopy, change_the_rule, copy_as_draft


@pytest.fixture
def frozen(folder: Path, tmp_path: Path) -> Path:
    """A copy of the edition in force, as it was published."""
    return Path(shutil.copytree(folder, tmp_path / folder.name))


@pytest.mark.parametrize("folder", edition_folders(), ids=lambda folder: folder.name)
def test_every_committed_edition_is_as_it_was_published(folder: Path) -> None:
    assert read_sums(folder) == sums_of(folder)
    texts = folder / TEXTS / CITY
    assert read_sums(texts) == sums_of(texts)


def test_the_committed_checksums_cover_every_text_file_that_is_built(
    built: Manifest, folder: Path, edition: Edition
) -> None:
    committed = read_sums(folder / TEXTS / CITY)
    start = f"data/{edition.version}/"
    checksums = {
        path.removeprefix(start): file.sha256
        for path, file in built.files.items()
        if path.startswith(start) and not path.endswith((".xlsx", ".parquet", ".zip", SUMS_FILE))
    }
    assert checksums == committed
    assert sum(name.startswith("kpi/") for name in committed) == 2 * len(edition.indicators)


def test_another_rule_changes_no_byte_of_what_was_published(
    small: Path, small_built: Manifest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    edition = load_edition(small)
    change_the_rule(monkeypatch)
    computed = export_of(replace(edition, files={}, scores={}), CITY, "fulfilment")
    assert computed.rows != export_of(edition, CITY, "fulfilment").rows
    rebuilt = build_files(edition, CITY, tmp_path, base_url=BASE_URL, site_title=SITE)
    assert rebuilt.files == small_built.files


def scored(edition: Edition) -> dict[tuple[str, int], object]:
    """What every city came to as of every year, and every group in it."""
    scores: dict[tuple[str, int], object] = {}
    for city in edition.cities:
        years = sorted({*years_with_data(edition, city), edition.year})
        for as_of in range(min(years) - 2, max(years) + 3):
            whole = fulfilment_of(edition, city, as_of)
            together: list[Iterable[IndicatorScore]] = [whole.indicators]
            together += [whole.of_dimension(dimension) for dimension in whole.dimensions()]
            together += [category.indicators for category in whole.categories()]
            by_name = groupby(whole.categories(), key=lambda category: category.sub_dimension)
            together += [
                [score for part in parts for score in part.indicators] for _, parts in by_name
            ]
            scores[city, as_of] = whole, [group_score(members) for members in together]
    return scores


def test_stored_scores_are_those_that_the_rule_of_their_day_gave(edition: Edition) -> None:
    assert edition.scores
    # Later rules give others, and count METHOD up.
    assert edition.method < METHOD or scored(edition) == scored(replace(edition, scores={}))


def test_another_rule_changes_no_score_of_a_published_edition(
    edition: Edition, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = scored(edition)
    change_the_rule(monkeypatch)
    assert scored(replace(edition, scores={})) != before
    assert scored(edition) == before


def test_another_address_builds_only_the_catalogue(
    built: Manifest, edition: Edition, tmp_path: Path
) -> None:
    shutil.copytree(built.public.parent, tmp_path / built.key)
    before = {path: path.stat().st_mtime_ns for path in (tmp_path / built.key).rglob("*")}
    rebuilt = build_files(edition, CITY, tmp_path, base_url="https://other.org", site_title=SITE)
    assert {path: path.stat().st_mtime_ns for path in before} == before
    assert rebuilt.key == built.key
    different = {path for path, file in rebuilt.files.items() if file != built.files[path]}
    assert different == {"catalog.ttl", "catalog.jsonld"}


def test_no_file_of_an_edition_names_the_host(published: Path) -> None:
    host = BASE_URL.partition("//")[2].encode()
    for path in published.rglob("*"):
        if path.suffix in (".xlsx", ".zip"):
            with zipfile.ZipFile(path) as archive:
                contents = [archive.read(name) for name in archive.namelist()]
        else:
            contents = [path.read_bytes()] if path.is_file() else []
        assert not any(host in content for content in contents), path


@pytest.mark.parametrize("name", ["observations.csv", "changes.yml", f"{TEXTS}/{CITY}/gaps.json"])
def test_a_changed_byte_is_refused_with_file_and_remedy(
    frozen: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert load_edition(frozen).files
    content = bytearray((frozen / name).read_bytes())
    content[len(content) // 2] ^= 1
    (frozen / name).write_bytes(content)
    with pytest.raises(BrokenEdition) as broken:
        load_edition(frozen)
    (fault,) = broken.value.faults
    assert fault.file == name
    assert "not as it was published" in fault.problem
    assert "git checkout" in fault.remedy
    assert main(["check", str(frozen)]) == 1
    assert name in capsys.readouterr().out


def test_a_missing_file_and_a_broken_list_are_refused(frozen: Path) -> None:
    (frozen / "targets.csv").unlink()
    with pytest.raises(BrokenEdition, match=r"targets\.csv: the file is missing"):
        load_edition(frozen)
    (frozen / SUMS_FILE).write_text("nothing of the kind\n")
    with pytest.raises(BrokenEdition, match="not a list of checksums"):
        load_edition(frozen)


def test_a_new_rule_binds_drafts_and_no_published_edition(
    frozen: Path, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rule = Fault("observations.csv", 2, "value", "this is no longer allowed", "take it out")
    monkeypatch.setattr(editions, "check_rules", lambda *_: [rule])
    assert load_edition(frozen).version == folder.name
    draft = EditionCopy(copy_as_draft(folder, tmp_path / "draft"))
    assert draft.faults() == [rule]


def test_an_edition_of_an_earlier_release_is_frozen_once(
    small: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    old = copy_as_draft(small, tmp_path / small.name)
    assert main(["freeze", str(old)]) == 0
    # The names only: later exporters and rules may write other bytes than these.
    assert set(sums_of(old)) == set(sums_of(small)) == set(read_sums(old))
    assert main(["freeze", str(old)]) == 1
    assert "frozen already" in capsys.readouterr().out
    assert main(["freeze", str(copy_as_draft(small, tmp_path / "draft"))]) == 2
