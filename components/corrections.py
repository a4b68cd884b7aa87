"""Corrections in words, for the places where the corrected number is read."""

from collections.abc import Iterable, Mapping
from decimal import Decimal, InvalidOperation

from components.formats import day, number, period
from components.texts import text
from data.models import Correction, Indicator, Language, Words

# Columns whose cells are yes or no.
_YES_NO = ("rate", "derived", "break", "series_break", "primary", "doubtful", "single_case")
# Columns that readers know by another name than the table.
_NAMED = {
    column: f"corrected_{column}"
    for column in (
        *("value", "unit", "period", "data_point", "comparability", "rate", "break", "derived"),
        *("note", "value_text", "source_id", "basis", "target", "target_year", "direction"),
    )
}


def correction_lines(
    corrections: Iterable[Correction], indicator: Indicator, language: Language
) -> list[str]:
    """Say once for each day, row and reason what stood there before."""
    lines = []
    for (date, _, reason), entries in _grouped(corrections).items():
        parts = {"date": day(date, language), "reason": _sentence(reason[language])}
        withdrawn = next((entry for entry in entries if not entry.column), None)
        if withdrawn is not None:
            kind = "yardstick" if withdrawn.table == "targets" else "value"
            words = text(
                f"correction_withdrawn_{kind}",
                language,
                old=_number(withdrawn.old, language),
                **parts,
            )
        else:
            before = [_before(entry, indicator, language) for entry in entries]
            words = text("correction_made", language, before="; ".join(before), **parts)
        lines.append(words)
    return lines


def correction_note(
    corrections: Iterable[Correction], indicator: Indicator, language: Language
) -> str:
    """Return what the citation of an indicator says: the days, and which values; empty for none."""
    days: dict[str, dict[str, None]] = {}
    for entry in corrections:
        point = indicator.data_point(entry.data_point)
        if entry.table == "targets":
            what = text("correction_yardstick", language)
        else:
            what = period(entry.period, language)
        named = f"{point.title[language]}, {what}" if point else what
        days.setdefault(entry.date, {})[named] = None
    return "; ".join(
        text("correction_note", language, date=day(date, language), what="; ".join(what))
        for date, what in days.items()
    )


def value_note(corrections: Iterable[Correction], indicator: Indicator, language: Language) -> str:
    """Return what the citation of a value says: the days, and what stood there; empty for none."""
    notes = []
    for (date, _, _), entries in _grouped(corrections).items():
        corrected_on = day(date, language)
        if entries[0].column:
            before = "; ".join(_before(entry, indicator, language) for entry in entries)
            notes.append(text("value_note", language, date=corrected_on, before=before))
        else:
            notes.append(text("value_note_withdrawn", language, date=corrected_on))
    return "; ".join(notes)


def _grouped(
    corrections: Iterable[Correction],
) -> Mapping[tuple[str, str, Words], list[Correction]]:
    groups: dict[tuple[str, str, Words], list[Correction]] = {}
    for entry in corrections:
        key = entry.date, entry.value_id or entry.table, entry.reason
        groups.setdefault(key, []).append(entry)
    return groups


def _before(entry: Correction, indicator: Indicator, language: Language) -> str:
    """One column and what stood in it, in the words that readers see elsewhere."""
    if entry.table == "targets" and entry.column == "primary":
        key = "correction_yardstick_replaced" if entry.new else "correction_yardstick_dropped"
        old, new = _number(entry.old, language), _number(entry.new, language)
        return text(key, language, old=old, new=new)
    column = text(_NAMED[entry.column], language) if entry.column in _NAMED else entry.column
    return text("correction_before", language, column=column, old=_old(entry, indicator, language))


def _old(entry: Correction, indicator: Indicator, language: Language) -> str:
    column, old = entry.column, entry.old
    if column == "data_point":
        point = indicator.data_point(old)
        return point.title[language] if point else text("part_whole", language)
    if column == "period":
        return period(old, language)
    if column in _YES_NO:
        words = text(f"yes_no_{old}", language)
    elif column in ("comparability", "basis"):
        words = text(f"{column}_{old}", language)
    elif column in ("note", "value_text") and old:
        words = text("correction_quoted", language, words=old)
    else:
        words = _number(old, language)
    return words


def _number(cell: str, language: Language) -> str:
    """A cell as readers write its number; what is no number stays as it is."""
    try:
        return number(Decimal(cell), language)
    except InvalidOperation:
        return cell or text("correction_empty", language)


def _sentence(words: str) -> str:
    return words if words.endswith((".", "!", "?")) else f"{words}."
