"""Every number on the pages of the open data is that of the files; both languages say the same."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
from collections import Counter
from types import SimpleNamespace

import pytest
from flask.testing import FlaskClient
from lxml.html import HtmlElement, document_fromstring

from components.open_data.download_counts import counts_by_file
from components.open_data.table_list import PAPER_COLUMNS, cut, width_notes
from components.takeover.paint import paint
from components.texts import text
from data.editions import newest_folder
from data.gaps import REMEDIES
from data.models import LANGUAGES, Language
from pages.open_data.sections import counts_part
from pages.site import Site
from quiz.counters import Download
from tests.builders import Row, table_rows
from tests.contracts.documents import PUBLISHED_TABLES

VERSION = newest_folder().name
FORMS = ("csv", "json", "xlsx", "parquet", "ru-excel.csv")


def page(client: FlaskClient, language: Language, path: str = "") -> HtmlElement:
    return document_fromstring(client.get(f"/{language}/data/{path}").text)


def source_pages(client: FlaskClient, language: Language) -> list[HtmlElement]:
    """Return all pages of the list of sources."""
    first = page(client, language, "sources/")
    further_pages = first.xpath("//nav//a[contains(@href, '?page=')]/@href")
    assert further_pages
    return [first, *(document_fromstring(client.get(address).text) for address in further_pages)]


def words(element: HtmlElement) -> str:
    return " ".join(" ".join(element.itertext()).replace("\u00a0", " ").split())


def note_of(item: HtmlElement) -> str:
    return words(item.xpath(".//*[@class='note']")[0])


# Details that only repeat the reason, which stands above them.
REWORDED = {"no_target", "neutral"}
REPEATED = ("other definition than the U4SSC one", "no reference year")


def file_rows(client: FlaskClient, table: str) -> list[Row]:
    text = client.get(f"/data/{VERSION}/{table}.csv").text
    return list(csv.DictReader(io.StringIO(text, newline="")))


def shown_size(count: int, language: Language) -> str:
    """Kilobytes, or megabytes with one decimal; the largest file is below ten of these."""
    assert count < 10_000_000
    if count < 1_000_000:
        return f"{max(1, int(count / 1000 + 0.5))} {'КБ' if language == 'ru' else 'KB'}"
    size = f"{int(count / 100_000 + 0.5) / 10:.1f}".removesuffix(".0")
    return f"{size.replace('.', ',')} МБ" if language == "ru" else f"{size} MB"


def test_the_facts_are_those_of_the_tables(client: FlaskClient, language: Language) -> None:
    facts = words(page(client, language).xpath("//dl[@class='facts']")[0])
    scores = file_rows(client, "fulfilment")
    codes = {row["code"] for row in scores}
    valued = {row["code"] for row in scores if row["value"]}
    scored = {row["code"] for row in scores if row["band"] != "none"}
    years = sorted(
        row["period"][:4]
        for row in table_rows("observations")
        if row["city"] == "moscow" and row["value"] and row["period"]
    )
    coverage = re.search(r"(\d+) (?:of|из) (\d+)", facts)
    assert coverage
    assert [int(number) for number in coverage.groups()] == [len(valued), len(codes)]
    assert re.search(rf"\b{len(scored)}\b", facts)
    assert f"{years[0]}–{years[-1]}" in facts
    assert VERSION in facts
    for table in ("observations", "targets", "sources"):
        assert re.search(rf"\b{len(table_rows(table))}\b", facts), table


def test_joined_values_and_how_to_ask_for_a_part_are_in_the_first_panel(
    client: FlaskClient, language: Language
) -> None:
    (panel,) = page(client, language).xpath("//section[@class='panel']")
    assert f"/data/{VERSION}/values.csv" in words(panel)
    (link,) = panel.xpath(".//a[@href='/api/v1/docs.md']")
    assert words(link)


def test_everything_at_once_comes_first_with_its_size(
    client: FlaskClient, language: Language
) -> None:
    links = page(client, language).xpath("//main//a[contains(@href, '/data/')][@download]")
    for link, name in zip(links, ("all.zip", "all.xlsx"), strict=False):
        assert link.get("href") == f"/data/{VERSION}/{name}"
        size = len(client.get(link.get("href"), buffered=True).data)
        assert words(link).endswith(shown_size(size, language))


def test_each_table_is_listed_with_its_rows_columns_files_and_sizes(
    client: FlaskClient, language: Language
) -> None:
    items = page(client, language).xpath("//ul[@class='sets']/li")
    tables = [str(item.xpath(".//h3/a/@href")[0]).split("/")[-2] for item in items]
    assert sorted(tables) == sorted(PUBLISHED_TABLES)
    for table, item in zip(tables, items, strict=True):
        rows = file_rows(client, table)
        counted = re.findall(r"\d+", re.sub(r"(\d)[, ](?=\d{3}\b)", r"\1", note_of(item)))
        assert [int(number) for number in counted] == [len(rows), len(rows[0])]
        links = item.xpath(".//ul[@class='forms']//a")
        assert [link.get("href") for link in links] == [
            f"/data/{VERSION}/{table}.{form}" for form in FORMS
        ]
        for link in links:
            size = len(client.get(link.get("href"), buffered=True).data)
            assert words(link).endswith(shown_size(size, language)), link.get("href")


@pytest.mark.parametrize("table", ["values", "gaps"])
def test_the_sample_is_the_first_rows_of_the_file(
    client: FlaskClient, language: Language, table: str
) -> None:
    rows = file_rows(client, table)
    (box,) = page(client, language, f"{table}/").xpath("//main//table[contains(@class, 'cells')]")
    assert [words(head) for head in box.xpath(".//thead//th")] == list(rows[0])
    cells = [[cell.text_content() for cell in row] for row in box.xpath(".//tbody/tr")]
    assert cells == [[cut(cell) for cell in row.values()] for row in rows[:5]]


@pytest.mark.parametrize("table", PUBLISHED_TABLES)
def test_a_preview_says_how_many_columns_there_are_beyond_the_sheet(
    client: FlaskClient, language: Language, table: str
) -> None:
    columns = len(file_rows(client, table)[0])
    notes = [words(note) for note in page(client, language, f"{table}/").xpath("//p[@class]")]
    beyond = [note for note in notes if re.search(r"(in the file|в файле)\.$", note)]
    assert [int(number) for note in beyond for number in re.findall(r"\d+", note)] == (
        [columns - PAPER_COLUMNS] if columns > PAPER_COLUMNS else []
    )
    scrolled = [note for note in notes if re.search(r"scrolls sideways|прокручивается вбок", note)]
    assert [re.findall(r"\d+", note) for note in scrolled] == [[str(columns)]] * len(beyond)


@pytest.mark.parametrize(
    ("more", "english", "russian"),
    [
        (1, "And 1 more column in the file.", "И ещё 1 столбец в файле."),
        (3, "And 3 more columns in the file.", "И ещё 3 столбца в файле."),
        (11, "And 11 more columns in the file.", "И ещё 11 столбцов в файле."),
        (21, "And 21 more columns in the file.", "И ещё 21 столбец в файле."),
    ],
)
def test_further_columns_are_counted_in_both_languages(
    more: int, english: str, russian: str
) -> None:
    for language, wanted in (("en", english), ("ru", russian)):
        paper = width_notes(PAPER_COLUMNS + more, language)[-1]
        assert paper.children == wanted
    assert width_notes(PAPER_COLUMNS, "en") == []


@pytest.mark.parametrize("table", PUBLISHED_TABLES)
def test_every_column_is_explained(client: FlaskClient, language: Language, table: str) -> None:
    package = json.loads(client.get(f"/data/{VERSION}/datapackage.json").data)
    resource = next(resource for resource in package["resources"] if resource["name"] == table)
    rows = page(client, language, f"{table}/").xpath(
        "//table[contains(@class, 'columns')]/tbody/tr"
    )
    names = [words(row.xpath(".//th/code")[0]) for row in rows]
    assert names == list(file_rows(client, table)[0])
    name = "description@ru" if language == "ru" else "description"
    for row, field in zip(rows, resource["schema"]["fields"], strict=True):
        assert words(row.xpath("./td")[2]).startswith(" ".join(field[name].split()))


@pytest.mark.parametrize("table", PUBLISHED_TABLES)
def test_the_checksums_of_a_table_are_those_of_its_edition(client: FlaskClient, table: str) -> None:
    sums = client.get(f"/data/{VERSION}/SHA256SUMS").text
    pairs = page(client, "en", f"{table}/").xpath("//dl[contains(@class, 'sums')]/div")
    assert len(pairs) == len(FORMS)
    for pair in pairs:
        name, digest = words(pair.find("dt")), words(pair.find("dd"))
        if name.endswith((".xlsx", ".parquet")):
            assert hashlib.sha256(client.get(f"/data/{VERSION}/{name}").data).hexdigest() == digest
        else:
            assert f"{digest}  {name}\n" in sums


def test_every_gap_stands_in_the_register_with_its_reason_and_year(
    client: FlaskClient, language: Language
) -> None:
    gaps = file_rows(client, "gaps")
    counts = Counter(row["reason"] for row in gaps)
    listed = page(client, language).xpath("//*[@id='gaps']//ul/li")
    linked = {
        str(item.xpath("./a/@href")[0]).partition("#")[2]: int(re.findall(r"\d+", words(item))[-1])
        for item in listed
    }
    assert linked == counts
    register = page(client, language, "gaps/")
    slugs = {row["code"]: row["code"].lower().replace(": ", "-") for row in gaps}
    for reason, count in counts.items():
        (section,) = register.xpath(f"//section[@id='{reason}']")
        assert words(section.find("h3")).endswith(f"({count})")
        wanted = [row for row in gaps if row["reason"] == reason]
        # One entry for each indicator of which the same is said, with its parts in it.
        entries = {
            (row.xpath(".//a/@href")[0], year): row
            for row in section.xpath(".//tbody/tr | .//ul/li")
            for year in ["".join(re.findall(r"\b\d{4}\b", words(row.find("td"))))
                         if row.find("td") is not None else ""]
        }  # fmt: skip
        assert set(entries) == {
            (f"/{language}/kpi/{slugs[gap['code']]}/", gap["newest_year"]) for gap in wanted
        }
        for gap in wanted:
            row = entries[f"/{language}/kpi/{slugs[gap['code']]}/", gap["newest_year"]]
            detail = gap[f"detail_{language}"].replace("\u00a0", " ")
            row_text = row.text_content().replace("\u00a0", " ")
            assert (detail in row_text) == (gap["detail_en"] not in REPEATED), gap
        remedy = (
            text(f"gap_remedy_{reason}", language)
            if reason in REWORDED
            else REMEDIES[reason][language]
        )
        assert remedy in words(section)


def test_our_licence_is_never_claimed_for_what_is_not_ours(
    client: FlaskClient, language: Language
) -> None:
    sources = table_rows("sources")
    stated = [row for row in sources if row["licence"]]
    terms = words(page(client, language).xpath("//*[@id='terms']")[0])
    assert [int(number) for number in re.findall(r"\b\d+\b(?!\.)", terms)][-2:] == [
        len(sources),
        len(stated),
    ]
    column = "licence_ru" if language == "ru" else "licence"
    listed = source_pages(client, language)
    text = " ".join(map(words, listed))
    for terms in {" ".join(row[column].split()) for row in stated}:
        assert text.count(terms) >= 1
    observed = Counter(row["source_id"] for row in table_rows("observations") if row["value"])
    works = {
        str(work.get("id")): words(work)
        for part in listed
        for work in part.xpath("//*[@class='works']/li")
    }
    assert set(works) == {row["source_id"] for row in sources}
    for row in sources:
        entry = works[row["source_id"]]
        assert " ".join(row["title"].split()) in entry
        assert row["year"] in entry
        if observed[row["source_id"]]:
            assert re.search(rf"\b{observed[row['source_id']]} (value|знач)", entry), entry


def test_terms_that_many_sources_share_are_told_once(client: FlaskClient) -> None:
    rows = {row["source_id"]: row for row in table_rows("sources")}
    shared = Counter((row["class"], row["licence"]) for row in rows.values() if row["licence"])
    assert max(shared.values()) > 3
    sections = [
        section
        for part in source_pages(client, "en")
        for section in part.xpath("//*[@id='list']//section")
    ]
    for section in sections:
        works = [rows[work] for work in section.xpath(".//*[@class='works']/li/@id")]
        own = [row["licence"] for row in works if shared[row["class"], row["licence"]] == 1]
        repeated = [
            terms
            for (kind, terms), count in shared.items()
            if kind == works[0]["class"] and count > 1
        ]
        for terms in repeated:
            # Longer terms may hold shorter ones.
            times = sum(terms in other for other in (*repeated, *own))
            assert words(section).count(" ".join(terms.split())) == times


def test_a_page_of_sources_that_is_not_there_is_refused(client: FlaskClient) -> None:
    for number in ("0", "99", "1x"):
        assert client.get(f"/en/data/sources/?page={number}").status_code == 400


def test_the_original_count_is_history_and_never_added(client: FlaskClient) -> None:
    for language in LANGUAGES:
        section = page(client, language).xpath("//*[@id='downloads']")[0]
        (history,) = section.xpath("./p[@class='note']")
        assert re.findall(r"\d+", words(history)) == ["2018", "22"]


def test_downloads_are_shown_by_file_and_month(language: Language) -> None:
    counts = {
        ("2026-11", "data/1/a.csv"): 3,
        ("2026-12", "data/1/a.csv"): 4,
        ("2026-12", "data/1/all.zip"): 1200,
    }
    root = document_fromstring(f"<div>{paint(counts_by_file(counts, language))}</div>")
    thousand = {"en": "1,207", "ru": "1 207"}[language]
    assert words(root.xpath("//p")[0]).startswith(thousand)
    rows = [[words(cell) for cell in row] for row in root.xpath("//tbody/tr")]
    assert [row[0] for row in rows][1:] == ["/data/1/all.zip", "/data/1/a.csv"]
    assert rows[0][1:] == ["3", thousand.replace("7", "4"), thousand]
    assert rows[2][1:] == ["3", "4", "7"]


def test_of_many_files_only_the_most_downloaded_are_listed() -> None:
    counts = {("2026-11", f"data/1/{n}.csv"): n for n in range(1, 60)}
    root = document_fromstring(f"<div>{paint(counts_by_file(counts, 'en'))}</div>")
    assert len(root.xpath("//tbody/tr")) == 21
    assert "1,770" in words(root.xpath("//p")[0])


def test_counts_of_editions_are_added_up_and_a_lost_store_is_told(site: Site) -> None:
    counted = {
        Download("2026-11", "en/kpi/x.csv", "1.1"): 2,
        Download("2026-11", "en/kpi/x.csv", "1.2"): 3,
    }
    for at_hand, wanted in ((counted, "5 downloads"), (None, "cannot be read"), ({}, "Nothing")):
        counts_site = SimpleNamespace(
            downloads=SimpleNamespace(at_hand=lambda counts=at_hand: counts), profile=site.profile
        )
        assert wanted in paint(counts_part(counts_site, "en"))


def test_both_languages_list_the_same(client: FlaskClient) -> None:
    for path in ("", *(f"{table}/" for table in PUBLISHED_TABLES), f"{VERSION}/"):
        ru, en = (page(client, language, path) for language in LANGUAGES)
        for query in ("//main//h2", "//main//h3", "//main//details", "//main//tr", "//main//pre"):
            assert len(ru.xpath(query)) == len(en.xpath(query)), (path, query)
        links = [
            [str(href).replace("/ru/", "/en/") for href in document.xpath("//main//a/@href")]
            for document in (ru, en)
        ]
        assert sorted(links[0]) == sorted(links[1])


def test_what_was_never_published_is_not_found(client: FlaskClient) -> None:
    for path in ("2019.1/", "secrets/", "observations.csv/", "2026/"):
        assert client.get(f"/en/data/{path}").status_code == 404, path


def test_latest_leads_to_the_page_of_the_data(client: FlaskClient) -> None:
    answer = client.get("/ru/data/latest/")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/ru/data/")
