"""schema.org data as JSON-LD for search engines, made from what the page shows."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from components import urls
from components.document import language_address
from components.formats import DASH, file_size
from components.open_data.table_list import ListedTable
from components.texts import text
from data.exports.about import described
from data.manifests import PublishedFile
from data.metadata.fields import fields_of
from data.models import Edition, Language, Source
from data.scores import IndicatorScore
from pages.site import Site

_CONTEXT = "https://schema.org"
LICENCE = "https://creativecommons.org/licenses/by/4.0/"
_WHOLE = ("all.zip", "all.xlsx")
# The columns that say what was measured, by table.
_MEASURED = (("observations", "value"), ("targets", "target"), ("fulfilment", "share_percent"))

Described = Mapping[str, Any]


def site_catalogue(site: Site, language: Language) -> Described:
    """The site as a catalogue of data."""
    base = site.around.base_url
    return {
        "@context": _CONTEXT,
        **_catalogue(site, language),
        "description": text("home_lead", language, **site.city_words(language)),
        "inLanguage": language,
        "license": LICENCE,
        "dateModified": site.edition.date,
        "dataset": base + urls.data(language),
    }


def breadcrumbs(site: Site, language: Language, steps: Sequence[tuple[str, str]]) -> Described:
    """The way from home to a page: names and addresses below the language."""
    trail = [(text("nav_home", language), ""), *steps]
    return {
        "@context": _CONTEXT,
        "@type": "BreadcrumbList",
        "itemListElement": [
            {
                "@type": "ListItem",
                "position": position,
                "name": name,
                "item": site.around.base_url + language_address(language, path),
            }
            for position, (name, path) in enumerate(trail, start=1)
        ],
    }


def indicator_dataset(
    site: Site, language: Language, score: IndicatorScore, sentence: str
) -> Described:
    """One indicator as a dataset with its files, period and the sources of its values."""
    indicator = score.indicator
    observations = [
        observation
        for observation in site.edition.of_city(site.city, indicator.code)
        if observation.value is not None
    ]
    sources = {row.source_id: site.edition.sources[row.source_id] for row in observations}
    forms = (urls.indicator_file(language, indicator.slug, form) for form in ("csv", "json"))
    return {
        **_dataset(site, language, site.edition, f"kpi/{indicator.slug}/"),
        "name": f"{indicator.name[language]}{DASH[language]}{site.profile.name[language]}",
        "description": f"{indicator.definition[language]} {sentence}",
        "identifier": indicator.code,
        "isPartOf": site.around.base_url + urls.data(language),
        "spatialCoverage": _place(site.profile.name[language]),
        **_temporal([row.year for row in observations if row.year is not None]),
        "variableMeasured": {
            "@type": "PropertyValue",
            "name": indicator.name[language],
            "unitText": indicator.unit[language],
        },
        **_origins(sources.values()),
        "distribution": _distribution(site, language, (path.lstrip("/") for path in forms)),
    }


def edition_dataset(
    site: Site, language: Language, edition: Edition, path: str, lead: str
) -> Described:
    """A whole edition as a dataset: the archive, the workbook and a file per table."""
    names = [*_WHOLE, *(f"{table}.csv" for table in _tables(site, edition))]
    files = (f"data/{edition.version}/{name}" for name in names)
    cities = edition.by_city
    definitions = dict.fromkeys(indicator.source_id for indicator in edition.indicators)
    return {
        **_dataset(site, language, edition, path),
        "name": described(edition.package, "title")[language],
        "description": f"{lead} {text('terms_limits', language)}",
        "identifier": site.around.base_url + urls.data_edition(language, edition.version),
        "keywords": _keywords(site, language),
        "spatialCoverage": [_place(edition.cities[city].name[language]) for city in cities],
        **_temporal(site.years),
        "variableMeasured": [_measured(edition, *column, language) for column in _MEASURED],
        **_origins(edition.sources[source_id] for source_id in definitions),
        "distribution": _distribution(site, language, files),
    }


def table_dataset(site: Site, language: Language, table: ListedTable, lead: str) -> Described:
    """One table of the edition in force as a dataset, with its columns as variables."""
    whole = described(site.edition.package, "title")[language]
    return {
        **_dataset(site, language, site.edition, f"data/{table.name}/"),
        "name": f"{table.title[language]}{DASH[language]}{whole}",
        "description": f"{lead} {table.row[language]}",
        "isPartOf": site.around.base_url + urls.data(language),
        "variableMeasured": list(table.header),
        "distribution": _distribution(
            site, language, (published_file.path for published_file in table.files)
        ),
    }


def _dataset(site: Site, language: Language, edition: Edition, path: str) -> dict[str, Any]:
    """Return the properties that every dataset of the site shares."""
    base = site.around.base_url
    maker = {"@type": "Organization", "name": site.name(language), "url": f"{base}/"}
    return {
        "@context": _CONTEXT,
        "@type": "Dataset",
        "url": base + language_address(language, path),
        "inLanguage": language,
        "license": LICENCE,
        # The licence is that of our own work; the page says whose the rest is.
        "usageInfo": f"{base}{urls.data(language)}#terms",
        "version": edition.version,
        "datePublished": edition.date,
        "dateModified": edition.date,
        "isAccessibleForFree": True,
        "creator": maker,
        "publisher": maker,
        "includedInDataCatalog": _catalogue(site, language),
        "measurementTechnique": base + urls.page(language, "method"),
    }


def _catalogue(site: Site, language: Language) -> dict[str, Any]:
    url = site.around.base_url + language_address(language, "")
    return {"@type": "DataCatalog", "name": site.name(language), "url": url}


def _tables(site: Site, edition: Edition) -> list[str]:
    files = site.files.of_edition(edition.version)
    return [
        published_file.table
        for published_file in files
        if published_file.form == "csv" and published_file.table
    ]


def _distribution(site: Site, language: Language, paths: Iterable[str]) -> list[dict[str, Any]]:
    files = (site.files.find(path) for path in paths)
    return [_download(site, language, file) for file in files if file is not None]


def _download(site: Site, language: Language, file: PublishedFile) -> dict[str, Any]:
    return {
        "@type": "DataDownload",
        "name": file.name,
        "encodingFormat": file.media_type,
        "contentUrl": f"{site.around.base_url}/{file.path}",
        "contentSize": file_size(file.bytes, language),
    }


def _keywords(site: Site, language: Language) -> list[str]:
    dimensions = dict.fromkeys(indicator.dimension for indicator in site.edition.indicators)
    named = (text(f"dimension_{dimension}", language) for dimension in dimensions)
    return ["U4SSC", site.profile.name[language], *named]


def _place(name: str) -> dict[str, str]:
    return {"@type": "Place", "name": name}


def _temporal(years: Sequence[int]) -> dict[str, str]:
    """The years from the first to the last; nothing where no value has one."""
    if not years:
        return {}
    first, last = min(years), max(years)
    return {"temporalCoverage": str(first) if first == last else f"{first}/{last}"}


def _measured(edition: Edition, table: str, column: str, language: Language) -> dict[str, str]:
    field = next(field for field in fields_of(edition, table) if field["name"] == column)
    return {"@type": "PropertyValue", "name": described(field, "title")[language]}


def _origins(sources: Iterable[Source]) -> dict[str, Any]:
    """Return the sources of the dataset that have a URL."""
    works = [
        {
            "@type": "CreativeWork",
            "name": source.title,
            "url": source.url,
        }
        for source in sources
        if source.url
    ]
    return {"isBasedOn": works} if works else {}
