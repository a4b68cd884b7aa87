"""Checks the spelling of what readers see, in both languages: ``python tools/spelling/check.py``.

Texts of the site, the quiz, the cities and the newest edition are read; British English and
Russian. ``en.txt`` and ``ru.txt`` beside this file hold the words that hunspell does not know.
"""

import ast
import csv
import re
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parents[2]
DICTIONARIES = {"en": "en_GB", "ru": "ru_RU"}
_YAML = (
    *("components/texts/*.yml", "quiz/*.yml", "data/cities/*/*.yml", "data/declarations/*.yml"),
    "data/metadata/*.yml",
)
_CODE = ("components/**/*.py", "data/**/*.py", "pages/**/*.py", "quiz/**/*.py")
# What others wrote, such as titles and quotations, is theirs to spell.
_TABLES = ("indicators", "data_points", "categories", "topics", "cities")
_QUOTED = {"name_en", "country_en"}
_NO_WORDS = re.compile(r"\{[^}]*\}|`[^`]*`|https?://\S+|[\w.-]+@[\w.]+|\S*[/_]\S*|\d-[а-яё]+")
_INSIDE_WORDS = re.compile("[\u00ad\u0301]")  # Soft hyphen and stress.
_WORD = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*")

Text = tuple[str, str, str]  # Language, words, and the file that has them.


def texts() -> Iterator[Text]:
    """Yield every text of the project."""
    for patterns, read in ((_YAML, _in_yaml_file), (_CODE, _in_code)):
        for path in (path for pattern in patterns for path in ROOT.glob(pattern)):
            for language, words in read(path.read_text("utf-8")):
                yield language, words, str(path.relative_to(ROOT))
    for language in DICTIONARIES:
        for path in ROOT.glob(f"components/prose/*.{language}.md"):
            yield (
                language,
                path.read_text("utf-8").replace("&shy;", ""),
                str(path.relative_to(ROOT)),
            )
    edition = max((ROOT / "data" / "editions").iterdir())
    for path in (edition / f"{table}.csv" for table in _TABLES):
        with path.open(encoding="utf-8", newline="") as rows:
            for row in csv.DictReader(rows):
                for column in {name for name in row if name[-3:] in ("_en", "_ru")} - _QUOTED:
                    yield column[-2:], row[column], str(path.relative_to(ROOT))


def _in_yaml_file(content: str) -> Iterator[tuple[str, str]]:
    yield from _in_yaml(yaml.safe_load(content))


def _in_yaml(value: Any, language: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        for key, member in value.items():
            yield from _in_yaml(member, key if key in DICTIONARIES else language)
    elif isinstance(value, list):
        for member in value:
            yield from _in_yaml(member, language)
    elif isinstance(value, str) and language:
        yield language, value


def _in_code(source: str) -> Iterator[tuple[str, str]]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Words":
            for language, argument in zip(DICTIONARIES, node.args, strict=False):
                if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                    yield language, argument.value


def unknown_words() -> Iterator[tuple[str, str, str]]:
    """Yield language, word and a file that has it of each word that no dictionary has."""
    places: dict[str, dict[str, str]] = defaultdict(dict)
    for language, words, place in texts():
        plain = _NO_WORDS.sub(" ", _INSIDE_WORDS.sub("", words)).replace("’", "'")
        for word in (match.removesuffix("'s") for match in _WORD.findall(plain)):
            if len(word) == 1:
                continue
            if bool(re.search("[а-яё]", word, re.IGNORECASE)) == (language == "ru"):
                places[language].setdefault(word, place)
    for language, dictionary in DICTIONARIES.items():
        own = set(Path(__file__).with_name(f"{language}.txt").read_text("utf-8").split())
        word_list = "\n".join(sorted(places[language]))
        answer = subprocess.run(
            ["hunspell", "-d", dictionary, "-l", "-i", "utf-8"],  # noqa: S607  # Debian's.
            input=word_list,
            capture_output=True,
            text=True,
            check=True,
        )
        for part in sorted(set(answer.stdout.split())):
            if part.lower() in own or len(part) == 1:
                continue
            word = next((word for word in places[language] if part in word), part)
            yield language, part, places[language].get(word, "")


def main() -> int:
    """Name every unknown word; 1 where there is one."""
    unknown = list(unknown_words())
    for language, word, place in unknown:
        print(f"{place}: {word!r} is in neither {DICTIONARIES[language]} nor {language}.txt")
    return bool(unknown)


if __name__ == "__main__":
    sys.exit(main())
