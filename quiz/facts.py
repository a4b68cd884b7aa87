"""Facts of a question: every number that its texts print, traced to rows of the edition.

A fact is a mapping that names a row, or a calculation from other facts:

- ``obs``: the observation of this city, code, data point, period and source;
- ``target``: the yardstick of this code, data point and source (and target value, if needed);
- ``population``: the residents of the city in this year, in thousands;
- ``indicator``, ``source``: the definition and notes of this indicator, the title of this source;
- ``count``: how many indicators this sub-dimension has, or all where it is empty;
- ``calc``: an expression of facts that stand above; ``site``: a rule of this site.

``is`` is the number as printed, equal to the row's when rounded to the same digits (or to a
multiple of ``round_to``); ``has`` are words that the row must contain, ``read`` a number inside
them that is used in place of the row's value, divided by ``scale``; ``between`` is a closed
interval for the value. ``words`` and ``note`` are for editors.
"""

import ast
import operator
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal, DecimalException
from typing import Any, NamedTuple

from data.models import LANGUAGES, Edition, Observation, Words
from quiz.printed_numbers import numbers_in, rounded

OBSERVATION_FIELDS = ("city", "code", "data_point", "period", "source_id")
# Pages of this site that state a rule of its own, as sources of a question.
SITE_PAGES = {"site-method": "method", "site-quiz-rules": "quiz_statistics"}
_CLAIMS = {"is", "has", "between", "note", "words"}
_YEAR = re.compile(r"(?<!\d)20[0-3]\d(?!\d)")
_OPERATORS: Mapping[type[ast.operator], Callable[[Decimal, Decimal], Decimal]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}


_Row = tuple[Decimal | None, str]
# Of each kind ``Facts`` has a method ``_row_of_…``.
_ROWS = {"obs", "target", "population", "indicator", "source", "count", "calc", "site"}


class Problem(NamedTuple):
    """One fault of a question: the field, what is wrong, what to do."""

    field: str
    problem: str
    remedy: str


