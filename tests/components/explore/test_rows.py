"""The rows below a view say when each number is from."""

from __future__ import annotations

from collections import Counter

from flask.testing import FlaskClient
from lxml.html import document_fromstring

from components.formats import period
from components.texts import text
from data.fulfilment import fulfilment_of
from data.models import Edition


def test_every_row_names_the_period_of_its_number(client: FlaskClient, edition: Edition) -> None:
    page = document_fromstring(client.get("/en/explore/?rows=all").data)
    cells = page.xpath("//table[contains(@class, 'explore-rows')]/tbody/tr/td[2]")
    values = [
        score.observation
        for indicator_score in fulfilment_of(edition, "moscow", edition.year).indicators
        for score in indicator_score.scores
        if score.observation and score.observation.value is not None
    ]
    undated = text("explore_age_undated", "en")
    expected = [period(value.period, "en") if value.year else undated for value in values]
    assert len(expected) > 80
    assert Counter(cell.text_content() for cell in cells) == Counter(expected)
