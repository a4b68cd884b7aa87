"""The question bank as it stands, and every fault that an editor could plant in it."""

from __future__ import annotations

import copy
import re
from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from data.models import LANGUAGES, Edition, Words
from quiz.answer_cues import answer_cues
from quiz.bank import Bank, read_bank
from quiz.bank_file import QUESTIONS, checked_entries
from quiz.faults import BrokenBank
from quiz.fingerprints import NO_FINGERPRINT, add_fingerprints, read_fingerprints
from quiz.marking import TOO_FAST_SECONDS
from tests.quiz.builders import make_options, make_question

Entry = dict[str, Any]
ENTRIES: list[Entry] = yaml.load(QUESTIONS.read_bytes(), yaml.CSafeLoader)
CHOICE, TREND, ESTIMATE, DRAW = (
    next(number for number, entry in enumerate(ENTRIES) if entry.get("kind") == kind)
    for kind in ("choice", "trend", "estimate", "draw")
)
FIRST_DAY, LAST_DAY = date(2026, 12, 1), date(2027, 2, 3)
RETIRED = next(number for number, entry in enumerate(ENTRIES) if "source" in entry)


def write(folder: Path, entries: Any) -> Path:
    file = folder / "questions.yml"
    text = yaml.dump(entries, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False)
    file.write_text(text, "utf-8")
    return file


def faults_of(folder: Path, edition: Edition, entries: Any) -> list[str]:
    return [str(fault) for fault in checked_entries(edition, write(folder, entries))[1]]


def test_the_bank_has_at_least_45_questions_about_everything(bank: Bank) -> None:
    assert len(bank.questions_for("moscow")) >= 45
    for field, number in (("kind", 4), ("group", 3), ("topic", 10), ("difficulty", 3)):
        assert len({getattr(question, field) for question in bank.current}) == number


def test_sources_come_from_the_edition_or_stand_in_the_question(
    bank: Bank, edition: Edition
) -> None:
    for question in bank.questions:
        for source in question.sources:
            if source.page_name:
                continue
            assert source.url.startswith(("https://", "http://"))
            assert source.title
            if source.source_id:
                assert source.title == edition.sources[source.source_id].title


def test_a_drawing_has_a_choice_with_an_id_of_its_own(bank: Bank) -> None:
    for question in bank.current:
        assert (question.fallback is not None) == (question.kind == "draw")
        if question.fallback:
            assert bank.find(f"{question.id}-choice", question.version) is question.fallback
            assert question.fallback.kind == "choice"
            assert question.fallback not in bank.current


def test_questions_about_another_city_are_left_out(bank: Bank) -> None:
    elsewhere = bank.questions_for("asker")
    assert {question.city for question in elsewhere} == {None}
    about_moscow = [question for question in bank.current if question.city == "moscow"]
    assert about_moscow
    assert len(elsewhere) == len(bank.current) - len(about_moscow)


def test_only_the_newest_version_is_drawn_and_the_earlier_ones_stay() -> None:
    old, new = make_question("one", version=1), make_question("one", version=2)
    gone = make_question("two", retired=True)
    bank = Bank((new, old, gone, make_question("three")))
    assert [question.key for question in bank.current] == [("one", 2), ("three", 1)]
    assert bank.find("one", 1) is old
    assert bank.find("two", 1) is gone
    assert bank.find("one", 3) is None


def test_a_question_whose_newest_version_is_retired_is_not_drawn() -> None:
    bank = Bank((make_question("one"), make_question("one", version=2, retired=True)))
    assert bank.current == ()


def test_questions_are_found_by_indicator(bank: Bank) -> None:
    question = next(
        candidate
        for candidate in bank.current
        if candidate.indicator and candidate.city == "moscow"
    )
    assert question.indicator
    assert question in bank.of_indicator(question.indicator, "moscow")
    assert question not in bank.of_indicator(question.indicator, "asker")
    assert bank.of_indicator("EC: NO: NE: 1C", "moscow") == ()


def test_the_longest_option_is_not_mostly_the_right_one(bank: Bank) -> None:
    for cues in answer_cues(bank.current):
        assert cues.questions == sum(
            question.kind == "choice" or question.fallback is not None for question in bank.current
        )
        assert not cues.by_length
        assert max(cues.positions.values()) <= 2 * min(cues.positions.values())


