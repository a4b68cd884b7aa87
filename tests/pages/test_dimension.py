"""The page of a dimension: orders of its rows, its neighbours, what has no row, and its ways on."""

from __future__ import annotations

import re
from collections import Counter

from flask.testing import FlaskClient
from lxml.html import HtmlElement

from components.bands import state_words
from components.texts import text
from data.models import Language
from pages.site import Site
from tests.builders import root_of

QUERY = "as_of=2020&since=2016&yardstick=without_natural_limits"


def names_in(root: HtmlElement) -> list[str]:
    return [link.text_content() for link in root.xpath("//*[@class='row-name']//a")]


def test_rows_stand_in_the_order_that_was_asked_for(
    client: FlaskClient, site: Site, language: Language
) -> None:
    page = f"/{language}/economy/"
    members = [score for score in site.fulfilment().of_dimension("economy") if score.has_value]
    titles = {score.indicator.title[language]: score for score in members}
    by_topic = names_in(root_of(client, page))
    assert sorted(by_topic) == sorted(titles)
    by_name = names_in(root_of(client, f"{page}?sort=name"))
    assert by_name == sorted(titles, key=lambda name: name.lower().replace("ё", "е"))
    by_distance = [titles[name] for name in names_in(root_of(client, f"{page}?sort=distance"))]
    shares = [score.share for score in by_distance if score.share is not None]
    assert shares == sorted(shares)
    assert all(score.share is None for score in by_distance[len(shares) :])
    root = root_of(client, f"{page}?sort=age")
    years = [
        row.text_content()[:4]
        for row in root.xpath("//ul[@class='rows']//*[contains(@class, 'year')]")
    ]
    dated = [year for year in years if year.isdigit()]
    assert dated == sorted(dated, reverse=True)
    assert years[: len(dated)] == dated
    assert len(root.xpath("//ul[@class='rows']")) == 1


def test_an_order_is_part_of_the_address_and_keeps_the_choice(client: FlaskClient) -> None:
    root = root_of(client, f"/en/environment/?{QUERY}&sort=age")
    canonical = str(root.xpath("string(//link[@rel='canonical']/@href)"))
    assert canonical.endswith(f"/en/environment/?{QUERY}&sort=age")
    assert root.xpath("//form//input[@name='sort']/@value") == ["age"]
    root = root_of(client, "/en/environment/?sort=topic")
    assert str(root.xpath("string(//link[@rel='canonical']/@href)")).endswith("/en/environment/")


def test_the_dimensions_stand_side_by_side_with_the_choice(
    client: FlaskClient, language: Language
) -> None:
    root = root_of(client, f"/{language}/environment/?{QUERY}")
    links = root.xpath("//nav[@class='tabs']//a")
    slugs = ("economy", "environment", "society-culture")
    assert [link.get("href") for link in links] == [
        f"/{language}/{slug}/?{QUERY}" for slug in slugs
    ]
    assert [link.get("aria-current") for link in links] == [None, "page", None]


def test_one_line_counts_what_has_no_rating_by_reason(
    client: FlaskClient, site: Site, language: Language
) -> None:
    for slug in ("economy", "environment", "society-culture"):
        root = root_of(client, f"/{language}/{slug}/")
        members = site.fulfilment().of_dimension(slug.replace("-", "_"))
        unrated = [score for score in members if score.share is None]
        (summary,) = root.xpath("//details[@class='unrated-fold']/summary")
        line = summary.text_content().lower()
        assert re.findall(r"\d+", line)[0] == str(len(unrated))
        for words, count in Counter(state_words(score, language) for score in unrated).items():
            counted = {"en": rf"\({count}\)", "ru": rf"—\xa0{count}\b"}[language]
            assert re.search(rf"{re.escape(words.lower())}\xa0{counted}", line), words


def test_several_values_show_the_worst_and_count_the_others(
    client: FlaskClient, language: Language
) -> None:
    root = root_of(client, f"/{language}/environment/")
    (row,) = root.xpath(f"//ul[@class='rows']/li[.//a[@href='/{language}/kpi/en-en-aq-1c/']]")
    words = row.text_content()
    assert "NO₂" in words
    assert "36.8".replace(".", {"en": ".", "ru": ","}[language]) in words
    assert text("row_more", language, n=2) in words
    assert re.search(r"\b3\b.*\b50\b", words)


def test_files_of_a_dimension_follow_the_choice(client: FlaskClient, language: Language) -> None:
    root = root_of(client, f"/{language}/economy/?{QUERY}")
    links = [str(link) for link in root.xpath("//p[contains(@class, 'tools')]//a/@href")]
    explored, table, shared = links
    rows = client.get(table)
    assert rows.content_type.startswith("text/csv")
    assert len(rows.text.splitlines()) > 40
    for page in (explored, shared):
        assert client.get(page).status_code == 200
        assert "as_of=2020" in page
    assert all("yardstick=without_natural_limits" in link for link in links)
