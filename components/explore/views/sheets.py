"""Pictures of views: title, what was chosen, finding, legend, rows and the years they are of."""

from components.explore.views.protocol import Context, View, own_rows
from components.pictures.frame import Sheet
from components.pictures.sheet_sources import publishers
from components.texts import text
from data.exploration.filters import Selected

_WIDTH, _SIZE, _PHONE_SIZE, _CARD_SIZE = 960, 15.0, 16.0, 18.0
_MOST_NAMED = 6


def view_sheet(view: View, selected: Selected, context: Context, title: str, choice: str) -> Sheet:
    """Return the contents of the picture of a view; ``choice`` says what a reader chose."""
    sentence = view.sentence(selected, context)
    return Sheet(
        title=title,
        choice=choice,
        sentence=sentence,
        description=sentence,
        width=_WIDTH,
        chart=lambda room: view.drawing(selected, context, room, _SIZE),
        card=lambda room: view.drawing(selected, context, room[0], _CARD_SIZE, room[1]),
        phone=lambda room: view.drawing(selected, context, room, _PHONE_SIZE),
        legend=lambda room, size: view.legend(selected, context, room, size),
    )


def view_sources(selected: Selected, context: Context) -> tuple[str, ...]:
    """Return the publishers of the values of the rows with their years; of many, their number."""
    sources = context.edition.sources
    used = sorted({row.source_id for row in own_rows(selected)} & sources.keys())
    names = publishers([(sources[source], None) for source in used], context.language)
    if not names:
        return (text("picture_sources_none", context.language),)
    if len(names) > _MOST_NAMED:
        return (text("picture_sources_counted", context.language, n=len(used)),)
    return (text("picture_sources", context.language, n=len(names), sources=" · ".join(names)),)
