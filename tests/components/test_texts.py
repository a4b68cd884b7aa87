"""Interface words: both languages, every form, the same placeholders, all used, none missing."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from string import Formatter
from typing import Any, get_args

import pytest
import yaml

from components.texts import _texts, plural_form, text
from data.models import (
    EVIDENCE,
    LANGUAGES,
    Comparability,
    Direction,
    Language,
    Level,
    SourceClass,
    YardstickKind,
)
from data.scores import Reason
from data.scoring import BANDS
from data.yardsticks import VIEWS
from data.year_changes import CAUSES
from tests.builders import table_rows

ROOT = Path(__file__).parents[2]
FORMS: Mapping[str, set[str]] = {"en": {"one", "other"}, "ru": {"one", "few", "many"}}
# The cases of a name: English has only one of them.
CASES = {"city_genitive": "city", "city_prepositional": "city"}


def entries() -> dict[str, dict[str, Any]]:
    texts: dict[str, dict[str, Any]] = {}
    for file in sorted((ROOT / "components" / "texts").glob("*.yml")):
        texts |= yaml.load(file.read_text("utf-8"), yaml.CSafeLoader)
    return texts


ENTRIES = entries()


def forms(words: Any) -> list[str]:
    return list(words.values()) if isinstance(words, Mapping) else [words]


def placeholders(words: str) -> set[str]:
    names = {name for _, name, _, _ in Formatter().parse(words) if name is not None}
    return {CASES.get(name, name) for name in names}


def test_the_walk_sees_every_key_of_the_program() -> None:
    assert set(ENTRIES) == set(_texts())


def test_every_text_has_words_in_both_languages_and_all_plural_forms() -> None:
    for key, entry in ENTRIES.items():
        assert set(entry) == set(LANGUAGES), key
        assert isinstance(entry["ru"], Mapping) == isinstance(entry["en"], Mapping), key
        for language, words in entry.items():
            if isinstance(words, Mapping):
                assert set(words) == FORMS[language], key
            for form in forms(words):
                assert form, key
                assert form == form.strip(), key


def test_both_languages_say_the_same_things() -> None:
    for key, entry in ENTRIES.items():
        named = {
            language: set().union(*(placeholders(form) for form in forms(words)))
            for language, words in entry.items()
        }
        # A count may go unsaid in one language: its plural form says it already.
        assert named["ru"] - {"n"} == named["en"] - {"n"}, key
        # 21, 31 and so on take the form of 1, so no Russian form may say less.
        assert len({frozenset(placeholders(form)) for form in forms(entry["ru"])}) == 1, key


@pytest.mark.parametrize(
    ("count", "english", "russian"),
    [
        (0, "0 points", "0 баллов"),
        (1, "1 point", "1 балл"),
        (3, "3 points", "3 балла"),
        (5, "5 points", "5 баллов"),
        (11, "11 points", "11 баллов"),
        (21, "21 points", "21 балл"),
        (22, "22 points", "22 балла"),
    ],
)
def test_counted_words_take_the_form_of_their_number(
    count: int, english: str, russian: str
) -> None:
    assert text("points", "en", n=count) == english
    assert text("points", "ru", n=count) == russian
    assert plural_form("ru", count) in FORMS["ru"]


# An unknown one, one without its number, one with an empty place.
@pytest.mark.parametrize("key", ["no_such_words", "points", "terms_theirs"])
def test_a_text_that_cannot_be_said_whole_is_refused(key: str) -> None:
    with pytest.raises(KeyError):
        text(key, "en")


def test_russian_words_are_russian_and_english_ones_are_not(language: str) -> None:
    cyrillic = re.compile("[а-яё]", re.IGNORECASE)
    for key, entry in ENTRIES.items():
        for form in forms(entry[language]):
            bare = re.sub(r"\{\w+\}", "", form)
            if language == "en":
                assert key == "language_name" or not cyrillic.search(bare), key
            elif re.search("[A-Za-z]{4,}", bare):
                assert cyrillic.search(bare), key


VOCABULARIES: dict[str, set[str]] = {
    "band": set(BANDS),
    "reason": set(get_args(Reason)),
    "level": set(get_args(Level)),
    "direction": set(get_args(Direction)),
    "comparability": set(get_args(Comparability)),
    "evidence": set(EVIDENCE),
    "view": set(VIEWS),
    "changes": set(CAUSES),
    "kind": set(get_args(YardstickKind)),
    "source_class": set(get_args(SourceClass)),
    "basis": {row["basis"] for row in table_rows("targets")},
    "dimension": {row["dimension"] for row in table_rows("indicators")},
    "type": {row["type"] or "unknown" for row in table_rows("indicators")},
}


@pytest.mark.parametrize("family", VOCABULARIES)
def test_every_word_of_a_vocabulary_has_a_text(family: str) -> None:
    assert {f"{family}_{word}" for word in VOCABULARIES[family]} <= set(ENTRIES)


@pytest.fixture(scope="module")
def keys() -> Keys:
    return Keys()


class Keys:
    """What a program's texts may be: its strings, and patterns of the strings it composes."""

    def __init__(self) -> None:
        self.literal: set[str] = set()
        self.patterns: set[str] = set()
        self.keys: set[str] = set()
        self.composed: set[str] = set()
        for room in ("components", "pages"):
            for file in sorted((ROOT / room).rglob("*.py")):
                self._read(ast.parse(file.read_text("utf-8")))

    def _read(self, tree: ast.Module) -> None:
        words = {word for word in _strings(tree) if re.fullmatch(r"[\w-]+", word)}
        self.literal |= words
        for node in ast.walk(tree):
            if isinstance(node, ast.JoinedStr):
                self.patterns |= _patterns(node, words)
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "text":
                key = node.args[0]
                if isinstance(key, ast.Constant):
                    self.keys.add(str(key.value))
                elif isinstance(key, ast.JoinedStr):
                    self.composed.add("".join(_pieces(key)))


