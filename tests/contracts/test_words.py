"""Every visible word is in the reader's language, or marked as being in another one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml.html import HtmlElement

from data.models import Language
from tests.contracts.documents import Document

READ_ALOUD = ("aria-label", "title", "placeholder", "alt", "data-column", "label")
UNSEEN = {"script", "style", "template", "meta", "link"}
# Names that Russian texts write in Latin letters.
NAMES = (
    "CSV on the Web",
    "Excel, Power Query",
    "Google Dataset Search",
    "United for Smart Sustainable Cities",
    "IQAir World Air Quality Report",
    "The Moscow Times",
    "The Straits Times",
    "The Sunday Guardian",
    "Tourism Industry Employment",
    "World Cities Culture Forum",
)
# What a source says in its own words.
QUOTED = re.compile(r"""«[^»]*»|“[^”]*”|"[^"]*"|(?<![A-Za-z])'[^']*'""")
THREE_LATIN_WORDS = re.compile(r"(?:\b[A-Za-z][a-z’'-]+\b[ ,]+){2,}\b[A-Za-z][a-z’'-]+\b")
CYRILLIC = re.compile(r"[А-Яа-яЁё]+")


def words_of(element: HtmlElement) -> Iterator[str]:
    """Text as a reader or a screen reader meets it, but for what is marked as a language."""
    if not isinstance(element.tag, str) or element.tag in UNSEEN or element.get("lang"):
        return
    yield element.text or ""
    yield from (str(element.get(name)) for name in READ_ALOUD if element.get(name))
    for child in element:
        yield from words_of(child)
        yield child.tail or ""


def all_words(page: Document) -> list[str]:
    texts = list(words_of(page.root.find("body")))
    texts.append(page.root.findtext(".//title") or "")
    contents = "//meta[@name='description' or starts-with(@property, 'og:')]/@content"
    return [*texts, *map(str, page.root.xpath(contents))]


def found_in(
    documents: tuple[Document, ...], language: Language, fault: re.Pattern[str]
) -> dict[str, str]:
    """Each different text with the fault, and one page that shows it."""
    texts: dict[str, str] = {}
    for page in documents:
        if page.language == language:
            for words in all_words(page):
                bare = QUOTED.sub("", words)
                for name in NAMES:
                    bare = bare.replace(name, "")
                if fault.search(bare):
                    texts.setdefault(words.strip()[:160], page.address)
    return texts


def test_russian_pages_hold_no_english_sentence(documents: tuple[Document, ...]) -> None:
    assert not found_in(documents, "ru", THREE_LATIN_WORDS)


def test_english_pages_hold_no_russian_word(documents: tuple[Document, ...]) -> None:
    assert not found_in(documents, "en", CYRILLIC)


def test_a_number_never_parts_from_its_per_cent_sign(documents: tuple[Document, ...]) -> None:
    assert not found_in(documents, "ru", re.compile(r"\d %"))


def test_russian_words_use_russian_quotation_marks(documents: tuple[Document, ...]) -> None:
    assert not found_in(documents, "ru", re.compile('["“”]'))


def test_dashes_are_dashes(documents: tuple[Document, ...]) -> None:
    # A hyphen between numbers or letters is one; between spaces it stands for a dash.
    assert not found_in(documents, "ru", re.compile(r"[а-яё] - [а-яё]"))


# Remarks in brackets that the given table of sources has inside Russian titles; a title is a cell
# of its own there, and is shown as it stands.
REMARKS_IN_TITLES = (
    "(press conference of 20 December 2016)",
    "(annex tables 1.2, 2.10.1, 8.1, 18.5, 18.9.3), copied as data/regions_rosstat.csv",
    "(interview to Komsomolskaya Pravda)",
    "(Road Safety Strategy of the Russian Federation 2018-2024)",
)


def test_what_is_marked_as_russian_holds_no_english_words(
    documents: tuple[Document, ...],
) -> None:
    marked = {
        str(element.text_content())
        for page in documents
        for element in page.root.xpath("//body//*[@lang='ru']")
    }
    assert len(marked) > 50
    texts = set()
    for words in marked:
        bare = words
        for name in (*NAMES, *REMARKS_IN_TITLES):
            bare = bare.replace(name, "")
        if THREE_LATIN_WORDS.search(bare):
            texts.add(words)
    assert not texts


def test_what_a_russian_number_counts_follows_it(documents: tuple[Document, ...]) -> None:
    # «из 91 показателя», but «из 11 показателей» and «из 92 показателей».
    assert not found_in(
        documents, "ru", re.compile(r"\bиз (?:[\d\s]*(?:[02-9]))?1[ \u00a0][а-яё]+(?:ов|ев|ей)\b")
    )


def test_what_is_marked_as_english_holds_no_russian_word(documents: tuple[Document, ...]) -> None:
    marked = {
        str(element.text_content())
        for page in documents
        for element in page.root.xpath("//body//*[@lang='en']")
    }
    assert len(marked) > 50
    assert not {words for words in marked if CYRILLIC.search(words)}


def test_the_walk_reads_what_readers_see(documents: tuple[Document, ...]) -> None:
    page = next(document for document in documents if document.address == "/ru/")
    words = " ".join(all_words(page))
    for expected in ("Ключевые показатели Москвы", "Тест", "Что выделяется", "Скачать"):
        assert expected in words
