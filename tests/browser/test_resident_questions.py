"""Five questions of a resident on a phone, each answered within two taps from home.

How is the air, is it getting better, what does grey mean, who says so, what can I send to a friend.
"""

from __future__ import annotations

from decimal import Decimal

import pytest
from playwright.sync_api import Locator, Page, expect

from components.ages import capitalised
from components.bands import class_of, state_name, value_and_state
from components.formats import number
from components.texts import text
from components.theme import BAND_CLASSES, NO_VALUE_CLASS
from components.trend_sentences import trend_sentence
from components.verdicts import unit_of, verdict_of
from data.models import Language
from data.scores import IndicatorScore, Score
from pages.indicator_tables import series_of
from pages.site import Site
from tests.browser.conftest import Visiting

AIR = "en-en-aq-1c"
TAPS = 2


class Reader:
    """A reader with a phone, who opens home and taps what is on the screen."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.taps = 0

    def tap(self, locator: Locator) -> None:
        """Scroll to an element and tap it, at most two of them."""
        self.taps += 1
        assert self.taps <= TAPS
        locator.tap()


@pytest.fixture
def reader(visiting: Visiting, language: Language) -> Reader:
    phone = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}
    return Reader(visiting(**phone).go(f"/{language}/"))


def air(site: Site) -> IndicatorScore:
    scores = site.fulfilment().indicators
    return next(score for score in scores if score.indicator.slug == AIR)


def first_drawn(site: Site) -> Score:
    """The first pollutant whose values of several years may be compared."""
    series = next(member for member in series_of(site, air(site)) if member.runs())
    return next(score for score in air(site).scores if score.label == series.name)


def value_of(score: Score) -> Decimal:
    assert score.observation is not None
    assert score.observation.value is not None
    return score.observation.value


def test_how_is_the_air_is_it_getting_better_and_who_says_so(
    reader: Reader, site: Site, language: Language
) -> None:
    score, page = first_drawn(site), reader.page
    series = next(member for member in series_of(site, air(site)) if member.name == score.label)
    assert score.observation is not None
    source = site.edition.sources[score.observation.source_id]
    topic = next(topic for topic in site.edition.topics if topic.topic == "air")
    topics = page.locator("main .topics")
    reader.tap(topics.get_by_role("link", name=topic.name[language], exact=True))
    reader.tap(page.locator(f"#list-results a[href$='/kpi/{AIR}/']"))
    expect(page.locator("h1")).to_have_text(air(site).indicator.title[language])
    block = page.locator(".value-block").first
    value, verdict = block.locator(".value"), block.locator(".verdict")
    expect(value).to_contain_text(number(value_of(score), language))
    expect(verdict).to_contain_text(verdict_of(score, language).short)
    link = block.locator(f"a[href='{source.url}']")
    expect(link).to_contain_text(source.publisher[language])
    for part in (value, verdict, block.locator(".trend-box svg").first, link):
        expect(part).to_be_in_viewport(ratio=1)
    change = page.locator(".meaning").get_by_text(trend_sentence(series, language, unit_of(score)))
    change.scroll_into_view_if_needed()
    expect(change).to_be_in_viewport(ratio=1)


def test_what_does_grey_mean(reader: Reader, site: Site, language: Language) -> None:
    for look in (BAND_CLASSES["none"], NO_VALUE_CLASS):
        score = next(score for score in site.fulfilment().indicators if class_of(score) == look)
        square = reader.page.locator(f".waffle a[href$='/kpi/{score.indicator.slug}/']")
        heading = reader.page.locator(".waffle-group").get_by_text(
            capitalised(state_name(look, language))
        )
        reader.tap(square.locator(".swatch"))
        name, state = score.indicator.title[language], value_and_state(score, language)
        script = '([link, said]) => getComputedStyle(link, "::after").content === said'
        reader.page.wait_for_function(script, arg=[square.element_handle(), f'"{name}\\a {state}"'])
        expect(heading).to_be_in_viewport(ratio=1)


def test_what_can_i_send_to_a_friend(reader: Reader, language: Language) -> None:
    card = reader.page.locator(".finding-cards a").first
    name = card.inner_text()
    reader.tap(card)
    expect(reader.page.locator("h1")).to_be_visible()
    own = str(reader.page.locator("[rel=canonical]").get_attribute("href"))
    assert name.split(":")[0] in reader.page.title()
    reader.tap(reader.page.locator("#reuse a", has_text=text("share", language)))
    address = reader.page.locator("#share-code")
    expect(address).to_have_text(own)
    expect(address).to_be_in_viewport(ratio=1)
    expect(reader.page.locator("button[data-copy=share-code]")).to_be_in_viewport(ratio=1)
