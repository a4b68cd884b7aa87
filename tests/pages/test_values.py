"""Pages of single values and of the city's own goals, and what an indicator's page says of both."""

from __future__ import annotations

import json
from collections import Counter

import pytest
from flask.testing import FlaskClient
from lxml.html import HtmlElement

from components.formats import day
from components.texts import text
from data.exports.indicator_files import IndicatorFiles
from data.models import Language
from data.own_goals import own_goals
from data.robustness import all_robustness
from pages.site import Site
from tests.builders import root_of, table_rows
from tests.contracts.documents import SAMPLES, WITHDRAWN, slug_of

ROWS = {row["value_id"]: row for row in table_rows("observations")}
CORRECTIONS = table_rows("corrections")


def words(element: HtmlElement) -> str:
    return " ".join(element.text_content().split())


@pytest.mark.parametrize("value_id", SAMPLES[::4])
def test_the_page_of_a_value_has_its_source_quotation_and_four_citations(
    client: FlaskClient, language: Language, value_id: str
) -> None:
    root = root_of(client, f"/{language}/value/{value_id}/")
    content = words(root.find(".//main"))
    if row := ROWS.get(value_id):
        sources = {source["source_id"]: source for source in table_rows("sources")}
        assert " ".join(sources[row["source_id"]]["title"].split()) in content
        assert text(f"evidence_{row['evidence']}", language) in content
        if row["value_text"] and not row["value_text"].startswith("["):
            assert " ".join(row["value_text"].split()) in content
    codes = [words(box) for box in root.xpath("//*[starts-with(@id, 'cite-')]")]
    for form in ("apa", "gost", "bibtex", "ris"):
        assert root.xpath(f"//*[@id='cite-{form}']"), form
    assert sum(f"/{language}/value/{value_id}/" in code for code in codes) >= 4
    assert root.xpath("//meta[@name='robots']/@content") == ["noindex"]


@pytest.mark.parametrize("value_id", WITHDRAWN)
def test_a_withdrawn_value_says_so_and_why(
    client: FlaskClient, language: Language, value_id: str
) -> None:
    content = words(root_of(client, f"/{language}/value/{value_id}/").find(".//main"))
    assert text("value_page_withdrawn", language) in content
    assert text("value_absent", language) in content
    (row,) = (row for row in CORRECTIONS if row["value_id"] == value_id)
    reason = row["reason" if language == "en" else "reason_ru"]
    assert " ".join(reason.split()) in content
    when = " ".join(day(row["date"], language).split())
    assert text("value_note_withdrawn", language, date=when) in content


def test_a_value_that_nobody_knows_is_not_found(client: FlaskClient, language: Language) -> None:
    for value_id in ("nowhere-1", "moscow", "x" * 200):
        answer = client.get(f"/{language}/value/{value_id}/")
        assert answer.status_code == 404
        assert text("not_found_title", language) in answer.text


def test_each_correction_stands_on_the_page_of_its_indicator_and_in_its_json(
    client: FlaskClient, site: Site, language: Language
) -> None:
    files = IndicatorFiles(site.edition, site.city)
    counts = Counter(row["code"] for row in CORRECTIONS)
    for code, count in counts.items():
        address = f"/{language}/kpi/{slug_of(code)}"
        content = words(root_of(client, f"{address}/").find(".//main"))
        for row in CORRECTIONS:
            if row["code"] == code:
                reason = row["reason" if language == "en" else "reason_ru"]
                assert " ".join(reason.split()).rstrip(".") in content, row
                assert " ".join(day(row["date"], language).split()) in content
        written = json.loads(files.json(site.indicator(code)))
        assert len(written["corrections"]) == count


def test_the_page_of_own_goals_has_every_goal_under_its_outcome(
    client: FlaskClient, site: Site, language: Language
) -> None:
    root = root_of(client, f"/{language}/own-goals/")
    wanted = Counter(goal.outcome or "doubtful" for goal in own_goals(site.edition, site.city))
    counts = {
        str(section.get("id")): len(section.xpath("./ul[@class='goals']/li"))
        for section in root.xpath("//section[@id]")
    }
    assert counts == wanted
    for section in root.xpath("//section[@id='open']//li"):
        years = [goal["target_year"] for goal in table_rows("targets") if goal["target_year"]]
        assert any(year in words(section) for year in years)
        assert text("verdict_own_goal_missed", language) not in words(section)


def test_an_indicator_says_whether_its_colour_depends_on_the_yardstick(
    client: FlaskClient, site: Site, language: Language
) -> None:
    depending = 0
    for tried in all_robustness(site.edition, site.fulfilment()):
        slug = tried.score.indicator.slug
        root = root_of(client, f"/{language}/kpi/{slug}/")
        content = words(root.xpath("//section[@id='colour']")[0])
        if not tried.alternatives:
            assert text("robust_alone", language) in content
        elif not tried.depends:
            assert text("robust_same", language, n=tried.yardsticks) in content
        else:
            depending += 1
            results = root.xpath("//section[@id='colour']//ul[@class='choices']/li")
            assert len(results) >= tried.yardsticks
            assert root.xpath("//div[@class='state-line']/a[@href='#colour']")
    assert depending
