"""MediaWiki itself reads the code for wikis: with pictures of other sites, and without."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest
from lxml.html import HtmlElement, document_fromstring

from data.models import Language
from tests.builders import shared_code

PROGRAMS = Path("/usr/share/mediawiki/maintenance")
Wiki = Callable[[str, bool], HtmlElement]


@pytest.fixture(scope="module")
def wiki(tmp_path_factory: pytest.TempPathFactory) -> Wiki:
    """A wiki of its own; it reads wikitext, and shows pictures of other sites or does not."""
    folder = tmp_path_factory.mktemp("wiki")
    php = str(shutil.which("php"))
    install = [php, PROGRAMS / "install.php", "--dbtype=sqlite", "--dbname=wiki", "--server"]
    install += ["http://127.0.0.1", "--scriptpath=/w", f"--dbpath={folder}", f"--confpath={folder}"]
    install += ["--pass=only-for-this-test", "Wiki", "Admin"]
    subprocess.run(install, check=True, capture_output=True)
    settings = (folder / "LocalSettings.php").read_text("utf-8")
    (folder / "open.php").write_text(settings + "\n$wgAllowExternalImages = true;\n", "utf-8")

    def read(wikitext: str, pictures: bool) -> HtmlElement:
        chosen = folder / ("open.php" if pictures else "LocalSettings.php")
        done = subprocess.run(
            [php, PROGRAMS / "parse.php"],
            input=wikitext,
            env={**os.environ, "MW_CONFIG_FILE": str(chosen)},
            check=True,
            capture_output=True,
            text=True,
        )
        return document_fromstring(done.stdout)

    return read


@pytest.mark.parametrize("query", ["chart=ec-p-em-1c&as_of=2015", "chart=wheel&theme=dark"])
def test_a_wiki_shows_picture_finding_and_link(
    own_url: str, wiki: Wiki, language: Language, query: str
) -> None:
    panel = f"{own_url}/{language}/embed/?{query}"
    wikitext = shared_code(httpx.get(f"{panel}&place=wiki").text)
    finding, page = shared_code(httpx.get(f"{panel}&place=message").text).splitlines()
    read = wiki(wikitext, True)
    (image,) = read.iter("img")
    assert httpx.get(str(image.get("src")), timeout=60).headers["Content-Type"] == "image/png"
    assert [str(link.get("href")) for link in read.iter("a")] == [page, page]
    assert finding in read.text_content()
    closed = wiki(wikitext, False)
    assert not list(closed.iter("img"))
    assert {str(link.get("href")) for link in closed.iter("a")} == {page}
    assert finding in closed.text_content()