def test_answer_cues_are_counted() -> None:
    words = {"a": "aaaa", "b": "bb", "c": "c"}
    options = tuple(
        type(option)(option.id, Words(words[option.id], "вариант" + option.id))
        for option in make_options("abc")
    )
    questions = [make_question(f"q-{right}", options=options, answer=right) for right in "aac"]
    russian, english = answer_cues(questions)
    assert (english.language, english.positions) == ("en", {"a": 2, "c": 1})
    assert (english.longest, english.shortest, english.by_chance) == (2, 1, 1)
    assert english.by_length
    assert (russian.longest, russian.shortest) == (0, 0), "all are as long"


def test_no_question_can_be_read_in_the_time_that_is_too_fast(bank: Bank) -> None:
    for question in bank.questions:
        for language in LANGUAGES:
            texts = [question.text, *(option.text for option in question.options)]
            words = sum(len(re.findall(r"[\w{}.,]+", text[language])) for text in texts)
            assert words > 8 * TOO_FAST_SECONDS, "twice the pace of adults (quiz.marking)"


PLANTED: list[tuple[str, int, Callable[[Entry], object]]] = [
    ("id", CHOICE, lambda q: q.update(id="Not An Id")),
    ("id", CHOICE, lambda q: q.update(id=7)),
    ("version", CHOICE, lambda q: q.update(version=0)),
    ("version", CHOICE, lambda q: q.update(version=True)),
    ("version", CHOICE, lambda q: q.update(version="1")),
    ("retired", CHOICE, lambda q: q.update(retired="yes")),
    ("kind", CHOICE, lambda q: q.update(kind="riddle")),
    ("group", CHOICE, lambda q: q.update(group="sport")),
    ("topic", CHOICE, lambda q: q.update(topic=None)),
    ("dimension", RETIRED, lambda q: q.update(dimension="sport")),
    ("difficulty", CHOICE, lambda q: q.update(difficulty="mean")),
    ("city", CHOICE, lambda q: q.update(city="atlantis")),
    ("indicator", CHOICE, lambda q: q.update(indicator="EC: NO: NE: 1C")),
    ("indicator", CHOICE, lambda q: q.update(indicator=["EC"])),
    ("text", CHOICE, lambda q: q["text"].pop("ru")),
    ("text", CHOICE, lambda q: q["text"].update(de="Wie?")),
    ("text", CHOICE, lambda q: q["text"].update(en=" ")),
    ("text", CHOICE, lambda q: q["text"].update(ru="С пробелом ")),
    ("text", CHOICE, lambda q: q.update(text="Which?")),
    ("explanation", CHOICE, lambda q: q.update(explanation={"en": "So.", "ru": None})),
    ("aha", CHOICE, lambda q: q.update(aha=None)),
    ("options", CHOICE, lambda q: q.update(options=q["options"][:2])),
    ("options", CHOICE, lambda q: q.update(options=None)),
    ("options", CHOICE, lambda q: q.update(options=["a", "b", "c"])),
    ("options", CHOICE, lambda q: q["options"][0].update(right=True)),
    ("options", CHOICE, lambda q: q["options"][0].update(id="first")),
    ("options.b", CHOICE, lambda q: q["options"][1]["text"].update(en="")),
    ("options", CHOICE, lambda q: q["options"][0].update(text=dict(q["options"][1]["text"]))),
    ("answer", CHOICE, lambda q: q.update(answer="e")),
    ("answer", CHOICE, lambda q: q.update(answer=["a"])),
    ("source", RETIRED, lambda q: q.update(source={"id": "NOBODY"})),
    ("source", RETIRED, lambda q: q.update(source={"id": ["NOBODY"]})),
    ("source", RETIRED, lambda q: q.update(source={"title": "A book"})),
    ("source", RETIRED, lambda q: q.update(source={"title": "", "url": "https://example.org"})),
    ("source", RETIRED, lambda q: q.update(source={"title": "A book", "url": "example.org"})),
    ("source", RETIRED, lambda q: q.update(source=None)),
    ("source.page", RETIRED, lambda q: q["source"].update(page="p. 9")),
    ("source", CHOICE, lambda q: q["sources"].append("NOBODY")),
    ("sources", CHOICE, lambda q: q.update(sources=[])),
    ("pages", CHOICE, lambda q: q.update(pages={"NOBODY": {"en": "p. 9", "ru": "с. 9"}})),
    ("facts.pm25", CHOICE, lambda q: q["facts"]["pm25"]["obs"].update(period="1066")),
    ("facts.pm25", CHOICE, lambda q: q["facts"]["pm25"].update({"is": "9.9"})),
    ("facts.pm25", CHOICE, lambda q: q["sources"].remove("MOSECOM-PS-2026")),
    ("facts.eu", CHOICE, lambda q: q["facts"]["eu"].update(has="for 2050")),
    ("facts.ratio", CHOICE, lambda q: q["facts"]["ratio"].update(between=["3", "4"])),
    ("facts.ratio", CHOICE, lambda q: q["facts"]["ratio"].update(calc="pm25 ** who")),
    ("facts.ratio", CHOICE, lambda q: q["facts"].update(ratio={"calc": "pm25 / who"})),
    ("explanation", CHOICE, lambda q: q["explanation"].update(en="It was 8.7 µg/m³.")),
    ("text", CHOICE, lambda q: q["text"].update(ru="Сколько это: 77 или 78?")),
    ("trend", TREND, lambda q: q["trend"].update({"from": "nothing"})),
    ("trend", TREND, lambda q: q["trend"].update(same_within={"percent": 61})),
    ("trend", TREND, lambda q: q.update(trend=None)),
    ("answer", TREND, lambda q: q.update(answer="fell")),
    ("options", TREND, lambda q: q["options"].reverse()),
    ("options.rose", TREND, lambda q: q["options"][0].update(text={"en": "Up", "ru": "Вверх"})),
    ("estimate", ESTIMATE, lambda q: q["estimate"].update(value="nothing")),
    ("estimate", ESTIMATE, lambda q: q["estimate"].update(max=100)),
    ("estimate", ESTIMATE, lambda q: q["estimate"].update(close=1)),
    ("estimate", ESTIMATE, lambda q: q["estimate"].update(step=0.01)),
    ("estimate", ESTIMATE, lambda q: q["estimate"].pop("step")),
    ("estimate.unit", ESTIMATE, lambda q: q["estimate"].update(unit="km")),
    ("draw", DRAW, lambda q: q["draw"]["hidden"].append({"period": "1066"})),
    ("draw", DRAW, lambda q: q["draw"]["given"].reverse()),
    ("draw", DRAW, lambda q: q["draw"].update(max=300, close=80)),
    ("draw", DRAW, lambda q: q["draw"].update(exact=80)),
    ("draw", DRAW, lambda q: q["draw"].pop("series")),
    ("fallback.text", DRAW, lambda q: q["fallback"]["text"].pop("ru")),
    ("fallback.options", DRAW, lambda q: q["fallback"].update(options=[])),
]


