"""What readers copy: code that runs as it stands on the page, citations that name this edition."""

from __future__ import annotations

import csv
import io
import json
import re
import subprocess
import sys
from dataclasses import replace
from urllib.request import urlopen

import pytest
from flask.testing import FlaskClient
from lxml.html import document_fromstring

from components.corrections import correction_note
from data.citations import apa, bibtex, edition_cited, gost, indicator_cited, ris
from data.editions import newest_folder
from data.models import LANGUAGES, Language, Words
from data.value_history import corrections_of
from pages.open_data.reuse import day_of_access
from pages.site import Site
from tests.conftest import BASE_URL
from tests.contracts.documents import PUBLISHED_TABLES

VERSION = newest_folder().name
SLUGS = ("ec-p-em-1c", "en-en-aq-1c", "ec-ict-ws-1c")
# Every page with code, and the CSV that its code loads.
LOADED = {
    "data/": f"data/{VERSION}/values.csv",
    **{f"data/{table}/": f"data/{VERSION}/{table}.csv" for table in PUBLISHED_TABLES},
    **{f"kpi/{slug}/": f"{{language}}/kpi/{slug}.csv" for slug in SLUGS},
}
READ_ALL = """
import json, sys
found = []
for code in json.loads(sys.stdin.read()):
    names = {}
    exec(code, names)
    table = names["table"]
    found.append([*table.shape, list(table.columns)])
print(json.dumps(found))
"""


def copied(html: str, id: str) -> str:
    """What the button copies: the text of the box."""
    (box,) = document_fromstring(html).xpath(f"//*[@id='{id}']")
    return str(box.text_content())


def read(address: str) -> str:
    with urlopen(address) as answer:
        return str(answer.read().decode())


def run(codes: list[str]) -> list[tuple[int, int, list[str]]]:
    """Run each code as a reader would, in a fresh process; what it loaded."""
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", READ_ALL],
        input=json.dumps(codes),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return [(rows, columns, names) for rows, columns, names in json.loads(done.stdout)]


def shape(text: str) -> tuple[int, int, list[str]]:
    header, *rows = csv.reader(io.StringIO(text, newline=""))
    return len(rows), len(header), header


@pytest.mark.parametrize("program", ["pandas", "polars"])
def test_the_python_code_of_every_page_loads_what_it_names(own_url: str, program: str) -> None:
    codes, wanted = [], []
    for language in LANGUAGES:
        for path, file in LOADED.items():
            html = read(f"{own_url}/{language}/{path}")
            codes.append(copied(html, f"code-{program}"))
            wanted.append(shape(read(f"{own_url}/{file.format(language=language)}")))
    assert run(codes) == wanted


def test_the_one_line_of_the_data_page_loads_the_joined_values(own_url: str) -> None:
    wanted = shape(read(f"{own_url}/data/{VERSION}/values.csv"))
    lines = [copied(read(f"{own_url}/{language}/data/"), "one-line") for language in LANGUAGES]
    assert not [line for line in lines if "\n" in line]
    assert run(lines) == [wanted, wanted]


@pytest.mark.parametrize("program", ["pandas", "polars"])
def test_latest_in_the_address_leads_to_the_edition_in_force(own_url: str, program: str) -> None:
    code = copied(read(f"{own_url}/en/data/"), f"code-{program}")
    assert code.count(VERSION) == 1
    wanted = shape(read(f"{own_url}/data/{VERSION}/values.csv"))
    assert run([code.replace(VERSION, "latest")]) == [wanted]


@pytest.mark.parametrize("path", LOADED)
def test_the_other_programs_are_given_the_same_address(
    client: FlaskClient, language: Language, path: str
) -> None:
    html = client.get(f"/{language}/{path}").text
    file = LOADED[path].format(language=language)
    address = f"{BASE_URL}/{file}"
    header = client.get(f"/{file}").text.splitlines()[0].split(",")
    r = copied(html, "code-r")
    assert r == f'table <- read.csv("{address}", encoding = "UTF-8", check.names = FALSE)'
    query = copied(html, "code-power-query")
    assert re.match(r"let\n(    \w+ = .+,\n)+    \w+ = .+\nin\n    Typed$", query)
    assert f'Web.Contents("{address}")' in query
    assert all(query.count(first) == query.count(last) for first, last in ("()", "[]", "{}"))
    assert query.count('"') % 2 == 0
    assert set(re.findall(r'\{"(\w+)", type number\}', query)) <= set(header)
    separator = "; " if language == "ru" else ", "
    sheets = copied(html, "code-google-sheets")
    assert sheets == f'=IMPORTDATA("{address}"{separator}","{separator}"en_US")'


def test_citations_name_this_edition_this_page_and_today(
    client: FlaskClient, site: Site, language: Language
) -> None:
    title = Words(site.name("en"), site.name("ru"))
    context = {"site_title": title, "base_url": BASE_URL, "accessed": day_of_access()}
    indicator = site.edition.indicators[0]
    corrections = corrections_of(site.edition, site.city, indicator.code)
    series = indicator_cited(site.edition, indicator, site.city, language, **context)
    pages = {
        "data/": edition_cited(site.edition, language, **context),
        f"kpi/{indicator.slug}/": replace(
            series, note=correction_note(corrections, indicator, language)
        ),
    }
    for path, cited in pages.items():
        html = client.get(f"/{language}/{path}").text
        for form, write in (("apa", apa), ("gost", gost), ("bibtex", bibtex), ("ris", ris)):
            citation = copied(html, f"cite-{form}")
            assert citation == write(cited).replace("\r\n", "\n").strip("\n")
            assert VERSION in citation
            assert day_of_access()[:4] in citation
        where = cited.address.removeprefix(BASE_URL)
        assert client.get(where).status_code == 200


def test_the_day_of_access_follows_the_day(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    for day, printed_day in (("2031-02-03", "03.02.2031"), ("2031-02-04", "04.02.2031")):
        for path in ("data", "data/observations", "kpi/ec-p-em-1c", f"data/{VERSION}"):
            for module in (
                *(f"open_data.{name}" for name in ("reuse", "page", "table", "edition")),
                "indicator",
            ):
                monkeypatch.setattr(f"pages.{module}.day_of_access", lambda now=day: now)
            html = client.get(f"/ru/{path}/").text
            assert f"дата обращения: {printed_day}" in copied(html, "cite-gost"), path


def test_an_indicator_offers_both_its_files(client: FlaskClient, language: Language) -> None:
    root = document_fromstring(client.get(f"/{language}/kpi/{SLUGS[0]}/").text)
    (section,) = root.xpath("//*[@id='reuse']")
    links = section.xpath(".//ul[@class='forms']//a/@href")
    assert links == [f"/{language}/kpi/{SLUGS[0]}.{form}" for form in ("csv", "json")]
    assert not section.xpath(".//details[@open]")
