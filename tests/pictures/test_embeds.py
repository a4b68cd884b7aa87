"""An embed is small, asks nobody, can be framed, and answers nonsense readably in the frame."""

from __future__ import annotations

import gzip
import re

import brotli
import pytest
from flask.testing import FlaskClient
from lxml.html import HtmlElement, document_fromstring

from components.ages import years_words
from components.bands import group_state
from components.explore.views import VIEWS
from components.formats import shown_share
from components.texts import text
from data.groups import group_score
from data.models import Language
from pages.inline_assets import policy_hash, without_comments
from pages.site import Site
from tests.builders import nesting_faults, root_of, shown_number, table_rows
from tests.conftest import BASE_URL
from tests.contracts.test_addresses import BUILT, addresses
from tests.pictures.places import TELLING, charts, is_small

LARGEST, LARGEST_GZIP = 12 * 1024, 13 * 1024
POLICY = {
    "default-src": "'none'",
    "script-src": policy_hash(without_comments("embed_frame.js")),
    "style-src": "'unsafe-inline'",
    "img-src": "'self'",
    "base-uri": "'none'",
    "form-action": "'none'",
    "frame-ancestors": "*",
}
COMPRESSED = {"Accept-Encoding": "gzip, br"}


def words(element: HtmlElement) -> str:
    return " ".join(str(element.text_content()).split(" "))


@pytest.mark.parametrize("view", VIEWS)
def test_every_view_of_scores_is_a_small_embed(client: FlaskClient, view: str) -> None:
    # The other kinds: below, tests/pictures/test_lists.py and tests/quiz_pages.
    answer = client.get(f"/embed/ru/explore?view={view}", headers=COMPRESSED)
    assert answer.headers["Content-Encoding"] == "br"
    assert len(answer.data) < LARGEST


@charts
@pytest.mark.parametrize(("language", "query"), [("ru", ""), ("en", "?table=1&title=0&theme=dark")])
def test_every_embed_is_small_and_needs_nothing_else(
    client: FlaskClient, language: Language, query: str, names: tuple[str, ...]
) -> None:
    for name in names:
        answer = client.get(f"/embed/{language}/{name}{query}", headers=COMPRESSED)
        assert answer.status_code == 200
        assert answer.headers["Content-Encoding"] == "br"
        assert len(answer.data) < LARGEST, name
        plain = brotli.decompress(answer.data)
        assert len(gzip.compress(plain, 9)) < LARGEST_GZIP, name
        root = document_fromstring(plain.decode())
        assert not nesting_faults(plain.decode()), name
        assert not root.xpath("//iframe | //img | //object | //form | //@onclick")
        # Only the script that tells its height, which nothing waits for.
        assert len(root.xpath("//script")) == 1
        assert not root.xpath("//script/@src")
        assert not root.xpath("//link[@rel!='canonical' and not(contains(@type, '+oembed'))]")
        assert "@import" not in plain.decode()
        assert "Set-Cookie" not in answer.headers


def test_only_embeds_may_be_framed_and_by_anybody(client: FlaskClient) -> None:
    for address in (
        "/embed/ru/wheel",
        "/embed/ru/quiz",
        "/embed/ru/nothing",
        "/embed/ru/wheel?as_of=1",
    ):
        policy = client.get(address).headers["Content-Security-Policy"]
        assert dict(part.strip().split(" ", 1) for part in policy.split(";")) == POLICY
        assert "X-Frame-Options" not in client.get(address).headers
    for template in sorted(name for name in BUILT if not name.startswith("/embed/{lang}/")):
        for address in addresses(template)[:1]:
            policy = client.get(address).headers["Content-Security-Policy"]
            assert "frame-ancestors 'none'" in policy, address


def test_an_embed_that_has_not_changed_is_not_sent_again(client: FlaskClient) -> None:
    for name in TELLING:
        answer, head = client.get(f"/embed/en/{name}"), client.head(f"/embed/en/{name}")
        assert head.status_code == 200
        assert head.data == b""
        again = client.get(f"/embed/en/{name}", headers={"If-None-Match": answer.headers["ETag"]})
        assert again.status_code == 304
        assert "frame-ancestors *" in again.headers["Content-Security-Policy"]


