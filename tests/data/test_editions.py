"""The edition in force loads as a whole, quickly, or not at all."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import FrozenInstanceError
from decimal import Decimal
from pathlib import Path

import pytest

from data.editions import (
    EDITIONS,
    BrokenEdition,
    UnreadableEdition,
    edition_folders,
    load_edition,
    newest_folder,
)
from data.models import Edition
from data.tables import FIRST_SCHEMA, TABLES
from tests.data.conftest import EditionCopy


def test_the_edition_holds_every_row_of_every_file(edition: Edition, whole: EditionCopy) -> None:
    assert len(edition.indicators) == len(whole.records("indicators"))
    assert len(edition.observations) == len(whole.records("observations"))
    assert len(edition.targets) == len(whole.records("targets"))
    assert len(edition.sources) == len(whole.records("sources"))
    assert len(edition.cities) == len(whole.records("cities"))
    assert len(edition.populations) == len(whole.records("population"))
    points = sum(len(indicator.data_points) for indicator in edition.indicators)
    assert points == len(whole.records("data_points"))


def test_the_edition_has_91_indicators_in_3_dimensions(edition: Edition) -> None:
    dimensions = [indicator.dimension for indicator in edition.indicators]
    counts = {name: dimensions.count(name) for name in dict.fromkeys(dimensions)}
    assert counts == {"economy": 45, "environment": 17, "society_culture": 29}
    levels = [indicator.level for indicator in edition.indicators]
    assert (levels.count("core"), levels.count("advanced")) == (54, 37)


def test_an_edition_says_its_version_and_date() -> None:
    edition = load_edition(edition_folders()[0])
    assert (edition.version, edition.date) == ("2026.1", "2026-11-22")


def test_values_keep_the_digits_of_the_source(edition: Edition, whole: EditionCopy) -> None:
    cells = [row["value"] for row in whole.records("observations")]
    values = ["" if row.value is None else str(row.value) for row in edition.observations]
    assert values == cells
    assert "0.0" in values
    assert all(isinstance(target.value, Decimal) for target in edition.targets)


def test_a_period_of_months_belongs_to_its_first_year(edition: Edition) -> None:
    years = {row.period: row.year for row in edition.observations}
    assert years["2017-01/2017-06"] == 2017
    assert years[""] is None


def test_data_points_stand_in_the_order_of_the_standard(edition: Edition) -> None:
    air = next(indicator for indicator in edition.indicators if indicator.slug == "en-en-aq-1c")
    assert [point.label for point in air.data_points] == ["PM2.5", "PM10", "NO2", "SO2", "O3"]


def test_lists_in_cells_are_split(edition: Edition) -> None:
    first = edition.indicators[1]
    assert first.sdg_targets == ("17.6.2", "17.8.1")
    assert "ШПД" in first.synonyms["ru"]
    labels = {target.applies_to for target in edition.targets}
    assert ("",) in labels
    assert ("4G", "") in labels


def test_an_edition_finds_what_a_city_published(edition: Edition) -> None:
    for city in edition.cities:
        theirs = tuple(row for row in edition.observations if row.city == city)
        assert edition.of_city(city) == theirs
        for indicator in edition.indicators:
            code = indicator.code
            assert edition.of_city(city, code) == tuple(row for row in theirs if row.code == code)
            assert set(edition.of_city(city, code)) <= set(edition.by_indicator.get(code, ()))
    assert edition.of_city("atlantis") == ()


def test_an_edition_cannot_be_changed(edition: Edition) -> None:
    with pytest.raises(FrozenInstanceError):
        edition.version = "2027.1"


def test_the_digest_follows_the_tables(edition: Edition, whole: EditionCopy) -> None:
    assert load_edition(whole.folder).digest == edition.digest
    assert len(edition.digest) == 64
    whole.change("observations", 2, value="91")
    assert load_edition(whole.folder).digest != edition.digest


def test_the_newest_edition_is_in_force_by_number_not_by_letters(tmp_path: Path) -> None:
    for name in ("2026.10", "2026.9", "2025.11", "draft", "__pycache__"):
        (tmp_path / name).mkdir()
    assert [folder.name for folder in edition_folders(tmp_path)] == ["2025.11", "2026.9", "2026.10"]
    assert newest_folder(tmp_path).name == "2026.10"


def test_each_published_edition_loads_and_is_named_after_its_folder() -> None:
    assert edition_folders(EDITIONS)
    for folder in edition_folders(EDITIONS):
        assert load_edition(folder).version == folder.name


def test_without_any_edition_there_is_nothing_to_read(tmp_path: Path) -> None:
    with pytest.raises(UnreadableEdition, match="no edition"):
        newest_folder(tmp_path)


def test_a_folder_that_does_not_exist_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(UnreadableEdition, match="nowhere"):
        load_edition(tmp_path / "nowhere")


def test_every_fault_is_reported_at_once_and_nothing_is_loaded(copy: EditionCopy) -> None:
    copy.change("observations", 2, code="EC: X: Y: 9Z")
    copy.change("observations", 3, source_id="NOBODY")
    copy.change("targets", 2, target="much")
    copy.change("indicators", 4, name_ru="")
    copy.change("cities", 2, name_en="=1+1")
    copy.path("population").unlink()
    with pytest.raises(BrokenEdition) as broken:
        load_edition(copy.folder)
    places = {(fault.file, fault.row, fault.column) for fault in broken.value.faults}
    assert places == {
        ("observations.csv", 2, "code"),
        ("observations.csv", 2, "value_id"),  # It begins with the code.
        ("observations.csv", 3, "source_id"),
        ("targets.csv", 2, "target"),
        ("indicators.csv", 4, "name_ru"),
        ("cities.csv", 2, "name_en"),
        ("population.csv", None, ""),
    }
    lines = str(broken.value).splitlines()
    assert len(lines) == len(broken.value.faults)
    assert (
        "observations.csv, row 2, column code: indicators.csv has no “EC: X: Y: 9Z”; "
        "correct it, or add a row with this code to indicators.csv"
    ) in lines


def test_a_folder_without_any_file_lists_every_missing_file(tmp_path: Path) -> None:
    with pytest.raises(BrokenEdition) as broken:
        load_edition(tmp_path)
    missing = {fault.file for fault in broken.value.faults if "missing" in fault.problem}
    tables = {table.file for table in TABLES.values() if table.since == FIRST_SCHEMA}
    assert missing == tables | {"datapackage.json", "changes.yml"}
    assert len(missing) == len(broken.value.faults)


def test_neither_the_edition_nor_its_exports_load_pandas_before_a_table_is_made() -> None:
    program = (
        "import sys; from data.editions import load_edition; import data.exports; load_edition();"
        "print(sorted({'pandas', 'numpy', 'frictionless'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        check=True,
        cwd=EDITIONS.parents[1],
    )
    assert done.stdout.strip() == "[]"


def test_official_statistics_name_their_office(edition: Edition) -> None:
    statistics = [
        source for source in edition.sources.values() if source.source_class == "statistics"
    ]
    assert statistics
    assert not [
        source.id
        for source in statistics
        if not source.publisher["en"].startswith(("Rosstat", "Eurostat"))
    ]


def test_whoever_quotes_a_study_is_research_and_not_press(edition: Edition) -> None:
    studies = ("TomTom", "PwC", "BCG", "Avtostat", "Arup")
    quoting = [
        source
        for source in edition.sources.values()
        if any(study in source.publisher["en"] for study in studies)
    ]
    assert len(quoting) > 5
    assert {source.source_class for source in quoting} == {"research"}
