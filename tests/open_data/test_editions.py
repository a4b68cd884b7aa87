"""A superseded edition says so, keeps its files, and tells what has changed and why."""

from __future__ import annotations

from dataclasses import replace

from lxml.html import HtmlElement

from data.comparison import compare
from data.models import Edition, Language, Observation, Target
from pages.open_data.changes import _colours
from tests.builders import root_of, shown_number
from tests.conftest import BASE_URL
from tests.data.builders import (
    make_data_point,
    make_edition,
    make_indicator,
    make_observation,
    make_target,
)
from tests.replaced import CORRECTION, Replaced

SLUG = "ec-p-em-4a"


def page(replaced: Replaced, address: str) -> HtmlElement:
    return root_of(replaced.client, address)


def words(element: HtmlElement) -> str:
    return " ".join(" ".join(element.itertext()).replace("\u00a0", " ").split())


def test_the_page_of_a_superseded_edition_warns_at_once(
    replaced: Replaced, language: Language
) -> None:
    old = page(replaced, f"/{language}/data/{replaced.old}/")
    (warning,) = old.xpath("//*[@class='warning']")
    assert replaced.new in words(warning)
    assert warning.xpath(".//a/@href") == [f"/{language}/data/", "#since"]
    assert warning.getprevious().get("class") == "opening"
    new = page(replaced, f"/{language}/data/{replaced.new}/")
    assert not new.xpath("//*[@class='warning']")


def test_it_says_which_indicator_changed_colour_and_because_of_what(
    replaced: Replaced, language: Language
) -> None:
    items = []
    for address, part in (
        (f"data/{replaced.old}/", "//*[@id='since']"),
        (f"data/{replaced.new}/", "//main"),
    ):
        (section,) = page(replaced, f"/{language}/{address}").xpath(part)
        (item,) = section.xpath(".//ul[@class='changed']/li")
        assert item.xpath("./a/@href") == [f"/{language}/kpi/{SLUG}/"]
        assert len(item.xpath(".//svg")) == 2
        items.append(words(item))
        for value in (replaced.before, replaced.after):
            assert shown_number(value, language) in items[-1]
        assert replaced.period in items[-1]
        (row,) = section.xpath(".//table[caption]/tbody/tr[td]")[:1]
        assert [words(cell) for cell in row.findall("td")] == ["0", "1", "0"]
    assert len(set(items)) == 1
    assert CORRECTION[language] in words(page(replaced, f"/{language}/data/"))


def test_every_file_of_both_editions_is_listed_and_answers(replaced: Replaced) -> None:
    for version in (replaced.old, replaced.new):
        (table,) = page(replaced, f"/en/data/{version}/").xpath("//table[@class='values files']")
        links = table.xpath(".//a/@href")
        assert len(links) == len(set(links)) > 50
        listed = replaced.client.get(f"/data/{version}/SHA256SUMS", buffered=True).text
        summed = {line.split("  ")[1] for line in listed.splitlines()}
        names_listed = set(table.xpath("./following-sibling::details//dt/text()"))
        # The sum of each stands at one place, but that of the list itself.
        assert not summed & names_listed
        names = {link.removeprefix(f"/data/{version}/") for link in links}
        assert names_listed < names <= summed | names_listed | {"SHA256SUMS"}
        for link in links:
            assert link.startswith(f"/data/{version}/")
            assert replaced.client.get(link, buffered=True).status_code == 200, link


def test_each_edition_is_the_canonical_page_of_itself_and_in_the_sitemap(
    replaced: Replaced,
) -> None:
    sitemap = replaced.client.get("/sitemap.xml").text
    for version in (replaced.old, replaced.new):
        address = f"{BASE_URL}/en/data/{version}/"
        canonical = page(replaced, f"/en/data/{version}/").xpath("//link[@rel='canonical']/@href")
        assert canonical == [address]
        assert f"<loc>{address}</loc>" in sitemap


def test_the_data_page_lists_editions_newest_first(replaced: Replaced) -> None:
    links = page(replaced, "/ru/data/").xpath("//*[@id='changes']/ul[1]/li/a/@href")
    assert links == [f"/ru/data/{version}/" for version in (replaced.new, replaced.old)]


def test_a_citation_of_an_old_edition_leads_to_the_old_edition(replaced: Replaced) -> None:
    old = page(replaced, f"/en/data/{replaced.old}/")
    for cited in old.xpath("//*[starts-with(@id, 'cite-')]"):
        assert f"/en/data/{replaced.old}/" in words(cited)
        assert replaced.new not in words(cited)


VALUE = make_observation(2018, "99")
TARGET = make_target("100")


def because(
    before: tuple[Observation, ...],
    after: tuple[Observation, ...],
    targets: tuple[tuple[Target, ...], tuple[Target, ...]] = ((TARGET,), (TARGET,)),
    language: Language = "en",
    **changes: object,
) -> list[str]:
    old: Edition = make_edition(before, targets[0])
    new = replace(make_edition(after, targets[1]), **changes)
    return [
        reason
        for colour in _colours(compare(old, new, "here"), language)
        for reason in colour.because
    ]


def test_a_new_value_is_named_with_its_year() -> None:
    newer = make_observation(2020, "10", source_id="T")
    assert because((VALUE,), (VALUE, newer)) == [
        "because a newly published value counts: 10% (2020)"
    ]


def test_a_correction_names_both_values() -> None:
    reasons = because((VALUE,), (make_observation(2018, "10"),), language="ru")
    assert reasons == [
        "потому что опубликованное значение исправлено: 10\u00a0% (2018) вместо 99\u00a0% (2018)"
    ]


def test_a_withdrawn_value_is_named() -> None:
    assert because((VALUE,), ()) == ["because the value 99% (2018) was withdrawn"]


def test_a_row_may_be_corrected_without_its_number() -> None:
    held = make_observation(2018, "99", rate=False, reason="withheld")
    assert because((held,), (VALUE,)) == ["because the row of the value was corrected: 99% (2018)"]


def test_targets_that_came_went_or_changed_are_told_apart() -> None:
    both = (VALUE,), (VALUE,)
    other = make_target("1000")
    assert because(*both, ((TARGET,), (other,))) == [
        "because another yardstick applies: 1,000% instead of 100%"
    ]
    assert because(*both, ((), (TARGET,))) == ["because there is a yardstick now: 100%"]
    assert because(*both, ((TARGET,), ())) == ["because the yardstick 100% no longer applies"]


def test_a_part_is_named() -> None:
    parted = make_indicator(make_data_point("a"), make_data_point("b"))
    target = make_target("100", applies_to=("a", "b"))
    rows = [make_observation(2018, value, data_point="a") for value in ("99", "10")]
    old = replace(make_edition((rows[0],), (target,)), indicators=(parted,))
    new = replace(make_edition((rows[1],), (target,)), indicators=(parted,))
    (colour,) = _colours(compare(old, new, "here"), "en")
    assert colour.because[0].startswith("a: because a published value was corrected")


def test_a_removed_indicator_leads_nowhere() -> None:
    new = replace(make_edition(), indicators=(make_indicator(code="EC: X: Y: 2C"),))
    gone, *_ = [
        colour
        for colour in _colours(compare(make_edition((VALUE,), (TARGET,)), new, "here"), "en")
        if colour.after is None
    ]
    assert gone.address == ""
