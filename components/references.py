"""The sources of a table, numbered and listed below it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from dash import html

from components.sources import place_words, source_line
from components.texts import text
from data.models import Language, Source, Words

Sources = Mapping[str, Source]


@dataclass
class References:
    """The sources of one table, numbered, each once with the pages and notes of its values.

    ``paged`` says that pages of the values have them: years do not tell those of several parts
    apart.
    """

    sources: Sources
    language: Language
    anchor: str
    paged: bool = False
    # By source: what is said of its values, and of which periods it is said.
    remarks: dict[str, dict[tuple[str, str], list[str]]] = field(default_factory=dict)
    evidenced: set[str] = field(default_factory=set)

    def cite(
        self, source_id: str, page: Words, note: Words, evidence: str = "", when: str = ""
    ) -> list[Any]:
        """Return the number of a source and its class or the evidence of the value of ``when``."""
        own = self.remarks.setdefault(source_id, {})
        periods = own.setdefault((page[self.language], note[self.language]), [])
        if when and when not in periods:
            periods.append(when)
        if evidence:  # It says more than the class, which the list then leaves out.
            self.evidenced.add(source_id)
        source = self.sources[source_id]
        tag = evidence or text(f"source_class_{source.source_class}", self.language)
        number = list(self.remarks).index(source_id) + 1
        return [
            html.A(f"[{number}]", href=f"#{self.anchor}-{number}"),
            " ",
            html.Span(tag, className="tag"),
        ]

    def listed(self) -> html.Ol:
        """All that was cited, in full, in the order of the numbers."""
        items = []
        for number, (source_id, cited) in enumerate(self.remarks.items(), start=1):
            remarks = {} if self.paged else cited
            alone = len(remarks) == 1
            page = next(iter(remarks))[0] if alone else ""
            line = source_line(
                self.sources[source_id],
                Words(page, page),
                self.language,
                classed=source_id not in self.evidenced,
            )
            lines = [self._remark(about, when, alone=alone) for about, when in remarks.items()]
            items.append(html.Li([line, *filter(None, lines)], id=f"{self.anchor}-{number}"))
        return html.Ol(items, className="references")

    def _remark(
        self, about: tuple[str, str], when: Sequence[str], *, alone: bool
    ) -> html.Span | None:
        """Return page and note of the values of some periods; of a lone remark the note only."""
        page, note = about
        if alone:
            return html.Span(note, className="line muted") if note else None
        placed = place_words(page, self.language) if page else []
        parts = [part for part in (*placed, "; " if page and note else "", note) if part]
        if not parts:
            return None
        return html.Span([f"{', '.join(when)}: " if when else "", *parts], className="line muted")
