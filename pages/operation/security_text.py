"""/.well-known/security.txt (RFC 9116): whom to tell about a weakness, while somebody cares."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

from flask import Flask, Response, abort

from pages.documents import Documents, respond
from pages.settings import Settings
from pages.site import Site

# Somebody started this process and vouches for the contact, for so long and no longer: a site
# that nobody looks after must not promise anew each day that somebody reads its mail.
VOUCHED = timedelta(days=180)
_ADDRESS = "/.well-known/security.txt"
_LINK = re.compile(r"\((mailto:[^\s)]+|https://[^\s)]+)\)")
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")


def add_security_text(
    server: Flask, settings: Settings, site: Site, documents: Documents, started: datetime
) -> None:
    """Add the address; it answers 404 where nobody can be told anything."""
    contact = contact_of(settings, site)
    words = security_text(contact, settings.base_url, started)

    def view() -> Response:
        if not contact:
            abort(404)
        return respond(
            documents.at(
                "security", lambda: words, "text/plain; charset=utf-8", state=started.isoformat
            )
        )

    server.add_url_rule(_ADDRESS, "file.security", view)


def contact_of(settings: Settings, site: Site) -> str:
    """SECURITY_CONTACT, else ``security_contact`` of the city's texts, else from CONTACT."""
    if settings.security_contact:
        return settings.security_contact
    told = site.profile.find("security_contact")
    if isinstance(told, str):
        return told
    if found := _LINK.search(settings.contact):
        return found[1]
    found = _MAIL.search(settings.contact)
    return f"mailto:{found[0]}" if found else ""


def security_text(contact: str, base_url: str, started: datetime) -> str:
    """The file for a contact and the moment at which the site was started."""
    expires = (started.astimezone(UTC) + VOUCHED).strftime("%Y-%m-%dT%H:%M:%SZ")
    lines = [f"Contact: {contact}", f"Expires: {expires}", "Preferred-Languages: ru, en"]
    if base_url.startswith("https://"):
        lines.append(f"Canonical: {base_url}{_ADDRESS}")
    return "\n".join(lines) + "\n"
