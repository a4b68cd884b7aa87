"""The question bank as it stands, and every fault that an editor could plant in it."""

from __future__ import annotations

import copy
import re
from collections import Counter
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from data.models import LANGUAGES, Edition, Words
from quiz.bank import QUESTIONS, Bank, checked_entries, read_bank
from quiz.faults import BrokenBank
from quiz.marking import TOO_FAST_SECONDS
from quiz.models import PLACEHOLDER
from quiz.report import answer_cues
from tests.quiz.builders import make_options, make_question

Entry = dict[str, Any]
ENTRIES: list[Entry] = yaml.safe_load(QUESTIONS.read_text("utf-8"))
WITH_VALUE = next(number for number, entry in enumerate(ENTRIES) if "value" in entry)
PLAIN = next(number for number, entry in enumerate(ENTRIES) if "value" not in entry)


def write(folder: Path, entries: Any) -> Path:
    file = folder / "questions.yml"
    file.write_text(yaml.safe_dump(entries, allow_unicode=True), "utf-8")
    return file


def faults_of(folder: Path, edition: Edition, entries: Any) -> list[str]:
    return [str(fault) for fault in checked_entries(edition, write(folder, entries))[1]]


def test_the_bank_has_at_least_45_questions_about_everything(bank: Bank) -> None:
    assert len(bank.questions_for("moscow")) >= 45
    for field, least in (("dimension", 4), ("theme", 4), ("difficulty", 3)):
        assert len({getattr(question, field) for question in bank.current}) == least


def test_values_come_from_the_edition(bank: Bank, edition: Edition) -> None:
    for question, entry in zip(bank.questions, ENTRIES, strict=True):
        wanted = None
        if "value" in entry:
            wanted = next(
                one.value
                for one in edition.observations
                if (one.city, one.code, one.data_point, one.period, one.source_id)
                == tuple(entry["value"].values())
            )
        assert question.value == wanted


def test_sources_come_from_the_edition_or_stand_in_the_question(
    bank: Bank, edition: Edition
) -> None:
    for question in bank.questions:
        assert question.source.url.startswith("https://")
        assert question.source.title
        if question.source.source_id:
            assert question.source.title == edition.sources[question.source.source_id].title


def test_a_value_is_filled_in_everywhere() -> None:
    question = make_question(
        text=Words("Is it {value}?", "Это {value}?"),
        options=(*make_options("bcd"), *make_options("a")),
        explanation=Words("{value} and {value}.", "{value} и {value}."),
        value=Decimal("1.5"),
    )
    filled = question.with_value(Words("1.5%", "1,5 %"))
    assert filled.text == Words("Is it 1.5%?", "Это 1,5 %?")
    assert filled.explanation == Words("1.5% and 1.5%.", "1,5 % и 1,5 %.")
    assert filled.options == question.options
    assert filled.value == Decimal("1.5")


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
    question = next(one for one in bank.current if one.indicator and one.city == "moscow")
    assert question.indicator
    assert question in bank.of_indicator(question.indicator, "moscow")
    assert question not in bank.of_indicator(question.indicator, "asker")
    assert bank.of_indicator("EC: NO: NE: 1C", "moscow") == ()


def test_the_longest_option_is_not_mostly_the_right_one(bank: Bank) -> None:
    for cues in answer_cues(bank.current):
        assert cues.questions == len(bank.current)
        assert not cues.by_length
        assert max(cues.positions.values()) <= 2 * min(cues.positions.values())


