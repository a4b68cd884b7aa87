"""Rows and pictures of a selection as files, at the address of its page with an ending."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from flask import Flask, Response, request

from components.explore.views import VIEWS, view_sheet, view_sources
from components.pictures.frame import Imprint, picture
from data.exploration import FILE_FORMS, FileForm
from data.exploration.export import selection_file
from data.models import LANGUAGES, Language
from pages.chart import edition_words
from pages.documents import Document, Documents, respond
from pages.exploration import PARAMETERS, choice_of, cited_view, context_of_view, explored_at
from pages.faults import bad_request_page
from pages.files.headers import SHARED, TABLE_TYPE
from pages.operation.response_cache import cacheable
from pages.pictures.charts import LOOK, PNG, SVG
from pages.pictures.renders import Renders
from pages.requests import BadParameter, read_parameters
from pages.serving import answer_once, paint_page
from pages.site import Site

_TYPES = {
    "csv": TABLE_TYPE,
    "ru-excel.csv": TABLE_TYPE,
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "parquet": "application/vnd.apache.parquet",
}


PICTURE = "explored_picture"  # The endpoint of pictures.
PICTURE_PARAMETERS = (*PARAMETERS, *LOOK)


def add_explored_files(server: Flask, site: Site, documents: Documents, renders: Renders) -> None:
    """Add the addresses of rows and pictures."""
    forms = ",".join(f'"{form}"' for form in FILE_FORMS)
    rules = (
        (forms, "explored_file", partial(_rows, site, documents)),
        ("svg,png", PICTURE, partial(_picture, site, documents, renders)),
    )
    for endings, endpoint, view in rules:
        rule = f"/<any({','.join(LANGUAGES)}):language>/explore.<any({endings}):form>"
        server.add_url_rule(rule, endpoint, view)


def _bad(site: Site, language: Language, bad: BadParameter) -> Response:
    return answer_once(paint_page(bad_request_page(site, language, bad.name), language), 400)


def _rows(site: Site, documents: Documents, language: Language, form: FileForm) -> Response:
    try:
        query = read_parameters(request, PARAMETERS)
    except BadParameter as bad:
        return _bad(site, language, bad)
    explored = explored_at(site, language, query)
    cited = cited_view(site, explored)
    document = documents.at(
        f"explored:{form}:{cited.address}:{cited.accessed}",
        lambda: selection_file(site.edition, explored.selected, form, cited),
        _TYPES[form],
        variant=True,
    )
    response = respond(document)
    response.headers.extend(SHARED)
    name = f"{site.city}-u4ssc-{site.edition.version}-selection.{form}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Link"] = f'<{cited.address}>; rel="canonical"'
    return response


def _picture(
    site: Site, documents: Documents, renders: Renders, language: Language, form: str
) -> Response:
    try:
        query = read_parameters(request, PICTURE_PARAMETERS)
    except BadParameter as bad:
        return _bad(site, language, bad)
    asked = sorted(query.items())
    key = f"explored:{site.edition.digest}:{site.city}:{form}:{language}:{asked}"
    draw = partial(_drawn, site, language, query)
    if form == "svg":
        document = documents.at(key, draw, SVG, variant=True)
    else:
        cacheable()
        document = Document(renders.at(key, draw), PNG)
    response = respond(document)
    name = f"u4ssc-{site.city}-explore-{site.edition.version}-{language}.{form}"
    response.headers["Content-Disposition"] = f'inline; filename="{name}"'
    # Pictures are for anybody's page.
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


def _drawn(site: Site, language: Language, query: Mapping[str, Any]) -> str:
    """Return the picture of the view of a query as SVG."""
    explored = explored_at(site, language, query)
    context, view = context_of_view(site, explored), VIEWS[explored.selection.chart]
    cited = cited_view(site, explored)
    imprint = Imprint(
        site_name=site.name(language),
        address=cited.address.partition("://")[2],
        edition=edition_words(site, language),
        sources=view_sources(explored.selected, context),
    )
    return picture(
        view_sheet(view, explored.selected, context, cited.title, choice_of(explored)),
        imprint,
        language,
        query.get("theme", "light"),
        form=query.get("size", "whole"),
        width=query.get("width"),
    )