@pytest.mark.parametrize("name", TELLING)
def test_links_leave_the_frame_and_lead_to_pages_that_are_there(
    client: FlaskClient, language: Language, name: str
) -> None:
    root = root_of(client, f"/embed/{language}/{name}?as_of=2019")
    assert root.xpath("string(//base/@target)") == "_top"
    # Those of SVG have to say so themselves.
    assert len(root.xpath("//svg//a")) == len(root.xpath("//svg//a[@target='_top']"))
    places = {str(href) for href in root.xpath("//a/@href")}
    assert all(href.startswith((f"/{language}/", f"{BASE_URL}/{language}/")) for href in places)
    back = str(root.xpath("string(//footer//a/@href)"))
    assert back == root.xpath("string(//link[@rel='canonical']/@href)")
    for place in [*sorted(places)[:5], back]:
        assert client.get(place.removeprefix(BASE_URL)).status_code == 200


def test_every_indicator_of_the_wheel_can_be_reached_by_keyboard(
    client: FlaskClient, site: Site
) -> None:
    root = root_of(client, "/embed/ru/wheel")
    links = [str(href) for href in root.xpath("//svg[contains(@class, 'wheel')]//a/@href")]
    for indicator in site.edition.indicators:
        assert f"/ru/kpi/{indicator.slug}/" in links
    assert not root.xpath("//a[@tabindex]")


def test_the_table_of_the_wheel_holds_every_indicator_with_its_share(
    client: FlaskClient, site: Site, language: Language
) -> None:
    root = root_of(client, f"/embed/{language}/wheel")
    rows = root.xpath("//details//tbody/tr")
    assert len(rows) == 91
    for row, score in zip(rows, site.fulfilment().indicators, strict=True):
        assert row.findtext("th/a") == score.indicator.title[language]
        value, year, target, share = (words(cell) for cell in row.findall("td"))
        if score.share is not None:
            assert share.startswith(shown_share(score.share, language))
        else:
            assert share == text(f"reason_{score.reason}", language)
        if len(score.scores) == 1 and score.scores[0].observation:
            observation = score.scores[0].observation
            if score.indicator.unit["en"] != "yes / no":
                assert shown_number(str(observation.value), language) in value.split(": ")[-1]
            assert year == (observation.period or text("period_unknown", language))
        if score.share is not None and len(score.scores) == 1 and score.scores[0].target:
            assert target.startswith(shown_number(str(score.scores[0].target.value), language))


def test_the_table_of_an_indicator_holds_every_number_of_the_edition(
    client: FlaskClient, language: Language
) -> None:
    compared = 0
    for slug in TELLING[4:]:
        rows = [
            row
            for row in table_rows("observations")
            if row["code"].lower().replace(": ", "-") == slug
            and row["city"] == "moscow"
            and row["value"]
        ]
        root = root_of(client, f"/embed/{language}/{slug}")
        cells = [
            words(cell)
            for row in root.xpath("//details//tbody/tr")
            for cell in row.xpath("td[position() = last() - 1]")
        ]
        wanted = sorted(shown_number(row["value"], language) for row in rows)
        assert len(cells) == len(wanted)
        for cell, number in zip(sorted(cells), wanted, strict=True):
            assert cell.startswith(number)
        compared += len(cells)
    assert compared > 30


def test_a_year_shows_that_year(client: FlaskClient) -> None:
    root = root_of(client, "/embed/en/sc-eh-h-3c?as_of=2015")
    years = [heading.text for heading in root.xpath("//details//tbody/tr/th")]
    assert years[0] == "2015"
    assert len(years) == 6
    wheel = root_of(client, "/embed/en/wheel?as_of=2015")
    assert "Values up to 2015" in words(wheel.find(".//main"))
    assert wheel.xpath("string(//footer//a/@href)") == f"{BASE_URL}/en/?as_of=2015"


