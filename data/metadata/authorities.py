"""Terms that catalogues share: addresses of the EU's lists, with their classes and names.

A catalogue that is read alone must say of each of them what it is and what it is called.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from rdflib import DCTERMS, RDFS, SKOS, Namespace, URIRef

from data.models import Language, Words

SPDX = Namespace("http://spdx.org/rdf/terms#")
_LISTS = "http://publications.europa.eu/resource/authority/"
_MEDIA_TYPES = "https://www.iana.org/assignments/media-types/"
_FORMATS = {
    "csv": "CSV",
    "ru-excel.csv": "CSV",
    "json": "JSON",
    "xlsx": "XLSX",
    "parquet": "PARQUET",
    "zip": "ZIP",
}


@dataclass(frozen=True, slots=True)
class Term:
    """One term: its address, its class, the property that names it, and its name."""

    address: URIRef
    kind: URIRef
    named_by: URIRef
    name: Words


def _concept(address: str, en: str, ru: str) -> Term:
    return Term(URIRef(_LISTS + address), SKOS.Concept, SKOS.prefLabel, Words(en, ru))


def _term(address: str, kind: URIRef, en: str, ru: str) -> Term:
    return Term(URIRef(_LISTS + address), kind, RDFS.label, Words(en, ru))


SUBJECTS = Term(
    URIRef(f"{_LISTS}data-theme"),
    SKOS.ConceptScheme,
    DCTERMS.title,
    Words("Data theme", "Темы данных"),
)
THEMES = (
    _concept("data-theme/REGI", "Regions and cities", "Регионы и города"),
    _concept("data-theme/ENVI", "Environment", "Окружающая среда"),
    _concept("data-theme/ECON", "Economy and finance", "Экономика и финансы"),
    _concept("data-theme/SOCI", "Population and society", "Население и общество"),
)
LASTING = _concept("planned-availability/STABLE", "stable", "постоянно")
PUBLIC = _term("access-right/PUBLIC", DCTERMS.RightsStatement, "public", "открытый доступ")
NOW_AND_THEN = _term("frequency/IRREG", DCTERMS.Frequency, "irregular", "нерегулярно")
CONTINUOUSLY = _term("frequency/CONT", DCTERMS.Frequency, "continuous", "постоянно")
MONTHLY = _term("frequency/MONTHLY", DCTERMS.Frequency, "monthly", "ежемесячно")
NEVER = _term("frequency/NEVER", DCTERMS.Frequency, "never", "никогда")
SHA256 = Term(
    SPDX.checksumAlgorithm_sha256,
    SPDX.ChecksumAlgorithm,
    RDFS.label,
    Words("SHA-256", "SHA-256"),
)
SPOKEN: Mapping[Language, Term] = {
    "en": _term("language/ENG", DCTERMS.LinguisticSystem, "English", "английский язык"),
    "ru": _term("language/RUS", DCTERMS.LinguisticSystem, "Russian", "русский язык"),
}


def file_format(form: str) -> Term:
    """The format of a published file, by its form."""
    name = _FORMATS[form]
    return _term(f"file-type/{name}", DCTERMS.MediaTypeOrExtent, name, name)


def media_type(name: str) -> Term:
    """A media type as the IANA registers it."""
    return Term(URIRef(_MEDIA_TYPES + name), DCTERMS.MediaType, RDFS.label, Words(name, name))
