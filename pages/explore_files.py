"""Rows and pictures of a selection as files, at the address of its page with an ending."""

from functools import partial
from typing import Any, cast
from urllib.parse import unquote

from flask import Flask, Response, abort, redirect, request

from components import urls
from components.pictures.frame import picture
from data.exploration.export import selection_file
from data.exploration.selection import FILE_FORMS, FileForm
from data.exploration.selection import PARAMETERS as NAMES
from data.models import Language
from pages.documents import Documents, respond
from pages.exploration import PARAMETERS, cited_view, explored_at
from pages.explored_chart import ExploredChart, name_of
from pages.files.headers import SHARED, TABLE_TYPE
from pages.pictures.charts import FORMAT, FORMS, LOOK, chart_in, look_in
from pages.pictures.renders import Pictures, Renders
from pages.requests import IN_LANGUAGE, BadParameter, NoSuchThing, read_parameters
from pages.serving import answer_bad
from pages.site import Site

_TYPES = {
    "csv": TABLE_TYPE,
    "ru-excel.csv": TABLE_TYPE,
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "parquet": "application/vnd.apache.parquet",
}


# Endpoints of pictures: with parameters as a query, and as a path.
PICTURES = ("explored_picture", "explored_picture_options")
PICTURE_PARAMETERS = (*PARAMETERS, *LOOK)


def add_explored_files(server: Flask, site: Site, documents: Documents, renders: Renders) -> None:
    """Add the addresses of rows and pictures."""
    start = f"{IN_LANGUAGE}/explore"
    forms = ",".join(f'"{form}"' for form in FILE_FORMS)
    rows = partial(_rows, site, documents)
    server.add_url_rule(f"{start}.<any({forms}):form>", "explored_file", rows)
    rests = (".<any(svg,png):form>", "/<path:options>")
    for endpoint, rest in zip(PICTURES, rests, strict=True):
        view = partial(_picture, site, Pictures(documents, renders))
        server.add_url_rule(start + rest, endpoint, view)


def _rows(site: Site, documents: Documents, language: Language, form: FileForm) -> Response:
    try:
        query = read_parameters(request, PARAMETERS)
    except BadParameter as bad:
        return answer_bad(site, language, bad)
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
    site: Site, pictures: Pictures, language: Language, form: str = "", options: str = ""
) -> Response:
    try:
        look = read_parameters(request, PICTURE_PARAMETERS)
        if options:
            name, form, path_look = view_in(options)
            chart, look = ExploredChart.named(site, language, name), path_look | look
        else:
            chart = ExploredChart(site, explored_at(site, language, look))
    except BadParameter as bad:
        return answer_bad(site, language, bad, 404 if bad.name == FORMAT else 400)
    except NoSuchThing:
        abort(404)
    look = {kind.name: look[kind.name] for kind in LOOK if kind.name in look}
    own = urls.picture(language, name_of(chart.explored), form, **look)
    if options and unquote(own) != request.path:
        return cast("Response", redirect(own, 301))
    draw = partial(picture, chart.sheet, chart.imprint, language, **look_in(look))
    key = f"explored:{site.edition.digest}:{site.city}:{own}"
    name = f"u4ssc-{site.city}-explore-{site.edition.version}-{language}.{form}"
    return pictures.send(key, draw, form, (name, site.around.base_url + own))


def view_in(path: str) -> tuple[str, str, dict[str, Any]]:
    """Return the name of the view, the format and the look that a picture's path stands for.

    Raises:
        NoSuchThing: a segment names nothing, or a parameter stands there twice.
        BadParameter: the value of a segment cannot be read, or there is no such format.
    """
    stem, dot, form = path.rpartition(".")
    if not dot or not form.isalnum():
        raise NoSuchThing(path)
    if form not in FORMS:
        raise BadParameter(FORMAT)
    segments = list(filter(None, stem.split("/")))
    choices = [segment for segment in segments if segment.partition("-")[0] in NAMES]
    _, look = chart_in(
        urls.EXPLORED, "/".join(segment for segment in segments if segment not in choices)
    )
    return "/".join((urls.EXPLORED, *choices)), form, look
