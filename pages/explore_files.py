"""Rows of a selection as files, at the address of its page with an ending."""

from __future__ import annotations

from flask import Flask, Response, request

from data.exploration import FILE_FORMS, FileForm
from data.exploration.export import selection_file
from data.models import LANGUAGES, Language
from pages.documents import Documents, respond
from pages.exploration import PARAMETERS, cited_view, explored_at
from pages.faults import bad_request_page
from pages.files.headers import SHARED, TABLE_TYPE
from pages.requests import BadParameter, read_parameters
from pages.serving import answer_once, paint_page
from pages.site import Site

_TYPES = {
    "csv": TABLE_TYPE,
    "ru-excel.csv": TABLE_TYPE,
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "parquet": "application/vnd.apache.parquet",
}


def add_explored_files(server: Flask, site: Site, documents: Documents) -> None:
    """Add the addresses of these files."""

    def view(language: Language, form: FileForm) -> Response:
        try:
            query = read_parameters(request, PARAMETERS)
        except BadParameter as bad:
            return answer_once(
                paint_page(bad_request_page(site, language, bad.name), language), 400
            )
        explored = explored_at(site, language, query)
        cited = cited_view(site, explored)
        key = f"explored:{form}:{cited.address}:{cited.accessed}"
        document = documents.at(
            key,
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

    forms = ",".join(f'"{form}"' for form in FILE_FORMS)
    languages = ",".join(LANGUAGES)
    rule = f"/<any({languages}):language>/explore.<any({forms}):form>"
    server.add_url_rule(rule, "explored_file", view)
