"""Citations are complete, in the form that each style asks for, and safe to paste."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date

import yaml

from data.citations import (
    Cited,
    apa,
    bibtex,
    citation_file,
    edition_cited,
    gost,
    indicator_cited,
    ris,
)
from data.editions import newest_folder
from data.models import Edition, Language
from tests.data.conftest import BASE_URL, CITY, SITE

PACKAGE = json.loads((newest_folder() / "datapackage.json").read_text("utf-8"))
VERSION = PACKAGE["version"]
DAY = f"{date.fromisoformat(PACKAGE['created'][:10]):%d.%m.%Y}"


def of_edition(edition: Edition, language: Language, accessed: str = "2026-11-23") -> Cited:
    return edition_cited(edition, language, site_title=SITE, base_url=BASE_URL, accessed=accessed)


def of_indicator(edition: Edition, language: Language) -> Cited:
    return indicator_cited(
        edition,
        edition.indicators[0],
        CITY,
        language,
        site_title=SITE,
        base_url=BASE_URL,
        accessed="2026-11-23",
    )


def test_apa_in_english(edition: Edition) -> None:
    assert apa(of_edition(edition, "en")) == (
        f"U4SSC indicators of cities: published values, targets and sources (Version {VERSION}) "
        "[Data set]. (2026). City indicators. Retrieved November 23, 2026, from "
        f"https://indicators.example.org/en/data/{VERSION}/"
    )


def test_apa_in_russian(edition: Edition) -> None:
    assert apa(of_indicator(edition, "ru")) == (
        f"Доступ домохозяйств к интернету (EC: ICT: ICT: 1C), Москва (Версия {VERSION}) "
        "[Набор данных]. (2026). Показатели города. Дата обращения: 23 ноября 2026. "
        f"https://indicators.example.org/data/{VERSION}/kpi/ec-ict-ict-1c.csv"
    )


def test_gost_in_russian(edition: Edition) -> None:
    assert gost(of_edition(edition, "ru")) == (
        "Показатели городов по методике U4SSC: опубликованные значения, цели и источники "
        f"[Электронный ресурс] : изд. {VERSION} от {DAY} // Показатели города : сайт. 2026. "
        f"URL: https://indicators.example.org/ru/data/{VERSION}/ (дата обращения: 23.11.2026)."
    )


def test_gost_in_english(edition: Edition) -> None:
    assert gost(of_indicator(edition, "en")) == (
        "Household Internet Access (EC: ICT: ICT: 1C), Moscow [Electronic resource] : ed. "
        f"{VERSION} of {DAY} // City indicators : website. 2026. "
        f"URL: https://indicators.example.org/data/{VERSION}/kpi/ec-ict-ict-1c.csv "
        "(date of access: 23.11.2026)."
    )


def test_without_a_day_of_access_none_is_made_up(edition: Edition, language: Language) -> None:
    cited = of_edition(edition, language, accessed="")
    for words in (apa(cited), gost(cited)):
        assert words.endswith(cited.address)
    assert "urldate" not in bibtex(cited)
    assert "Y2" not in ris(cited)


def test_bibtex_names_every_field(edition: Edition, language: Language) -> None:
    entry = bibtex(of_indicator(edition, language))
    assert entry.startswith(f"@misc{{ec-ict-ict-1c-moscow-{VERSION},\n")
    fields = dict(re.findall(r"^  (\w+) = \{(.*)\},?$", entry, re.MULTILINE))
    assert set(fields) == {
        *("author", "title", "publisher", "year", "version", "howpublished", "note"),
        *("url", "urldate", "language"),
    }
    assert fields["url"] == f"{BASE_URL}/data/{VERSION}/kpi/ec-ict-ict-1c.csv"
    # Classic styles know neither publisher nor url of a @misc.
    assert fields["howpublished"] == f"\\url{{{fields['url']}}}"
    assert fields["author"] == fields["publisher"]
    assert entry.count("{") == entry.count("}")


def test_bibtex_masks_what_latex_would_run() -> None:
    wicked = r"50% & $x_1$ #1 {a} ~ ^ \input{/etc/passwd}"
    cited = Cited("key", wicked, "S", "https://example.org/", "1.1", "2026-11-22", "en")
    title = next(line for line in bibtex(cited).splitlines() if "title" in line)
    inner = title.removeprefix("  title = {{").removesuffix("}},")
    assert r"50\% \& \$x\_1\$ \#1 \{a\}" in inner
    assert r"\input" not in inner
    assert not re.search(r"(?<!\\)[&%$#_]", inner)


def test_ris_has_one_field_a_line_and_an_end(edition: Edition, language: Language) -> None:
    entry = ris(of_edition(edition, language))
    lines = entry.split("\r\n")
    assert lines[0] == "TY  - DATA"
    assert lines[-2:] == ["ER  - ", ""]
    assert all(re.match(r"[A-Z][A-Z0-9]  - ", line) for line in lines[:-1])
    assert f"ET  - {VERSION}" in lines
    assert "Y2  - 2026/11/23" in lines


def test_a_line_break_in_a_title_cannot_begin_a_field() -> None:
    cited = Cited("key", "Two\r\nAU  - lines", "S", "https://e.org/", "1.1", "2026-11-22", "en")
    assert "TI  - Two AU - lines\r\n" in ris(cited)
    assert "\nAU" not in ris(cited)
    assert "\n" not in next(line for line in bibtex(cited).split(",\n") if "title" in line)[1:-1]


def test_citation_cff_has_what_version_1_2_0_requires(edition: Edition, language: Language) -> None:
    content = yaml.safe_load(citation_file(of_edition(edition, language), "About.", ["U4SSC"]))
    assert content["cff-version"] == "1.2.0"
    assert content["type"] == "dataset"
    assert content["message"]
    assert content["title"]
    assert content["authors"] == [
        {"name": SITE[language], "website": f"{BASE_URL}/{language}/data/{VERSION}/"}
    ]
    assert content["version"] == edition.version
    assert content["date-released"] == date.fromisoformat(edition.date)
    assert content["license"] == "CC-BY-4.0"
    assert content["keywords"] == ["U4SSC"]


def test_each_language_cites_in_its_own_words(edition: Edition) -> None:
    english, russian = of_indicator(edition, "en"), of_indicator(edition, "ru")
    assert (english.site, russian.site) == (SITE.en, SITE.ru)
    assert english.address == russian.address
    pages = [of_edition(edition, language).address for language in ("en", "ru")]
    assert pages == [f"{BASE_URL}/{language}/data/{VERSION}/" for language in ("en", "ru")]
    assert not re.search("[а-яё]", apa(english) + gost(english) + bibtex(english) + ris(english))


def test_a_correction_is_noted_behind_each_citation(edition: Edition, language: Language) -> None:
    plain = of_indicator(edition, language)
    noted = replace(plain, note="corrected: 100 & more")
    for prose in (apa, gost):
        assert prose(noted) == f"{prose(plain)} [corrected: 100 & more]"
    assert r"; corrected: 100 \& more}" in bibtex(noted)
    assert "N1  - corrected: 100 & more" in ris(noted).split("\r\n")
    assert "N1" not in ris(plain)
