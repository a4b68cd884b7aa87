"""The site that a catalogue describes."""

from dataclasses import dataclass

from data.models import Words


@dataclass(frozen=True, slots=True)
class Origin:
    """Publisher of editions: site title, base URL and city, and whether it has a quiz.

    ``base_url`` has no slash at its end.
    """

    site: Words
    base_url: str
    city: str
    has_quiz: bool = True

    def address(self, path: str) -> str:
        """Return the full address of a path without a leading slash."""
        return f"{self.base_url}/{path}"
