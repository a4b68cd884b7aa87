"""The pages that nginx answers by itself, in both languages, since it cannot know the reader's.

``python -m pages.operation.proxy_pages`` writes them to ``deploy/nginx/errors``.
"""

from __future__ import annotations

from html import escape

from components.texts import text
from data.models import LANGUAGES, Language
from pages.settings import ROOT

FOLDER = ROOT / "deploy" / "nginx" / "errors"
# nginx puts the id of the request here.
_REQUEST = '<code><!--# echo var="request_id" --></code>'


def proxy_pages() -> dict[str, str]:
    """Every page by the name of its file."""
    each = LANGUAGES
    return {
        "400.html": _page(
            {one: text("bad_request_title", one) for one in each},
            {one: text("bad_request_whole", one) for one in each},
        ),
        "429.html": _page(
            {one: text("too_many_title", one) for one in each},
            {one: text("too_many_words", one) for one in each},
        ),
        "refused.html": _page(
            {one: text("refused_title", one) for one in each},
            {one: text("refused_words", one) for one in each},
        ),
        "failure.html": _page(
            {one: text("failure_title", one) for one in each},
            {one: text("no_answer_words", one) for one in each},
        ),
    }


def _page(titles: dict[Language, str], words: dict[Language, str]) -> str:
    lines = [
        "<!doctype html>",
        f'<html lang="{LANGUAGES[0]}">',
        '<meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        '<meta name="color-scheme" content="light dark">',
        '<meta name="robots" content="noindex">',
        f"<title>{_plain(' / '.join(titles.values()))}</title>",
    ]
    for language in LANGUAGES:
        home = _plain(text("nav_home", language))
        lines += [
            f'<section lang="{language}">',
            f"<h1>{_plain(titles[language])}</h1>",
            f"<p>{_plain(words[language])}</p>",
            f'<p><a href="/{language}/">{home}</a></p>',
            f"<p>{_plain(text('request_id', language))} {_REQUEST}</p>",
            "</section>",
        ]
    return "\n".join([*lines, "</html>", ""])


def _plain(words: str) -> str:
    return escape(words, quote=False)


def main() -> None:
    """Write the pages."""
    FOLDER.mkdir(exist_ok=True)
    for name, page in proxy_pages().items():
        (FOLDER / name).write_text(page, "utf-8")


if __name__ == "__main__":
    main()
