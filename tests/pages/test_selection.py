"""A chosen year, yardsticks and recent values: offered, shown, linked on, and explained."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pytest
from flask.testing import FlaskClient
from lxml.html import HtmlElement

from components.texts import text
from data.models import Language
from data.yardsticks import VIEWS
from pages.site import Site
from tests.builders import root_of
from tests.contracts.recount import CITY, Scored, recount, share_of_indicator, table_rows, year_of

PAGES = ("", "environment/", "kpi/")
QUERY = "as_of=2020&since=2016&yardstick=without_natural_limits"
OTHERS: Mapping[Language, Language] = {"en": "ru", "ru": "en"}


def rated(scored: dict[str, list[Scored]]) -> int:
    return sum(share_of_indicator(parts) is not None for parts in scored.values())


@pytest.mark.parametrize("page", PAGES)
def test_a_choice_stays_in_the_address_the_form_and_the_other_language(
    client: FlaskClient, language: Language, page: str
) -> None:
    root = root_of(client, f"/{language}/{page}?{QUERY}")
    canonical = str(root.xpath("string(//link[@rel='canonical']/@href)"))
    assert canonical.endswith(f"/{language}/{page}?{QUERY}")
    other = str(root.xpath("string(//a[@id='language-switch']/@href)"))
    assert other == f"/{OTHERS[language]}/{page}?{QUERY}"
    chosen = {
        "as_of": root.xpath("//select[@name='as_of']/option[@selected]/@value"),
        "yardstick": root.xpath("//select[@name='yardstick']/option[@selected]/@value"),
        "since": root.xpath("//input[@name='since'][@checked]/@value"),
    }
    assert chosen == {"as_of": ["2020"], "yardstick": ["without_natural_limits"], "since": ["2016"]}
    assert root.xpath("//form[.//select[@name='as_of']]/@action") == [f"/{language}/{page}"]


@pytest.mark.parametrize("page", PAGES)
def test_the_usual_choice_is_named_by_no_address(client: FlaskClient, page: str) -> None:
    root = root_of(client, f"/en/{page}?yardstick=common")
    assert root.xpath("string(//link[@rel='canonical']/@href)").endswith(f"/en/{page}")
    assert not root.xpath("//input[@name='since'][@checked]")
    assert root.xpath("//input[@name='since']/@value") == ["recent"]


@pytest.mark.parametrize("page", PAGES)
def test_what_is_recent_follows_the_year(client: FlaskClient, page: str) -> None:
    for query, since in (("since=recent", "2021"), ("as_of=2018&since=recent", "2013")):
        root = root_of(client, f"/en/{page}?{query}")
        canonical = query.replace("recent", since)
        assert root.xpath("string(//link[@rel='canonical']/@href)").endswith(f"?{canonical}")
        assert root.xpath("//input[@name='since'][@checked]/@value") == ["recent"]


def test_links_between_overviews_carry_the_choice(client: FlaskClient, language: Language) -> None:
    root = root_of(client, f"/{language}/?{QUERY}")
    for page in ("economy/", "environment/", "society-culture/"):
        links = root.xpath("//main//a[starts-with(@href, $path)]/@href", path=f"/{language}/{page}")
        assert len(links) == 2  # From the wheel and from the ways on.
        assert set(links) == {f"/{language}/{page}?{QUERY}"}
    assert root.xpath("//main//a[@href=$list]", list=f"/{language}/kpi/?{QUERY}")


@pytest.mark.parametrize("query", ["", "?as_of=2015", "?since=2021"])
def test_each_view_is_offered_with_the_number_of_indicators_that_it_rates(
    client: FlaskClient, query: str
) -> None:
    name, _, year = query.removeprefix("?").partition("=")
    options = root_of(client, f"/en/{query}").xpath("//select[@name='yardstick']/option")
    assert [str(option.get("value")) for option in options] == list(VIEWS)
    for view, option in zip(VIEWS, options, strict=True):
        count = rated(recount(view=view, **({name: int(year)} if year else {})))
        assert re.findall(r"\d+", option.text_content()) == [str(count)]


def test_years_in_which_a_scored_value_is_new_are_offered(client: FlaskClient, site: Site) -> None:
    dated = {
        year_of(row)
        for row in table_rows("observations")
        if row["city"] == CITY and row["value"] and row["period"]
    }
    new = [
        str(year)
        for year in sorted(dated, reverse=True)
        if any(
            part.value and part.share is not None and year_of(part.value) == year
            for parts in recount(year).values()
            for part in parts
        )
    ]
    for page in PAGES:
        root = root_of(client, f"/en/{page}")
        assert root.xpath("//select[@name='as_of']/option/@value") == new
    for year in sorted(dated - set(map(int, new))):
        root = root_of(client, f"/en/?as_of={year}")
        assert root.xpath("//select[@name='as_of']/option[@selected]/@value") == [str(year)]
    assert site.scored_years == tuple(map(int, reversed(new)))


@pytest.mark.parametrize("page", ["", "society-culture/"])
def test_a_chosen_year_says_why_colours_changed(
    client: FlaskClient, site: Site, language: Language, page: str
) -> None:
    for before, after in zip(site.scored_years[-6:], site.scored_years[-5:], strict=False):
        root = root_of(client, f"/{language}/{page}?as_of={after}")
        notes = [
            words
            for words in map(HtmlElement.text_content, root.xpath("//main//p[@class='note']"))
            if str(before) in words and str(after) in words
        ]
        assert len(notes) == 1
        listed = root.xpath("//ul[@class='changes']/li/a/@href")
        count = int(
            re.findall(r"\d+", notes[0].replace(str(before), "").replace(str(after), ""))[0]
            if listed
            else 0
        )
        assert count == len(set(listed)) == len(listed)
        if not listed:
            assert notes[0] == text("changes_none", language, before=before, after=after)
    assert not root_of(client, f"/{language}/{page}").xpath("//ul[@class='changes']")


def test_values_since_a_year_that_nobody_knew_yet_rate_nothing(
    client: FlaskClient, language: Language
) -> None:
    root = root_of(client, f"/{language}/?as_of=2015&since=2020")
    words = text("overview_rated_since", language, n=91, scored=0, since=2020)
    assert words in root.xpath("string(//p[@class='finding'])").replace("\n", " ")


@pytest.mark.parametrize(
    "evidence", ["verified", "statistics", "authority", "press", "study", "other"]
)
def test_the_list_finds_indicators_by_the_evidence_of_scored_values(
    client: FlaskClient, evidence: str
) -> None:
    root = root_of(client, f"/en/kpi/?evidence={evidence}")
    links = root.xpath("//*[@class='row-name']/a/@href")
    assert {str(address).split("/")[3] for address in links} == {
        code.lower().replace(": ", "-")
        for code, parts in recount().items()
        if any(part.share is not None and part.value["evidence"] == evidence for part in parts)
    }