def _strings(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def _pieces(node: ast.JoinedStr) -> list[str]:
    return [
        re.escape(str(part.value)) if isinstance(part, ast.Constant) else r"[\w-]+"
        for part in node.values
    ]


def _patterns(node: ast.JoinedStr, words: set[str]) -> set[str]:
    """A pattern that begins with a value takes the module's own strings in its place."""
    first, *pieces = _pieces(node)
    if isinstance(node.values[0], ast.Constant):
        return {first + "".join(pieces)} if len(first) > 3 else set()
    if not re.search("[a-z]{3}", "".join(pieces)):
        return set()  # Such as {name}_{number}, which would fit nearly every key.
    return {re.escape(word) + "".join(pieces) for word in words}


PROSE = ROOT / "components" / "prose"
# Wordings that readers stumbled over, in whatever text they come back.
RETIRED = re.compile(
    r"\bh(?:old|eld) against|came about|point at a bar|not this one|will stand here"
    r"|is no bad mark|targets? closed|an upright|stand in the table|may stand on one scale"
    r"|neither more nor less|enrollment\b|\bWIFI\b|explains itself|speak of\?|on what base"
    r"|ссылкой на официальное|немного другое определение|то же определение|напечатано"
    r"|личных интервью|опубликованные уровни|целевая задача|\bфрейм:|реестр пробелов"
    r"|который становится диаграммой|больше не значит|на 2026 год с целью",
    re.IGNORECASE,
)


def test_no_text_uses_a_retired_wording(language: Language) -> None:
    texts = {key: " ".join(forms(entry[language])) for key, entry in ENTRIES.items()}
    texts |= {file.name: file.read_text("utf-8") for file in PROSE.glob(f"*.{language}.md")}
    assert len(texts) > len(ENTRIES)
    assert not {key: match[0] for key, words in texts.items() if (match := RETIRED.search(words))}


def test_no_russian_line_begins_with_a_dash_or_a_per_cent_sign() -> None:
    texts = {key: " ".join(forms(entry["ru"])) for key, entry in ENTRIES.items()}
    texts |= {file.name: file.read_text("utf-8") for file in PROSE.glob("*.ru.md")}
    assert not [key for key, words in texts.items() if re.search(r" —|[\d}] %", words)]


@pytest.mark.parametrize("page", sorted({file.name.split(".")[0] for file in PROSE.glob("*.md")}))
def test_long_words_say_the_same_in_both_languages(page: str) -> None:
    english, russian = (
        (PROSE / f"{page}.{language}.md").read_text("utf-8") for language in ("en", "ru")
    )
    assert re.findall(r"^(?:#+|\d\.|[-|])", english, re.MULTILINE) == re.findall(
        r"^(?:#+|\d\.|[-|])", russian, re.MULTILINE
    )
    assert placeholders(english) - {"n", "city"} == placeholders(russian) - {"n", "city"}


def test_every_text_is_used(keys: Keys) -> None:
    patterns = [re.compile(pattern) for pattern in keys.patterns]
    unused = [
        key
        for key in ENTRIES
        if key not in keys.literal and not any(pattern.fullmatch(key) for pattern in patterns)
    ]
    assert not unused


def test_every_text_that_is_asked_for_exists(keys: Keys) -> None:
    assert keys.keys, "the walk found no call of text()"
    assert keys.keys <= set(ENTRIES)
    for pattern in keys.composed:
        assert any(re.fullmatch(pattern, key) for key in ENTRIES), pattern
