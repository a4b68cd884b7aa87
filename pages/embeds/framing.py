"""Headers and faults of every document that other sites may frame."""

from dash import html
from flask import Response, request

from components import urls
from components.embeds.page import FRAME_THEMES, FrameTheme, Surface, embed_fault
from components.texts import text
from data.models import Language
from pages.documents import Document, respond
from pages.faults import bad_request_sentence
from pages.inline_assets import policy_hash, without_comments
from pages.requests import BadParameter
from pages.site import Site

_POLICY = (
    "default-src 'none'; script-src {scripts}; style-src 'unsafe-inline'; "
    "img-src {images}; base-uri 'none'; form-action {forms}; frame-ancestors *"
)


class Framing:
    """Site, script and headers that the frames of a site share."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.script = without_comments("embed_frame.js")
        # Plotly draws its pictures to save from addresses that it makes itself.
        self._policy = self.policy(self.script)
        self._interactive_policy = _POLICY.format(
            scripts=f"'self' {policy_hash(self.script)}",
            images="'self' data: blob:",
            forms="'none'",
        )

    def policy(self, script: str, forms: str = "'none'") -> str:
        """Return the policy of a document with this script inside and forms for these places."""
        return _POLICY.format(scripts=policy_hash(script), images="'self'", forms=forms)

    def framed(
        self, response: Response, policy: str = "", *, interactive: bool = False
    ) -> Response:
        """Let any site frame a response; without a ``policy`` it is that of charts."""
        usual = self._interactive_policy if interactive else self._policy
        response.headers["Content-Security-Policy"] = policy or usual
        response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
        return response

    def fault(
        self, language: Language, status: int, title: str, words: str, way: html.A | None = None
    ) -> Response:
        """Say what is wrong inside the frame: the key of the title, words, and the way on."""
        site = self.site
        home = html.A(site.name(language), href=site.around.base_url + urls.home(language))
        surface = Surface(asked_theme(), script=self.script)
        page = embed_fault(text(title, language), words, language, way or home, surface)
        return self.framed(respond(Document.of(page), status, "no-store"))

    def bad(self, language: Language, bad: BadParameter) -> Response:
        """Name a parameter that means nothing."""
        words = bad_request_sentence(self.site, language, bad.name)
        return self.fault(language, 400, "bad_request_title", words)


def asked_theme() -> FrameTheme:
    """Return the colours that the current request asks for, or the reader's own."""
    asked = request.args.get("theme", "auto")
    return next((theme for theme in FRAME_THEMES if theme == asked), FRAME_THEMES[-1])
