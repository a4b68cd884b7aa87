"""Ready citations of an edition or an indicator: APA, GOST R 7.0.5, BibTeX, RIS, CITATION.cff."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import yaml
from babel.dates import format_date

from data.models import Edition, Indicator, Language, Words

LICENCE_ID = "CC-BY-4.0"
_LATEX = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\{",
        "}": r"\}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        **{letter: f"\\{letter}" for letter in "&%$#_"},
    }
)


@dataclass(frozen=True, slots=True)
class Cited:
    """Content of a citation, in one language.

    ``date`` is the edition's, ``accessed`` the reader's day of access, both YEAR-MONTH-DAY;
    without a day of access, or an address, it is left out. The site stands for the publisher:
    nobody is named as an author who did not say so. ``note`` says what was corrected.
    """

    key: str
    title: str
    site: str
    address: str
    version: str
    date: str
    language: Language
    accessed: str = ""
    note: str = ""


def edition_cited(
    edition: Edition,
    language: Language,
    *,
    site_title: Words,
    base_url: str,
    accessed: str = "",
) -> Cited:
    """Return the citation of a whole edition; ``base_url`` has no slash at its end."""
    title = str(edition.package.get("title@ru" if language == "ru" else "title", ""))
    return Cited(
        key=f"u4ssc-indicators-{edition.version}",
        title=title or site_title[language],
        site=site_title[language],
        # The page of this very edition, which stays when it is superseded.
        address=f"{base_url}/{language}/data/{edition.version}/",
        version=edition.version,
        date=edition.date,
        language=language,
        accessed=accessed,
    )


def indicator_cited(
    edition: Edition,
    indicator: Indicator,
    city: str,
    language: Language,
    *,
    site_title: Words,
    base_url: str,
    accessed: str = "",
) -> Cited:
    """Return the citation of one indicator of ``city``; ``base_url`` has no slash at its end."""
    where = edition.cities[city].name[language]
    return Cited(
        key=f"{indicator.slug}-{city}-{edition.version}",
        title=f"{indicator.name[language]} ({indicator.code}), {where}",
        site=site_title[language],
        # The values of this very edition: the indicator's page shows those of the one in force.
        address=f"{base_url}/data/{edition.version}/kpi/{indicator.slug}.csv",
        version=edition.version,
        date=edition.date,
        language=language,
        accessed=accessed,
    )


def apa(cited: Cited) -> str:
    """APA, seventh edition: a data set without an author."""
    year = cited.date[:4]
    if cited.language == "ru":
        words = f"{cited.title} (Версия {cited.version}) [Набор данных]. ({year}). {cited.site}."
        if cited.accessed:
            words += f" Дата обращения: {_day(cited.accessed, 'd MMMM y', 'ru')}."
        return f"{words} {cited.address}".rstrip() + _noted(cited)
    words = f"{cited.title} (Version {cited.version}) [Data set]. ({year}). {cited.site}."
    if cited.accessed:
        words += f" Retrieved {_day(cited.accessed, 'MMMM d, y', 'en')}, from"
    return f"{words} {cited.address}".rstrip() + _noted(cited)


def gost(cited: Cited) -> str:
    """ГОСТ Р 7.0.5-2008, a reference to an electronic resource of remote access."""
    resource, edition, of, site, accessed = (
        ("Электронный ресурс", "изд.", "от", "сайт", "дата обращения")
        if cited.language == "ru"
        else ("Electronic resource", "ed.", "of", "website", "date of access")
    )
    words = f"{cited.title} [{resource}] : {edition} {cited.version} {of} {_dotted(cited.date)}"
    words += f" // {cited.site} : {site}. {cited.date[:4]}."
    words += f" URL: {cited.address}" if cited.address else ""
    # Without a day of access no full stop may look like a part of the address.
    words = f"{words} ({accessed}: {_dotted(cited.accessed)})." if cited.accessed else words
    return words + _noted(cited)


def bibtex(cited: Cited) -> str:
    """An entry that BibTeX and BibLaTeX both know."""
    fields = [
        # Classic styles print of a @misc neither publisher nor url.
        ("author", f"{{{_latex(cited.site)}}}"),
        ("title", f"{{{_latex(cited.title)}}}"),
        ("publisher", f"{{{_latex(cited.site)}}}"),
        ("year", cited.date[:4]),
        ("version", _latex(cited.version)),
        ("howpublished", rf"\url{{{cited.address}}}"),
        ("note", _latex("Data set" if cited.language == "en" else "Набор данных") + _more(cited)),
        ("url", cited.address),
        ("urldate", cited.accessed),
        ("language", "english" if cited.language == "en" else "russian"),
    ]
    rows = (f"  {name} = {{{value}}}" for name, value in fields if value)
    return f"@misc{{{cited.key},\n" + ",\n".join(rows) + "\n}\n"


def ris(cited: Cited) -> str:
    """An entry for Zotero, EndNote and the like; lines end as the format asks."""
    fields = [
        ("TY", "DATA"),
        ("ID", cited.key),
        ("TI", cited.title),
        ("PB", cited.site),
        ("PY", cited.date[:4]),
        ("DA", cited.date.replace("-", "/")),
        ("ET", cited.version),
        ("LA", cited.language),
        ("N1", cited.note),
        ("UR", cited.address),
        ("Y2", cited.accessed.replace("-", "/")),
        ("ER", ""),
    ]
    rows = (f"{name}  - {_line(value)}" for name, value in fields if value or name == "ER")
    return "".join(f"{row}\r\n" for row in rows)


def citation_file(cited: Cited, abstract: str, keywords: Iterable[str] = ()) -> str:
    """CITATION.cff, version 1.2.0 of the Citation File Format."""
    message = (
        "If you use this data, please cite it as below; values keep the terms of their sources."
        if cited.language == "en"
        else "Используя эти данные, сошлитесь на них так; на значения действуют условия "
        "их источников."
    )
    author = {"name": cited.site} | ({"website": cited.address} if cited.address else {})
    content = {
        "cff-version": "1.2.0",
        "message": message,
        "type": "dataset",
        "title": cited.title,
        "abstract": abstract,
        "authors": [author],
        "version": cited.version,
        "date-released": date.fromisoformat(cited.date),
        "license": LICENCE_ID,
        "url": cited.address,
        "keywords": list(keywords),
    }
    kept = {name: value for name, value in content.items() if value}
    return yaml.safe_dump(kept, allow_unicode=True, sort_keys=False, width=100)


def _noted(cited: Cited) -> str:
    """The note behind a citation, in brackets, so that an address before it stays whole."""
    return f" [{cited.note}]" if cited.note else ""


def _more(cited: Cited) -> str:
    return f"; {_latex(cited.note)}" if cited.note else ""


def _day(iso: str, pattern: str, language: Language) -> str:
    return format_date(date.fromisoformat(iso), pattern, locale=language)


def _dotted(iso: str) -> str:
    return f"{iso[8:10]}.{iso[5:7]}.{iso[:4]}"


def _latex(words: str) -> str:
    return _line(words).translate(_LATEX)


def _line(words: str) -> str:
    return " ".join(words.split())