@pytest.mark.parametrize(
    ("field", "number", "plant"),
    PLANTED,
    ids=[f"{place}-{field}" for place, (field, _, _) in enumerate(PLANTED)],
)
def test_a_planted_fault_is_found_with_its_place(
    tmp_path: Path,
    edition: Edition,
    field: str,
    number: int,
    plant: Callable[[Entry], object],
) -> None:
    entry = copy.deepcopy(ENTRIES[number])
    plant(entry)
    faults = faults_of(tmp_path, edition, [entry])
    assert faults
    assert all(fault.startswith("questions.yml, row ") for fault in faults)
    assert any(f".{field}: " in fault for fault in faults), faults


@pytest.mark.parametrize("field", sorted({*ENTRIES[CHOICE]} - {"misconception", "kind"}))
def test_a_missing_field_is_found(tmp_path: Path, edition: Edition, field: str) -> None:
    entry = copy.deepcopy(ENTRIES[CHOICE])
    del entry[field]
    (fault,) = faults_of(tmp_path, edition, [entry])
    assert f".{field}: is missing" in fault


@pytest.mark.parametrize("kind", [CHOICE, TREND, ESTIMATE, DRAW, RETIRED])
def test_content_of_a_wrong_kind_never_stops_the_check(
    tmp_path: Path, edition: Edition, kind: int
) -> None:
    contents: list[object] = [None, 1, -1.5, "", "x", [], [1], {}, {"en": 1}, True]
    for field in ENTRIES[kind]:
        entries = []
        for number, content in enumerate(contents):
            entry = copy.deepcopy(ENTRIES[kind])
            entries.append({**entry, "id": f"{entry['id']}-{number}", field: content})
        lines = {fault.row for fault in checked_entries(edition, write(tmp_path, entries))[1]}
        # What is right by chance, or free.
        allowed = {"version": 1, "id": 1, "city": 1, "indicator": 1, "terms": 4, "retired": 1}
        allowed["misconception"] = len(contents)
        assert len(lines) >= len(contents) - allowed.get(field, 0), field


