"""Statistics of all runs: headline figures, groups, questions and what was left out."""

from collections.abc import Mapping
from fractions import Fraction

from dash import html

from components.formats import integer, percent
from components.quiz.feedback import whole_percent
from components.quiz.spread import chance_words, figure_table, spread_part
from components.texts import text
from data.models import Language
from quiz.models import EXCLUSIONS, Exclusion
from quiz.statistics import Share, Statistics, Summary


def headline_part(statistics: Statistics, language: Language) -> html.Ul:
    """Participants, runs, finished runs and the share of right answers."""
    counts = {
        "participants": statistics.participants,
        "runs": statistics.all.runs,
        "completed": statistics.all.completed,
    }
    rows = [
        html.Li(
            [
                html.B(_count(n, language)),
                html.Span(text(f"stats_{key}", language, n=5 if n is None else n)),
            ]
        )
        for key, n in counts.items()
    ]
    for series, right in (("first", statistics.first.right), ("all", statistics.all.right)):
        if right is not None:
            words = text(f"stats_right_{series}", language, **_interval(right, language))
            share = whole_percent(right.right, right.answers, language)
            rows.append(html.Li([html.B(share), html.Span(words)]))
    return html.Ul(rows, className="figures")


def finding(statistics: Statistics, language: Language) -> str:
    """Return the share of right answers in first runs as a sentence, or why there is none."""
    if (right := statistics.first.right) is None:
        return text("stats_few", language)
    share = whole_percent(right.right, right.answers, language)
    return f"{share} {text('stats_right_first', language, **_interval(right, language))}."


def finished_runs(statistics: Statistics, language: Language) -> str:
    """Return how many first runs were finished, and the score that guessing gives."""
    total = sum(score_bin.runs for score_bin in statistics.first.scores)
    return text(
        "stats_scores",
        language,
        n=total,
        count=integer(total, language),
        chance=chance_words(statistics.chance, language),
    )


def scores_part(statistics: Statistics, language: Language) -> html.Section:
    """The spread of scores of finished first runs, with the chance level."""
    bins = statistics.first.scores
    heading = html.H2(text("stats_scores_title", language))
    if not bins:
        return html.Section([heading, html.P(text("quiz_compare_withheld", language))])
    sentence = finished_runs(statistics, language)
    parts = spread_part(bins, statistics.chance, sentence, language, None)
    return html.Section([heading, html.P(sentence, className="finding"), *parts])


def groups_part(summary: Summary, language: Language) -> html.Section | None:
    """Shares of first runs by subject, by kind of question and by language, where published."""
    table = _groups(summary, text("stats_groups_caption", language), language)
    heading = html.H2(text("stats_groups_title", language))
    return html.Section([heading, table]) if table else None


def apart_part(statistics: Statistics, language: Language) -> list[html.Section]:
    """Answers in rooms and in frames on other sites, a section each where they are published."""
    sections = []
    for series, summary in (("room", statistics.room), ("embed", statistics.embed)):
        if (right := summary.right) is None:
            continue
        title = text(f"stats_{series}_title", language)
        finding = text(
            f"stats_{series}",
            language,
            count=integer(right.answers, language),
            share=whole_percent(right.right, right.answers, language),
            **_interval(right, language),
        )
        parts = [html.H2(title), html.P(finding)]
        if table := _groups(summary, title, language):
            words = html.Summary(text("stats_groups_title", language))
            parts.append(html.Details([words, table]))
        sections.append(html.Section(parts))
    return sections


def _groups(summary: Summary, caption: str, language: Language) -> html.Div | None:
    shares: list[tuple[str, Share]] = [
        (text(f"dimension_{name}", language), share) for name, share in summary.dimensions.items()
    ]
    shares += [
        (text(f"stats_kind_{name}", language), share) for name, share in summary.kinds.items()
    ]
    shares += [
        (
            text("stats_language", language, name=text(f"stats_language_{spoken}", language)),
            share,
        )
        for spoken, share in summary.languages.items()
    ]
    if not shares:
        return None
    rows = [(name, _share_cells(share, language)) for name, share in shares]
    columns = ("group", "right", "interval", "answers")
    return figure_table(caption, columns, rows, language)


def exclusions_part(exclusions: Mapping[Exclusion, int], language: Language) -> html.Section:
    """Return the numbers of excluded requests by reason."""
    rows = [
        (text(f"excluded_{reason}", language), [integer(exclusions.get(reason, 0), language)])
        for reason in EXCLUSIONS
    ]
    title = text("stats_excluded_title", language)
    if not any(exclusions.values()):
        return html.Section([html.H2(title), html.P(text("stats_excluded_none", language))])
    table = figure_table(title, ("reason", "times"), rows, language, caption_seen=False)
    words = html.P(text("stats_excluded_words", language))
    return html.Section([html.H2(title), words, table])


def _count(n: int | None, language: Language) -> str:
    return text("stats_withheld", language) if n is None else integer(n, language)


def _interval(share: Share, language: Language) -> dict[str, str]:
    return {
        "low": percent(Fraction(100 * share.low), language, 1),
        "high": percent(Fraction(100 * share.high), language, 1),
    }


def _share_cells(share: Share, language: Language) -> list[str]:
    right = percent(Fraction(100 * share.right, share.answers), language, 1)
    span = text("stats_range", language, **_interval(share, language))
    return [right, span, integer(share.answers, language)]