def test_answer_cues_are_counted() -> None:
    words = {"a": "aaaa", "b": "bb", "c": "c"}
    options = tuple(
        type(one)(one.id, Words(words[one.id], "вариант" + one.id)) for one in make_options("abc")
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
    ("id", PLAIN, lambda q: q.update(id="Not An Id")),
    ("id", PLAIN, lambda q: q.update(id=7)),
    ("version", PLAIN, lambda q: q.update(version=0)),
    ("version", PLAIN, lambda q: q.update(version=True)),
    ("version", PLAIN, lambda q: q.update(version="1")),
    ("retired", PLAIN, lambda q: q.update(retired="yes")),
    ("dimension", PLAIN, lambda q: q.update(dimension="sport")),
    ("theme", PLAIN, lambda q: q.update(theme=None)),
    ("difficulty", PLAIN, lambda q: q.update(difficulty="mean")),
    ("city", PLAIN, lambda q: q.update(city="atlantis")),
    ("indicator", PLAIN, lambda q: q.update(indicator="EC: NO: NE: 1C")),
    ("indicator", PLAIN, lambda q: q.update(indicator=["EC"])),
    ("text", PLAIN, lambda q: q["text"].pop("ru")),
    ("text", PLAIN, lambda q: q["text"].update(de="Wie?")),
    ("text", PLAIN, lambda q: q["text"].update(en=" ")),
    ("text", PLAIN, lambda q: q["text"].update(ru="С пробелом ")),
    ("text", PLAIN, lambda q: q["text"].update(en="{number} of what?")),
    ("text", PLAIN, lambda q: q.update(text="Which?")),
    ("explanation", PLAIN, lambda q: q.update(explanation={"en": "So.", "ru": None})),
    ("options", PLAIN, lambda q: q.update(options=q["options"][:2])),
    ("options", PLAIN, lambda q: q.update(options=None)),
    ("options", PLAIN, lambda q: q.update(options=["a", "b", "c"])),
    ("options", PLAIN, lambda q: q["options"][0].update(right=True)),
    ("options", PLAIN, lambda q: q["options"][0].update(id="first")),
    ("options.b", PLAIN, lambda q: q["options"][1]["text"].update(en="")),
    ("options", PLAIN, lambda q: q["options"][0].update(text=dict(q["options"][1]["text"]))),
    ("answer", PLAIN, lambda q: q.update(answer="e")),
    ("answer", PLAIN, lambda q: q.update(answer=["a"])),
    ("source", PLAIN, lambda q: q.update(source={"id": "NOBODY"})),
    ("source", PLAIN, lambda q: q.update(source={"id": ["NOBODY"]})),
    ("source", PLAIN, lambda q: q.update(source={"title": "A book"})),
    ("source", PLAIN, lambda q: q.update(source={"title": "", "url": "https://example.org"})),
    ("source", PLAIN, lambda q: q.update(source={"title": "A book", "url": "example.org"})),
    ("source", PLAIN, lambda q: q.update(source=None)),
    ("source.page", PLAIN, lambda q: q["source"].update(page="p. 9")),
    ("value", PLAIN, lambda q: q["text"].update(en="Is it {value}?", ru="Это {value}?")),
    ("value", WITH_VALUE, lambda q: q["value"].update(period="1066")),
    ("value", WITH_VALUE, lambda q: q["value"].pop("period")),
    ("value", WITH_VALUE, lambda q: q.update(value=90)),
    ("value", WITH_VALUE, lambda q: q.update(indicator=None)),
    ("explanation", WITH_VALUE, lambda q: q["explanation"].update(ru="Без значения.")),
    ("answer", WITH_VALUE, lambda q: q.update(answer="z")),
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
    entries = copy.deepcopy(ENTRIES)
    plant(entries[number])
    faults = faults_of(tmp_path, edition, entries)
    assert faults
    assert all(fault.startswith("questions.yml, row ") for fault in faults)
    assert any(f".{field}: " in fault for fault in faults), faults


def test_a_wrong_option_that_equals_the_value_is_found(tmp_path: Path, edition: Edition) -> None:
    entries = copy.deepcopy(ENTRIES)
    question = entries[WITH_VALUE]
    value = read_bank(edition).questions[WITH_VALUE].value
    right = next(one for one in question["options"] if one["id"] == question["answer"])
    wrong = next(one for one in question["options"] if one is not right)
    wrong["text"] = {
        "en": right["text"]["en"].replace(PLACEHOLDER, f"{value}"),
        "ru": right["text"]["ru"].replace(PLACEHOLDER, f"{value}".replace(".", ",")),
    }
    faults = faults_of(tmp_path, edition, entries)
    assert len(faults) == 2, "one in each language"
    assert all("2 read" in fault for fault in faults)


def test_a_value_in_a_wrong_option_is_found(tmp_path: Path, edition: Edition) -> None:
    entries = copy.deepcopy(ENTRIES)
    question = entries[WITH_VALUE]
    wrong = next(one for one in question["options"] if one["id"] != question["answer"])
    wrong["text"] = {"en": "{value} more", "ru": "На {value} больше"}
    assert any("a wrong one has {value}" in one for one in faults_of(tmp_path, edition, entries))


@pytest.mark.parametrize("field", sorted(set(ENTRIES[PLAIN])))
def test_a_missing_field_is_found(tmp_path: Path, edition: Edition, field: str) -> None:
    entries = copy.deepcopy(ENTRIES)
    del entries[PLAIN][field]
    (fault,) = faults_of(tmp_path, edition, entries)
    assert f".{field}: is missing" in fault


@pytest.mark.parametrize("field", sorted(set(ENTRIES[WITH_VALUE])))
@pytest.mark.parametrize("content", [None, 1, -1.5, "", "x", [], [1], {}, {"en": 1}, True])
def test_content_of_a_wrong_kind_never_stops_the_check(
    tmp_path: Path, edition: Edition, field: str, content: object
) -> None:
    entries = copy.deepcopy(ENTRIES[: WITH_VALUE + 1])
    entries[WITH_VALUE][field] = content
    faults = faults_of(tmp_path, edition, entries)
    assert faults or (field, content) in (("version", 1), ("id", "x"), ("city", None))


def test_an_unknown_field_and_a_repeated_question_are_found(
    tmp_path: Path, edition: Edition
) -> None:
    entries = [*copy.deepcopy(ENTRIES), copy.deepcopy(ENTRIES[0])]
    entries[3]["dificulty"] = "easy"
    faults = faults_of(tmp_path, edition, entries)
    assert len(faults) == 2
    assert "dificulty: is no field of a question" in faults[0]
    assert "stands in row 1 already" in faults[1]


def test_all_faults_are_told_at_once(tmp_path: Path, edition: Edition) -> None:
    entries = copy.deepcopy(ENTRIES)
    entries[0]["answer"] = "z"
    entries[1]["theme"] = "sport"
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
    text = QUESTIONS.read_text("utf-8").replace("answer: d", "answer: x", 1)
    line = text.splitlines().index("- id: initiative-name") + 1
    file = tmp_path / "questions.yml"
    file.write_text(text, "utf-8")
    (fault,) = checked_entries(edition, file)[1]
    assert fault.row == line


def test_every_question_is_there_once_in_its_version(bank: Bank) -> None:
    assert max(Counter(question.key for question in bank.questions).values()) == 1
