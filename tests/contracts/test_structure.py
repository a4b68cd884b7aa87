"""What every page owes to assistive technology, to other hosts and to its language."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from itertools import pairwise
from urllib.parse import unquote, urlsplit

import pytest
from flask.testing import FlaskClient
from lxml.html import HtmlElement

from tests.builders import nesting_faults
from tests.conftest import BASE_URL
from tests.contracts.documents import Document

LOADING = ("src", "srcset", "data", "poster", "background", "action", "formaction", "ping")
LOADING_LINKS = {"stylesheet", "icon", "preload", "modulepreload", "preconnect", "dns-prefetch"}


def faults(documents: tuple[Document, ...], check: object) -> list[tuple[str, object]]:
    faults = []
    for page in documents:
        faults += [(page.address, fault) for fault in check(page)]
    return faults


def test_statuses_are_what_the_pages_say(documents: tuple[Document, ...]) -> None:
    statuses = {page.address: page.status for page in documents if page.status != 200}
    assert statuses == {
        "/ru/nothing/": 404,
        "/en/nothing/": 404,
        "/ru/?as_of=1066": 400,
        "/en/?as_of=1066": 400,
    }
    assert len(documents) > 200


def test_every_page_is_well_nested(documents: tuple[Document, ...]) -> None:
    assert not faults(documents, lambda page: nesting_faults(page.html))


def test_every_page_has_its_language_one_main_and_one_heading(
    documents: tuple[Document, ...],
) -> None:
    for page in documents:
        root = page.root
        assert root.get("lang") == page.language, page.address
        assert len(root.xpath("//main")) == 1, page.address
        assert len(root.xpath("//h1")) == 1, page.address
        assert root.xpath("//main//h1"), page.address
        assert len(root.xpath("//body//header")) == 1, page.address
        assert len(root.xpath("//body//footer")) == 1, page.address


def test_no_heading_level_is_skipped(documents: tuple[Document, ...]) -> None:
    def check(page: Document) -> list[str]:
        levels = [int(heading.tag[1]) for heading in page.root.iter("h1", "h2", "h3", "h4", "h5")]
        return [
            f"h{left} is followed by h{right}"
            for left, right in pairwise(levels)
            if right > left + 1
        ]

    assert not faults(documents, check)


def test_no_id_is_used_twice_and_every_reference_has_its_target(
    documents: tuple[Document, ...],
) -> None:
    def check(page: Document) -> list[str]:
        ids = Counter(str(name) for name in page.root.xpath("//@id"))
        messages = [f"{name} is there {count} times" for name, count in ids.items() if count > 1]
        wanted = {str(name) for name in page.root.xpath("//label/@for")}
        hrefs = map(unquote, map(str, page.root.xpath("//@href")))
        wanted |= {href[1:] for href in hrefs if href[:1] == "#"}
        for name in ("aria-labelledby", "aria-describedby", "aria-controls"):
            wanted |= {word for value in page.root.xpath(f"//@{name}") for word in value.split()}
        wanted |= set(re.findall(r"url\(#([\w-]+)\)", page.html.partition("<body>")[2]))
        return messages + [f"#{name} is nowhere" for name in wanted - set(ids)]

    assert not faults(documents, check)


def test_nothing_is_named_with_nothing(documents: tuple[Document, ...]) -> None:
    def check(page: Document) -> list[str]:
        messages = [
            f"empty {name}"
            for name in ("aria-label", "title", "placeholder", "content", "href")
            for value in page.root.xpath(f"//@{name}")
            if not str(value).strip(" -–,.:")
        ]
        for element in page.root.iter("a", "button", "h1", "h2", "h3", "h4", "th", "caption", "dt"):
            named = element.text_content().strip() or element.get("aria-label")
            # The wheel shows to pointers what a list beside it says.
            named = named or element.xpath("ancestor::*[@aria-hidden='true']")
            messages += [] if named else [f"empty <{element.tag}>"]
        messages += [
            "image without alt" for element in page.root.iter("img") if element.get("alt") is None
        ]
        return messages

    assert not faults(documents, check)


def test_landmarks_of_one_kind_have_different_names(documents: tuple[Document, ...]) -> None:
    def check(page: Document) -> list[str]:
        names = Counter(str(nav.get("aria-label")) for nav in page.root.iter("nav"))
        regions = page.root.xpath("//*[@role='region']/@aria-label")
        names.update(f"region {name}" for name in regions)
        return [f"{name}: {count} times" for name, count in names.items() if count > 1]

    assert not faults(documents, check)


def test_every_control_has_a_label(documents: tuple[Document, ...]) -> None:
    def check(page: Document) -> list[str]:
        labelled = {str(name) for name in page.root.xpath("//label/@for")}
        controls: list[HtmlElement] = list(page.root.iter("input", "select", "textarea"))
        visible = [each for each in controls if each.get("type") != "hidden"]
        return [
            str(each.get("name"))
            for each in visible
            if each.get("id") not in labelled and not each.get("aria-label")
        ]

    assert not faults(documents, check)


def test_no_page_asks_another_host_for_anything(documents: tuple[Document, ...]) -> None:
    def check(page: Document) -> list[str]:
        loaded = [str(value) for name in LOADING for value in page.root.xpath(f"//@{name}")]
        for link in page.root.iter("link"):
            if set((link.get("rel") or "").split()) & LOADING_LINKS:
                loaded += [link.get("href") or ""]
        loaded += [str(value) for value in page.root.xpath("//*[local-name()='use']/@href")]
        loaded += re.findall(r"@import\s*[\"']?([^\"';)]+)", page.html)
        loaded += re.findall(r"url\([\"']?([^\"')]+)", page.html)
        for script in page.root.xpath("//script/@data-load"):
            loaded += str(script).split()
        return [address for address in loaded if urlsplit(address).netloc]

    assert not faults(documents, check)


def test_links_that_name_the_site_itself_use_its_public_address(
    documents: tuple[Document, ...],
) -> None:
    def check(page: Document) -> list[str]:
        named = map(str, page.root.xpath("//link[@rel='canonical' or @rel='alternate']/@href"))
        return [address for address in named if not address.startswith(f"{BASE_URL}/")]

    assert not faults(documents, check)


def test_titles_and_descriptions_tell_pages_apart(documents: tuple[Document, ...]) -> None:
    pages = [page for page in documents if page.status == 200 and "?" not in page.path]
    for attribute in ("//title/text()", "//meta[@name='description']/@content"):
        counts = Counter(str(page.root.xpath(attribute)[0]) for page in pages)
        assert not [words for words, count in counts.items() if count > 1]
        assert all(len(words) > 8 for words in counts)


def test_pages_say_they_are_one_anothers_translation(documents: tuple[Document, ...]) -> None:
    for page in documents:
        twins = {
            str(link.get("hreflang")): str(link.get("href"))
            for link in page.root.xpath("//link[@rel='alternate']")
        }
        if page.status != 200 or page.root.xpath("//meta[@name='robots'][@content='noindex']"):
            assert not twins
            continue
        here = str(page.root.xpath("//link[@rel='canonical']/@href")[0])
        assert twins[page.language] == here
        assert twins["ru"].replace("/ru/", "/en/", 1) == twins["en"]
        (switch,) = page.root.xpath("//a[@id='language-switch']/@href")
        other = {"ru": "en", "en": "ru"}[page.language]
        assert twins[other] == BASE_URL + str(switch)


def row_widths(table: HtmlElement) -> set[int]:
    """How many columns the rows of a table fill, with cells that reach down into them."""
    widths, reaching = set(), Counter[int]()
    for number, row in enumerate(table.iter("tr")):
        for cell in row:
            for line in range(int(cell.get("rowspan", 1))):
                reaching[number + line] += int(cell.get("colspan", 1))
        widths.add(reaching.pop(number, 0))
    # A cell that reaches beyond the last row would leave its lines here.
    return widths | set(reaching.values())


def test_every_table_names_itself_and_its_columns(documents: tuple[Document, ...]) -> None:
    def check(page: Document) -> list[str]:
        messages = []
        for table in page.root.iter("table"):
            heads = table.xpath(".//thead//th")
            if not heads:
                messages.append("table without column names")
            widths = row_widths(table)
            if widths != {len(heads)}:
                messages.append(f"rows of {sorted(widths)} cells under {len(heads)} columns")
        return messages

    assert not faults(documents, check)


def test_nothing_of_the_program_shows(documents: tuple[Document, ...]) -> None:
    program = re.compile(r"\{\w*\}|\bNone\b|\bnan\b|<built-in|Fraction\(|Decimal\(|\\u00|&amp;amp;")

    def check(page: Document) -> list[str]:
        # Code to copy, which is marked as no language, looks like a program because it is one.
        body = page.root.xpath("//body//text()[not(ancestor::*[@lang='zxx'])]")
        return program.findall(" ".join(map(str, body)))

    assert not faults(documents, check)


def test_live_regions_are_short(documents: tuple[Document, ...]) -> None:
    def check(page: Document) -> list[str]:
        regions = page.root.xpath("//*[@role='status' or @role='alert' or @aria-live]")
        return [words[:60] for region in regions if len(words := region.text_content()) > 250]

    assert not faults(documents, check)


def test_what_can_be_pressed_is_native_and_reached_by_keyboard(
    documents: tuple[Document, ...],
) -> None:
    def check(page: Document) -> list[str]:
        root = page.root
        orders = map(str, root.xpath("//@tabindex"))
        faults = [f"tabindex {order}" for order in orders if order not in {"0", "-1"}]
        faults += ["link without an address"] * len(root.xpath("//a[not(@href)]"))
        faults += ["fold without a summary"] * len(
            root.xpath("//details[not(*[1][self::summary])]")
        )
        pressed = "//*[@onclick or @role='button'][not(self::a or self::button)]"
        faults += [f"<{element.tag}> for pointers only" for element in root.xpath(pressed)]
        sent = ".//button[not(@type) or @type='submit']"
        faults += [
            f"{form.get('action')} cannot be sent without scripts"
            for form in root.iter("form")
            if not form.xpath(sent)
        ]
        return faults

    assert not faults(documents, check)


@pytest.mark.parametrize("step", [9, pytest.param(1, marks=pytest.mark.long)])
def test_no_page_is_heavy_before_the_reader_acts(
    documents: tuple[Document, ...], client: FlaskClient, step: int
) -> None:
    @cache
    def weight(address: str) -> int:
        answer = client.get(address, headers={"Accept-Encoding": "br"}, buffered=True)
        return len(answer.data) + len(str(answer.headers))

    for page in documents[::step]:
        files = page.root.xpath("//link[@rel='icon' or @rel='stylesheet']/@href | //script/@src")
        assert weight(page.address) + sum(weight(str(file)) for file in files) <= 40_000, (
            page.address
        )
