"""Values of a city that a value may be shown among."""

from data.models import Edition, Observation


def comparable_values(edition: Edition, about: Observation | None) -> tuple[Observation, ...]:
    """Return the dated values of one city that a value may be shown among, oldest first.

    They are of its data point, unit and definition, and no change of the definition lies between
    them and it. Of a year with several the one of its own source counts.
    """
    if about is None or about.year is None:
        return ()
    members = sorted(
        (
            row
            for row in edition.of_city(about.city, about.code)
            if row.year is not None and row.value is not None
            if (row.data_point, row.unit_code, row.comparability, row.rate)
            == (about.data_point, about.unit_code, about.comparability, about.rate)
        ),
        key=lambda row: (row.period, row.source_id != about.source_id),
    )
    changes = [row.period for row in members if row.breaks_series]

    def section(row: Observation) -> int:
        return sum(change <= row.period for change in changes)

    by_year = {row.year: row for row in reversed(members) if section(row) == section(about)}
    return tuple(by_year[year] for year in sorted(by_year, key=lambda year: year or 0))
