"""Icons for tabs and home screens, and the web manifest: all drawn from assets/icon.svg."""

import json
from struct import pack

from flask import Flask, Response

from components import urls
from components.pictures.png import png
from components.texts import text
from components.theme import COLOURS
from data.models import Language
from pages.documents import Documents, respond
from pages.requests import IN_LANGUAGE
from pages.site import Site
from pages.static_files import asset

FAVICON, TOUCH_ICON = "/favicon.ico", "/apple-touch-icon.png"
# Pixels of a side, as systems ask for them.
_FAVICON_SIZES = (16, 32, 48)
_PNG_SIZES = {TOUCH_ICON: 180, "/icon-192.png": 192, "/icon-512.png": 512}
_MANIFEST_TYPE = "application/manifest+json"


def add_icons(server: Flask, site: Site, documents: Documents) -> None:
    """Add the URLs of icons, and of a manifest in each language."""

    @server.route(FAVICON, endpoint="file.favicon")
    def favicon() -> Response:
        return respond(documents.at(FAVICON, _ico, "image/x-icon"))

    for url, size in _PNG_SIZES.items():

        def picture(url: str = url, size: int = size) -> Response:
            return respond(documents.at(url, lambda: _tile(size), "image/png"))

        server.add_url_rule(url, f"file.{url}", picture)

    @server.route(f"{IN_LANGUAGE}/site.webmanifest", endpoint="file.manifest")
    def manifest(language: Language) -> Response:
        key = urls.manifest(language)
        return respond(documents.at(key, lambda: _manifest(site, language), _MANIFEST_TYPE))


def _ico() -> bytes:
    icon = asset("icon.svg")
    images = [
        png(icon.replace("<svg", f'<svg width="{size}" height="{size}"')) for size in _FAVICON_SIZES
    ]
    directory = pack("<HHH", 0, 1, len(images))
    offset = len(directory) + 16 * len(images)
    for size, image in zip(_FAVICON_SIZES, images, strict=True):
        directory += pack("<BBBBHHII", size, size, 0, 0, 1, 32, len(image), offset)
        offset += len(image)
    return directory + b"".join(images)


def _tile(size: int) -> bytes:
    """Return the icon on paper, with the margin within which systems round the corners."""
    icon = asset("icon.svg").replace("<svg", '<svg x="4" y="4" width="24" height="24"')
    paper = COLOURS["light"]["paper"]
    return png(
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{size}" height="{size}" '
        f'viewBox="0 0 32 32"><path fill="{paper}" d="M0 0h32v32H0z"/>{icon}</svg>'
    )


def _manifest(site: Site, language: Language) -> str:
    paper = COLOURS["light"]["paper"]
    icons = [
        {
            "src": url,
            "sizes": f"{size}x{size}",
            "type": "image/png",
            "purpose": "any maskable",
        }
        for url, size in _PNG_SIZES.items()
        if url != TOUCH_ICON
    ]
    return json.dumps(
        {
            "name": site.name(language),
            "short_name": text("brand_short", language, **site.city_words(language)),
            "lang": language,
            "start_url": urls.home(language),
            "scope": "/",
            "display": "browser",
            "background_color": paper,
            "theme_color": paper,
            "icons": icons,
        },
        ensure_ascii=False,
    )
