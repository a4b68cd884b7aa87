"""Pages that nginx answers by itself, in both languages, since it cannot know the reader's.

``python -m pages.operation.proxy_pages`` writes them to ``deploy/nginx/errors``.
"""

from html import escape

from components.texts import text
from data.models import LANGUAGES
from pages.settings import ROOT

FOLDER = ROOT / "deploy" / "nginx" / "errors"
# The title and the words of each file, by their keys in the texts.
_TEXTS = {
    "400.html": ("bad_request_title", "bad_request_whole"),
    "429.html": ("too_many_title", "too_many_words"),
    "refused.html": ("refused_title", "refused_words"),
    "failure.html": ("failure_title", "no_answer_words"),
}
# nginx puts the id of the request here.
_REQUEST = '<code><!--# echo var="request_id" --></code>'


def proxy_pages() -> dict[str, str]:
    """Return every page by the name of its file."""
    return {name: _page(title, words) for name, (title, words) in _TEXTS.items()}


def _page(title: str, words: str) -> str:
    titles = [escape(text(title, language), quote=False) for language in LANGUAGES]
    lines = [
        "<!doctype html>",
        f'<html lang="{LANGUAGES[0]}">',
        '<meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        '<meta name="color-scheme" content="light dark">',
        '<meta name="robots" content="noindex">',
        f"<title>{' / '.join(titles)}</title>",
    ]
    for language, heading in zip(LANGUAGES, titles, strict=True):
        home, request = text("nav_home", language), text("request_id", language)
        lines += [
            f'<section lang="{language}">',
            f"<h1>{heading}</h1>",
            f"<p>{escape(text(words, language), quote=False)}</p>",
            f'<p><a href="/{language}/">{escape(home, quote=False)}</a></p>',
            f"<p>{escape(request, quote=False)} {_REQUEST}</p>",
            "</section>",
        ]
    return "\n".join([*lines, "</html>", ""])


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for name, page in proxy_pages().items():
        (FOLDER / name).write_text(page, "utf-8")
