"""The fact sheet: one page that says what the tables say, in words that can be copied."""

from __future__ import annotations

import re
import subprocess
import sys
from datetime import UTC, datetime

import pypdfium2
import pypdfium2.raw
import pytest
from flask.testing import FlaskClient
from PIL import ImageOps
from werkzeug.http import parse_date

from components.ages import city_sentence
from components.bands import group_state, state_counts, state_name
from components.factsheet.typesetting import factsheet_pdf
from components.formats import day, shown_share
from components.texts import text
from data.groups import group_score
from data.models import LANGUAGES, Language
from pages.pictures import renders
from pages.pictures.factsheet import sheet_contents
from pages.settings import ROOT
from pages.site import Site
from tests.conftest import BASE_URL

A4 = (595, 842)
DIMENSIONS = {
    "en": ("Economy", "Environment", "Society and culture"),
    "ru": ("Экономика", "Окружающая среда", "Общество и культура"),
}


def sheet(client: FlaskClient, language: Language) -> pypdfium2.PdfDocument:
    return pypdfium2.PdfDocument(client.get(f"/{language}/factsheet.pdf").data)


def words(client: FlaskClient, language: Language) -> str:
    """The letters of the sheet, for lines end where there is room, some of them with a hyphen."""
    return close(sheet(client, language)[0].get_textpage().get_text_range())


def close(written: str) -> str:
    return re.sub(r"[\s\x02\ufffe-]", "", written)


def test_the_sheet_is_one_page_of_a4(client: FlaskClient, language: Language) -> None:
    pages = [[round(side) for side in page.get_size()] for page in sheet(client, language)]
    assert pages == [list(A4)]


def test_it_names_dimensions_year_edition_licence_and_address(
    client: FlaskClient, site: Site, language: Language
) -> None:
    content = words(client, language)
    edition = site.edition
    dated = text(
        "footer_edition", language, version=edition.version, date=day(edition.date, language)
    )
    for wanted in (
        *DIMENSIONS[language],
        site.name(language),
        str(site.edition.year),
        dated,
        "CC BY 4.0",
        f"{BASE_URL}/{language}/",
    ):
        assert close(wanted) in content, wanted


def test_every_group_has_the_score_of_the_tables(
    client: FlaskClient, site: Site, language: Language
) -> None:
    content = words(client, language)
    fulfilment = site.fulfilment()
    groups = [(group.title[language], group.indicators) for group in fulfilment.categories()]
    dimensions = {
        score.indicator.sub_dimension: score.indicator.dimension for score in fulfilment.indicators
    }
    for sub_dimension, dimension in dimensions.items():
        members = [
            score
            for score in fulfilment.indicators
            if score.indicator.sub_dimension == sub_dimension
        ]
        title = site.edition.group_title(dimension, sub_dimension)
        groups.append((title[language], tuple(members)))
    assert len(groups) > 30
    for name, members in groups:
        score = group_score(members)
        if score.share is None:
            _, share = group_state(members, language)
        else:
            share = shown_share(score.share, language)
        counted = text(
            "factsheet_scored", language, scored=score.scored_indicators, n=score.indicators
        )
        assert close(name + share + counted) in content


def test_the_legend_counts_as_the_wheel_does(
    client: FlaskClient, site: Site, language: Language
) -> None:
    content = words(client, language)
    for state, count in state_counts(site.fulfilment().indicators).items():
        assert close(f"{count} {state_name(state, language)}") in content


def test_nothing_stands_outside_the_paper(client: FlaskClient, language: Language) -> None:
    page = sheet(client, language)[0]
    text_page = page.get_textpage()
    assert text_page.count_rects() > 100
    for index in range(text_page.count_rects()):
        left, bottom, right, top = text_page.get_rect(index)
        assert 20 < left < right < A4[0] - 20
        assert 20 < bottom < top < A4[1] - 20
    drawn = ImageOps.invert(page.render(grayscale=True).to_pil())
    left, upper, right, lower = drawn.getbbox()
    assert min(left, upper, A4[0] - right, A4[1] - lower) > 20


def test_readers_aids_find_language_title_and_tags(
    client: FlaskClient, site: Site, language: Language
) -> None:
    content = client.get(f"/{language}/factsheet.pdf").data
    document = pypdfium2.PdfDocument(content)
    title = document.get_metadata_dict()["Title"]
    assert title.endswith(f" – {site.name(language)}")
    assert title.startswith(city_sentence(site.fulfilment(), language).rstrip("."))
    assert pypdfium2.raw.FPDFCatalog_IsTagged(document.raw)
    assert re.search(rb"/Lang *\(" + language.encode(), content)


def test_its_drawings_have_no_tiles_whose_seams_a_viewer_could_show(site: Site) -> None:
    contents = sheet_contents(site, "en")
    marks = [row["mark"] for row in contents["legend"]]
    for drawing in (contents["wheel"], *marks):
        assert "<svg" in drawing
        assert not re.search("<pattern|url[(]", drawing)


def test_the_same_edition_gives_the_same_bytes(client: FlaskClient, site: Site) -> None:
    for language in LANGUAGES:
        served = client.get(f"/{language}/factsheet.pdf").data
        assert factsheet_pdf(sheet_contents(site, language)) == served


@pytest.mark.slow
def test_the_server_does_not_load_the_typesetter() -> None:
    code = "import sys, pages.pictures.factsheet; sys.exit('typst' in sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT)


def test_it_is_sent_with_a_name_and_asked_for_again_cheaply(
    client: FlaskClient, site: Site, language: Language
) -> None:
    answer = client.get(f"/{language}/factsheet.pdf")
    assert answer.content_type == "application/pdf"
    name = f"{site.city}-u4ssc-{site.edition.version}-factsheet-{language}.pdf"
    assert answer.headers["Content-Disposition"] == f'inline; filename="{name}"'
    published = datetime.fromisoformat(site.edition.date).replace(tzinfo=UTC)
    assert parse_date(answer.headers["Last-Modified"]) == published
    for headers in (
        {"If-None-Match": answer.headers["ETag"]},
        {"If-Modified-Since": answer.headers["Last-Modified"]},
    ):
        again = client.get(f"/{language}/factsheet.pdf", headers=headers)
        assert again.status_code == 304
        assert again.data == b""


def test_home_and_the_data_page_lead_to_it(client: FlaskClient, language: Language) -> None:
    for path in ("", "data/"):
        page = client.get(f"/{language}/{path}").text
        assert f'href="/{language}/factsheet.pdf"' in page


def test_no_other_language_is_set(client: FlaskClient) -> None:
    assert client.get("/de/factsheet.pdf").status_code == 404
    assert client.post("/en/factsheet.pdf").status_code == 405


def test_a_sheet_is_set_once(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    first = client.get("/en/factsheet.pdf").data
    monkeypatch.setattr(renders, "drawn_apart", lambda *_: pytest.fail("it was set again"))
    assert client.get("/en/factsheet.pdf", headers={"Cache-Control": "no-cache"}).data == first