class Facts:
    """The facts of one entry of the bank, looked up in an edition."""

    def __init__(self, entry: Mapping[str, Any], edition: Edition) -> None:
        self.edition = edition
        self._entry = entry
        self._values: dict[str, Decimal] = {}
        self._observations: dict[str, Observation] = {}
        self._rests_on: dict[str, str] = {}
        self._printed: set[Decimal] = {Decimal(str(term)) for term in entry.get("terms", ())}
        # What counts as no change is a rule of the item.
        trend = entry.get("trend")
        limits = trend.get("same_within", {}) if isinstance(trend, Mapping) else {}
        self._printed |= {Decimal(str(limit)) for limit in limits.values()}
        self._words = ""
        self._problems: list[Problem] = []
        for name, fact in (entry.get("facts") or {}).items():
            try:
                self._look_up(name, fact)
            except (LookupError, TypeError, ValueError, AttributeError, DecimalException) as error:
                reason = f"cannot be looked up: {error}"
                self._problems.append(Problem(f"facts.{name}", reason, "name one row of the data"))

    def value(self, name: str) -> Decimal | None:
        """Return the number of a fact, None where it has none."""
        return self._values.get(name)

    def observation(self, name: str) -> Observation | None:
        """Return the observation that a fact names, None where it names none."""
        return self._observations.get(name)

    def observation_about(self, code: str | None, city: str | None) -> Observation | None:
        """Return the first fact with a number of this indicator and city."""
        return next(
            (
                observation
                for observation in self._observations.values()
                if (observation.code, observation.city) == (code, city)
                and observation.value is not None
            ),
            None,
        )

    def page_of(self, source_id: str) -> dict[str, str] | None:
        """Return the page of a source that the observation of a fact names, None without one."""
        for observation in self._observations.values():
            if observation.source_id == source_id and observation.page:
                return {"en": observation.page.en, "ru": observation.page.ru}
        return None

    def observations_of(self, series: Mapping[str, Any]) -> tuple[Observation, ...]:
        """Return the observations that agree with every field of ``series``, in table order."""
        return tuple(
            observation
            for observation in self.edition.by_indicator.get(series["code"], ())
            if all(getattr(observation, field) == value for field, value in series.items())
        )

    def one_series(self, rows: Sequence[Observation], field: str) -> Iterator[Problem]:
        """Yield a fault where no line may join the rows, as the definition changes between them."""
        first, last = rows[0], rows[-1]
        if len({(row.city, row.code, row.data_point, row.unit_code) for row in rows}) > 1:
            yield Problem(field, "is of several data points or units", "name values of one series")
        series = self.observations_of(
            {"city": first.city, "code": first.code, "data_point": first.data_point}
        )
        if any(row.breaks_series and first.period < row.period <= last.period for row in series):
            yield Problem(field, "goes across a change of the definition", "use years of one side")

    def problems(self) -> Iterator[Problem]:
        """Yield facts that do not hold, and numbers of the texts that come from none."""
        yield from self._problems
        cited = self._entry["sources"]
        for name, source in self._rests_on.items():
            if source not in cited:
                yield Problem(f"facts.{name}", f"{source} is not cited", "add it to the sources")
        for source in cited:
            if source in self.edition.sources:
                row = self.edition.sources[source]
                self._words += f" {row.title} {row.year} {row.url} {row.publisher.en}"
        for field, words in self._texts():
            numbers = {language: numbers_in(words[language], language) for language in LANGUAGES}
            for language in LANGUAGES:
                for number in numbers[language]:
                    if number not in self._printed and str(number) not in self._years:
                        problem = f"{language}: {number} comes from no fact"
                        yield Problem(field, problem, "name its row, or list it under terms")
            if set(numbers["ru"]) != set(numbers["en"]):
                yield Problem(field, "has other numbers in each language", "make them agree")

    @property
    def _years(self) -> set[str]:
        return set(_YEAR.findall(self._words))

    def _texts(self) -> Iterator[tuple[str, Mapping[str, str]]]:
        entry = self._entry
        for field in ("text", "explanation", "aha"):
            yield field, entry[field]
        fallback = entry.get("fallback", {})
        if "text" in fallback:
            yield "fallback.text", fallback["text"]
        for option in entry.get("options", ()):
            if option["id"] == entry["answer"]:
                yield f"options.{option['id']}", option["text"]

    def _look_up(self, name: str, fact: Mapping[str, Any]) -> None:
        (about,) = set(fact) & _ROWS
        value, words = getattr(self, f"_row_of_{about}")(name, fact[about])
        self._words += f" {words}"
        if "has" in fact and not _contains(words, fact["has"]):
            self._fault(name, f"the row has no “{fact['has']}”", "quote it")
        if "read" in fact:
            if not _contains(fact["has"].replace(",", "."), fact["read"]):
                self._fault(name, "reads what it does not quote", "quote it")
            value = Decimal(fact["read"]) / Decimal(fact.get("scale", "1"))
        elif "has" in fact and "is" not in fact and "between" not in fact:
            value = None
        if value is not None:
            self._values[name] = value
        if not _CLAIMS & set(fact):
            self._fault(name, "claims nothing", "remove it")
        self._compare(name, fact, value)

    def _compare(self, name: str, fact: Mapping[str, Any], value: Decimal | None) -> None:
        """Compare the number of a row with the one that is printed, and with its interval."""
        if "is" in fact:
            self._printed.add(Decimal(fact["is"]))
            if value is None or rounded(value, fact) != Decimal(fact["is"]):
                self._fault(name, f"the data say {value}, not {fact['is']}", "correct the texts")
        if "between" in fact:
            low, high = map(Decimal, fact["between"])
            if value is None or not low <= value <= high:
                self._fault(name, f"{value} is not between {low} and {high}", "correct the words")

    def _fault(self, name: str, problem: str, remedy: str) -> None:
        self._problems.append(Problem(f"facts.{name}", problem, remedy))

    # Each returns the number and the words of the row that a fact names.

    def _row_of_obs(self, name: str, about: Mapping[str, Any]) -> _Row:
        rows = self.observations_of({field: about[field] for field in OBSERVATION_FIELDS})
        if len(rows) != 1:
            raise LookupError(f"it fits {len(rows)} observations")
        row = rows[0]
        self._observations[name], self._rests_on[name] = row, row.source_id
        if row.reason in ("withheld", "no_year") or not row.period:
            self._fault(name, "rests on a value that is withheld or has no year", "use another one")
        return row.value, _words_of(row.period, row.value_text, row.note, row.page)

    def _row_of_target(self, name: str, about: Mapping[str, Any]) -> _Row:
        values = {field: value for field, value in about.items() if field != "target"}
        (target,) = (
            target
            for target in self.edition.targets
            if all(getattr(target, field) == value for field, value in values.items())
            and target.value == Decimal(about.get("target", target.value))
        )
        self._rests_on[name] = target.source_id
        return target.value, _words_of(target.value_text, target.note, target.page)

    def _row_of_population(self, _: str, about: str) -> _Row:
        (thousand,) = (
            row.thousand
            for row in self.edition.populations
            if (row.city, str(row.year)) == (self._entry["city"], about)
        )
        return thousand, ""

    def _row_of_indicator(self, _: str, about: str) -> _Row:
        (indicator,) = (row for row in self.edition.indicators if row.code == about)
        return None, _words_of(indicator.definition, indicator.notes)

    def _row_of_source(self, name: str, about: str) -> _Row:
        self._rests_on[name] = about
        return None, self.edition.sources[about].title

    def _row_of_count(self, _: str, section: str) -> _Row:
        sections = [indicator.sub_dimension.en for indicator in self.edition.indicators]
        return Decimal(sections.count(section) if section else len(sections)), ""

    def _row_of_calc(self, _: str, about: str) -> _Row:
        return _computed(ast.parse(about, mode="eval").body, self._values), ""

    def _row_of_site(self, _: str, __: str) -> _Row:
        return None, ""


def _computed(node: ast.expr, values: Mapping[str, Decimal]) -> Decimal:
    if isinstance(node, ast.Constant):
        return Decimal(str(node.value))
    if isinstance(node, ast.Name):
        return values[node.id]
    if isinstance(node, ast.BinOp):
        compute = _OPERATORS[type(node.op)]
        return compute(_computed(node.left, values), _computed(node.right, values))
    raise ValueError(ast.dump(node))


def _words_of(*texts: str | Words) -> str:
    return " ".join(text if isinstance(text, str) else f"{text.en} {text.ru}" for text in texts)


def _contains(text: str, part: str) -> bool:
    return " ".join(part.lower().split()) in " ".join(text.lower().split())
