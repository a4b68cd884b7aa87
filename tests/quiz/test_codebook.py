"""The codebook names every question, option and band as the statistics and the marking do."""

from __future__ import annotations

from decimal import Decimal

from quiz.bank import Bank
from quiz.codebook import document, rows
from quiz.items import KINDS
from quiz.items.scale import bin_of


def test_every_bin_of_the_statistics_has_one_row(bank: Bank) -> None:
    records = rows(bank)
    assert [(row["question"], row["version"], row["option"]) for row in records] == [
        (*map(str, entry.key), option)
        for question in bank.questions
        for entry in filter(None, (question, question.fallback))
        for option in KINDS[entry.kind].publish(entry)
    ]
    current = {question.key for question in bank.current}
    for row in records:
        key = row["question"].removesuffix("-choice"), int(row["version"])
        assert (row["in_force"] == "yes") == (key in current)
        assert bool(row["label_ru"]) == (row["kind"] in ("choice", "trend"))
        if row["label_en"]:
            assert (row["right"] == "yes") == (row["answer"] == row["option"])


def test_a_number_falls_into_the_band_whose_bounds_the_codebook_names(bank: Bank) -> None:
    bounds = {
        (row["question"], row["option"]): (Decimal(row["low"]), Decimal(row["high"]), row["right"])
        for row in rows(bank)
        if row["low"]
    }
    for question in bank.questions:
        if scale := question.scale:
            quarters = range(int((scale.highest - scale.lowest) / scale.step) * 4 + 1)
            for number in (scale.lowest + part * scale.step / 4 for part in quarters):
                low, high, right = bounds[question.id, bin_of(number, scale)]
                assert low <= number <= high, (question.id, number)
                if low < number < high:
                    near = abs(number - scale.value) <= scale.close
                    assert (right == "yes") <= near, (question.id, number)


def test_the_document_says_the_same_as_the_table(bank: Bank) -> None:
    records, nested = iter(rows(bank)), document(bank)
    described = {field["name"] for field in nested["fields"]}
    for question in nested["questions"]:
        for option in question["options"]:
            record = next(records)
            assert described == record.keys()
            for name, value in {**question, **option}.items():
                if isinstance(value, dict):
                    cells = {language: record[f"{name}_{language}"] for language in ("en", "ru")}
                    assert value == cells
                elif name != "options" and name in record:
                    cell = record[name]
                    if isinstance(value, Decimal):
                        assert Decimal(cell) == value
                    elif isinstance(value, bool):
                        assert cell == ("yes" if value else "no")
                    else:
                        assert cell == ("" if value is None else str(value))
    assert next(records, None) is None