def test_an_embed_says_whose_numbers_and_from_where(
    client: FlaskClient, site: Site, language: Language
) -> None:
    for name in TELLING:
        for query in ("", "?title=0"):
            root = root_of(client, f"/embed/{language}/{name}{query}")
            assert site.name(language) in [
                words(element)
                for element in root.xpath("//p[@class='eyebrow'] | //h1[not(@class)]")
            ]
            sources = [words(element) for element in root.xpath("//footer/p[following-sibling::a]")]
            assert {"ru": "сточник", "en": "ource"}[language] in " ".join(sources), name


def test_a_dimension_shows_a_bar_per_category_and_the_rest_behind_it(
    client: FlaskClient, site: Site
) -> None:
    for key, slug in (("economy", "economy"), ("society_culture", "society-culture")):
        root = root_of(client, f"/embed/en/{slug}")
        rows = root.xpath("//*[@id='drawn']//li")
        groups = site.fulfilment().categories(key)
        assert [words(row[0]) for row in rows] == [group.title["en"] for group in groups]
        for row, group in zip(rows, groups, strict=True):
            share = group_score(group.indicators).share
            years = [year for score in group.indicators for year in score.years]
            if share is None:
                assert words(row[1]) == group_state(group.indicators, "en")[1]
                continue
            assert words(row[1][0]) == shown_share(share, "en")
            assert words(row[1][1]) == years_words(sorted(years))
        behind = root.xpath("//details[not(@id)]//li/a")
        assert len(behind) == len(site.fulfilment().of_dimension(key))


def test_a_year_before_the_first_value_says_so_and_nothing_else(
    client: FlaskClient, language: Language
) -> None:
    first = min(
        row["period"][:4]
        for row in table_rows("observations")
        if row["code"] == "EC: ICT: ICT: 1C" and row["city"] == "moscow" and row["value"]
    )
    assert first > "2012"
    root = root_of(client, f"/embed/{language}/ec-ict-ict-1c?as_of=2012")
    content = words(root.find(".//body"))
    assert "2012" in content
    assert first in content
    assert text("lacks_no_value", language) not in content
    assert text("picture_sources_none", language) not in content
    assert text("sentence_no_value", language, name="") not in content
    assert not root.xpath("//table")
    later = root_of(client, f"/embed/{language}/ec-ict-ict-1c?as_of={first}")
    assert later.xpath("//table")
    # Where no source has a number, that is still what is said.
    never = root_of(client, f"/embed/{language}/ec-ict-ws-1c?as_of=2012")
    assert text("lacks_no_value", language) in words(never.find(".//main"))
    assert not never.xpath("//table")


def test_a_title_may_be_left_to_the_page_around(client: FlaskClient) -> None:
    with_title = root_of(client, "/embed/ru/economy")
    without = root_of(client, "/embed/ru/economy?title=0")
    assert with_title.xpath("//h1[not(@class)]")
    # It stays for screen readers, who meet the frame as a document of its own.
    assert without.findtext(".//h1") == with_title.findtext(".//h1")
    assert without.xpath("//h1[@class='unseen']")


def test_the_table_may_stand_open(client: FlaskClient) -> None:
    assert not root_of(client, "/embed/ru/wheel").xpath("//details[@open]")
    assert root_of(client, "/embed/ru/wheel?table=1").xpath("//details[@open]")
    assert not root_of(client, "/embed/ru/wheel?table=0").xpath("//details[@open]")


@pytest.mark.parametrize(
    ("theme", "scheme"), [("light", "light"), ("dark", "dark"), ("auto", "light dark")]
)
def test_a_theme_is_kept_or_follows_the_reader(
    client: FlaskClient, theme: str, scheme: str
) -> None:
    html = client.get(f"/embed/ru/wheel?theme={theme}").text
    assert f'<meta name="color-scheme" content="{scheme}">' in html
    assert ("prefers-color-scheme" in html) == (theme == "auto")
    for name in set(re.findall(r"var\((--\w+)\)", html)):
        assert f"{name}:" in html