def test_an_unknown_field_and_a_repeated_question_are_found(
    tmp_path: Path, edition: Edition
) -> None:
    entries = [*copy.deepcopy(ENTRIES), copy.deepcopy(ENTRIES[0])]
    entries[3]["dificulty"] = "easy"
    faults = faults_of(tmp_path, edition, entries)
    assert len(faults) == 2
    assert "dificulty: is no field of such a question" in faults[0]
    assert "stands in row 1 already" in faults[1]


def test_all_faults_are_told_at_once(tmp_path: Path, edition: Edition) -> None:
    entries = copy.deepcopy(ENTRIES)
    entries[0]["answer"] = "z"
    entries[1]["topic"] = "sport"
    entries[2]["text"]["ru"] = ""
    with pytest.raises(BrokenBank) as broken:
        read_bank(edition, write(tmp_path, entries))
    assert len(broken.value.faults) == len(str(broken.value).splitlines()) == 3


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("- id: [", "cannot be read"),
        ("a: b", "holds no list"),
        ("", "holds no list"),
        ("- just words", "is no question"),
        ("- id: a\n  id: b", "the key id occurs twice"),
        ("- id: !!python/name:os.system", "cannot be read"),
        ("\x00", "cannot be read"),
    ],
)
def test_a_file_of_another_kind_is_a_fault(
    tmp_path: Path, edition: Edition, content: str, problem: str
) -> None:
    file = tmp_path / "questions.yml"
    file.write_text(content, "utf-8")
    faults = [str(fault) for fault in checked_entries(edition, file)[1]]
    assert any(problem in fault for fault in faults)


def test_a_file_that_is_not_there_is_a_fault(tmp_path: Path, edition: Edition) -> None:
    (fault,) = checked_entries(edition, tmp_path / "nothing.yml")[1]
    assert "cannot be read" in str(fault)


def test_the_faults_of_a_row_name_the_line_it_begins_on(edition: Edition, tmp_path: Path) -> None:
    text = QUESTIONS.read_text("utf-8").replace("answer: c", "answer: x", 1)
    line = text.splitlines().index("- id: air-against-who") + 1
    file = tmp_path / "questions.yml"
    file.write_text(text, "utf-8")
    (fault,) = checked_entries(edition, file)[1]
    assert fault.row == line


def test_every_question_is_there_once_in_its_version(bank: Bank) -> None:
    assert max(Counter(question.key for question in bank.questions).values()) == 1


def test_a_published_version_cannot_be_changed_in_place(tmp_path: Path, edition: Edition) -> None:
    entries = copy.deepcopy(ENTRIES[:4])
    file = write(tmp_path, entries)
    assert add_fingerprints(file, entries[:3], FIRST_DAY) == 3
    (new,) = checked_entries(edition, file)[1]
    assert (new.problem, new.column) == (NO_FINGERPRINT, entries[3]["id"])
    assert add_fingerprints(file, entries, FIRST_DAY) == 1
    assert checked_entries(edition, file)[1] == []
    entries[0]["explanation"]["en"] = "9.8 µg/m³ in 2025, 10 and 2030."
    entries[0]["explanation"]["ru"] = "9,8 мкг/м³ в 2025 году, 10 и 2030."
    entries[1]["text"]["en"] += " Please."
    gone = entries.pop(2)
    faults = checked_entries(edition, write(tmp_path, entries))[1]
    assert [(fault.column, fault.problem) for fault in faults] == [
        (entries[1]["id"], "is not what was published as version 1"),
        (gone["id"], "version 1 is gone"),
    ]
    entries[1]["version"] = 2
    entries[0]["retired"] = True
    assert add_fingerprints(file, entries, LAST_DAY) == 1, "the old ones stay"
    kept = read_fingerprints(file)
    assert {
        key: (publication.first_day, publication.last_day) for key, publication in kept.items()
    } == {
        (entries[0]["id"], 1): ("2026-12-01", "2027-02-03"),
        (entries[1]["id"], 1): ("2026-12-01", "2027-02-03"),
        (entries[1]["id"], 2): ("2027-02-03", ""),
        (gone["id"], 1): ("2026-12-01", "2027-02-03"),
        (entries[2]["id"], 1): ("2026-12-01", ""),
    }


def test_every_question_has_its_fingerprint(bank: Bank) -> None:
    kept = read_fingerprints(QUESTIONS)
    assert set(kept) == {(entry["id"], entry["version"]) for entry in ENTRIES}
    current = {question.key for question in bank.current}
    for key, publication in kept.items():
        assert bool(publication.last_day) == (key not in current), key
        assert publication.first_day or key not in current, key
