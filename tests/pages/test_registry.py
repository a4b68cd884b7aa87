"""The registry of Dash is the only list of pages, and none of its matching is used."""

from __future__ import annotations

import re

import dash
import pytest
from flask.testing import FlaskClient

from pages.registry import page_named, registered_pages
from pages.site import Site
from tests.contracts.test_addresses import listed


def test_every_page_is_in_the_registry_of_dash(client: FlaskClient) -> None:
    rules = {
        rule.endpoint: rule.rule
        for rule in client.application.url_map.iter_rules()
        if rule.endpoint.startswith("page.")
    }
    assert rules == {page.endpoint: page.rule for page in registered_pages()}
    assert len(rules) == len(dash.page_registry)


def test_every_page_is_in_the_contract_of_addresses() -> None:
    patterns = [re.sub(r"\\{\w+\\}", "[^/]+", re.escape(template)) for template in listed()]
    for page in registered_pages():
        path = re.sub("<(.*?)>", r"{\1}", page.path_template)
        assert any(re.fullmatch(pattern, path) for pattern in patterns), (
            f"add {path.replace('language', 'lang')} to docs/addresses.md"
        )


def test_names_and_paths_of_pages_are_distinct() -> None:
    pages = registered_pages()
    assert len({page.name for page in pages}) == len({page.rule for page in pages}) == len(pages)


def test_a_query_value_overrides_no_path_variable(client: FlaskClient, site: Site) -> None:
    first, second = (indicator.slug for indicator in site.edition.indicators[:2])
    plain = client.get(f"/en/kpi/{first}/").data
    assert client.get(f"/en/kpi/{first}/?slug={second}&language=ru").data == plain


@pytest.mark.parametrize("path", ["/en/en/", "/en/x/kpi/", "/de/", "/xx/kpi/", "/en//kpi/"])
def test_a_language_spans_no_slash(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code in (404, 308)


def test_a_name_of_no_page_is_refused() -> None:
    with pytest.raises(LookupError, match="nowhere"):
        page_named("nowhere")