def test_what_an_address_need_not_say_makes_no_difference(client: FlaskClient) -> None:
    plain = client.get("/embed/ru/wheel")
    for query in ("edition=latest", "theme=auto", "title=1", "table=0", "interactive=0"):
        assert client.get(f"/embed/ru/wheel?{query}").data == plain.data


def test_the_edition_in_force_may_be_asked_for_by_its_version(
    client: FlaskClient, site: Site
) -> None:
    frozen = root_of(client, f"/embed/ru/wheel?edition={site.edition.version}")
    live = root_of(client, "/embed/ru/wheel")
    assert words(frozen.find(".//main")) == words(live.find(".//main"))
    assert not frozen.xpath("//*[@class='superseded']")


def test_another_edition_is_not_there_and_the_frame_says_so(
    client: FlaskClient, site: Site
) -> None:
    root = root_of(client, "/embed/en/wheel?edition=1999.1", 404)
    content = words(root.find(".//main"))
    assert "1999.1" in content
    assert site.edition.version in content


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/embed/ru/nothing", 404),
        ("/embed/ru/%3Cscript%3Ealert(1)%3C%2Fscript%3E", 404),
        ("/embed/ru/wheel/", 404),
        ("/embed/ru/kpi/sc-eh-h-3c", 404),
        ("/embed/de/wheel", 404),
        ("/embed/ru", 404),
        ("/embed/", 404),
        ("/embed/ru/wheel?interactive=yes", 400),
        ("/embed/ru/wheel?as_of=1066", 400),
        ("/embed/ru/wheel?as_of=%3Cscript%3Ealert(1)", 400),
        ("/embed/ru/sc-eh-h-3c?as_of=1066", 400),
        ("/embed/ru/wheel?theme=%22%3E%3Cscript%3Ealert(1)", 400),
        ("/embed/ru/wheel?theme=light&theme=dark", 400),
        ("/embed/ru/wheel?title=yes", 400),
        ("/embed/ru/wheel?table=2", 400),
        ("/embed/ru/wheel?edition=%3Cscript%3Ealert(1)", 400),
        ("/embed/ru/wheel?edition=2026.1%0d%0aX: y", 400),
        ("/embed/ru/wheel?as_of=%00", 400),
        ("/embed/ru/wheel?as_of=%ff", 400),
        (f"/embed/ru/wheel?q={'x' * 3000}", 400),
    ],
)
def test_nonsense_gets_a_small_readable_answer(
    client: FlaskClient, address: str, status: int
) -> None:
    answer = client.get(address)
    assert answer.status_code == status
    assert is_small(answer.data)
    assert "alert(1)" not in answer.text
    assert "frame-ancestors *" in answer.headers["Content-Security-Policy"]
    assert answer.headers["Cache-Control"] == "no-store"
    root = document_fromstring(answer.text)
    assert not nesting_faults(answer.text)
    assert len(words(root.find(".//main"))) > 40
    assert root.xpath("string(//main//a/@href)").startswith(BASE_URL)


def test_a_campaign_tag_changes_nothing(client: FlaskClient) -> None:
    plain, tagged = client.get("/embed/ru/wheel"), client.get("/embed/ru/wheel?utm_source=x")
    assert plain.data == tagged.data


@pytest.mark.parametrize("name", ["wheel", "economy", "ec-p-em-1c"])
def test_every_part_of_a_mark_has_its_colour(client: FlaskClient, name: str) -> None:
    root = root_of(client, f"/embed/en/{name}")
    sheet = "".join(style.text or "" for style in root.iter("style"))
    parts = {part.get("class") for part in root.xpath("//symbol[starts-with(@id, 'm-')]/*")}
    assert {"m4", "m3", "m2", "m1"} <= parts
    assert not [part for part in parts if not re.search(rf"\.{part}\b[^{{}}]*{{", sheet)]
