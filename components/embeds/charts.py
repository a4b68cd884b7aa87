"""The charts of embeds: the drawings of the site in a form that reads well at 320 pixels.

What stands in the element ``drawn`` is the part that an interactive chart takes the place of.
"""

from collections.abc import Callable
from itertools import groupby

from dash import html
from dash.development.base_component import Component

from components import urls
from components.ages import chip_of, group_is_older, is_older, year_chip, years_of, years_words
from components.bands import group_state, labelled_mark, legend, mark
from components.bars import band_strip, fulfilment_bars, share_bar
from components.formats import DASH, period, shown_share
from components.markup import Markup, folded
from components.not_yet_published import NotYetPublished
from components.pictures.indicator_chart import Trends, drawable, part_row, scale_words
from components.pictures.rows import Row
from components.pictures.trend_panel import key_words, trend_plot
from components.texts import text
from components.theme import NO_VALUE_CLASS
from components.trend import TrendSeries
from components.trend_sentences import trend_sentence
from components.verdicts import unit_of, value_words
from components.wheel import wheel_svg
from data.ages import ages_of
from data.groups import group_score
from data.models import Language
from data.scores import Category, Fulfilment, IndicatorScore, Score

DRAWN = "drawn"
_FEW = 12  # Bars of single indicators that a frame shows.
# The page of a chart, by its name in addresses.
Links = Callable[[str], str]


def wheel_embed(
    fulfilment: Fulfilment, links: Links, language: Language, label: str, *, compact: bool
) -> tuple[Component, ...]:
    """The wheel with its links, and the legend; ``links`` gives the page of a chart."""
    picture = wheel_svg(
        fulfilment,
        language,
        label,
        links,
        lambda key: links(urls.DIMENSION_SLUGS[key]),
    )
    # The document's base target holds for links of HTML only.
    picture = picture.replace("<a ", '<a target="_top" ')
    states = legend(fulfilment.indicators, fulfilment.recent_from, language)
    key = folded(text("embed_key", language), html.Div(states)) if compact else states
    return (html.Div(Markup(picture, className="wheel-box"), id=DRAWN), key)


def group_embed(
    fulfilment: Fulfilment, key: str | None, links: Links, language: Language, *, compact: bool
) -> tuple[Component, ...]:
    """Show the counts of the states, and a bar per category or, where these are few, per indicator.

    A bar per indicator makes of many a list that no frame of a fixed height could show; it stands
    behind a disclosure then. ``key`` is that of a dimension, None for all that ``fulfilment`` has.
    """
    groups = fulfilment.categories(key)
    if not groups:
        return ()
    members = tuple(score for category in groups for score in category.indicators)
    group, ages = group_score(members), ages_of(members, fulfilment.recent_from)
    states = legend(members, fulfilment.recent_from, language)
    if len(members) <= _FEW:
        bars = fulfilment_bars(groups, language, fulfilment.recent_from, links)
        return (band_strip(group, ages), states, html.Div(bars, id=DRAWN))
    words = text("embed_all_indicators", language, n=group.indicators)
    bars = fulfilment_bars(groups, language, fulfilment.recent_from, links)
    single = folded(words, bars)
    categories: Component = html.Div(
        _category_bars(groups, fulfilment.recent_from, language), id=DRAWN
    )
    if compact:
        categories = folded(text("embed_categories", language), html.Div(categories))
    return (band_strip(group, ages), states, categories, single)


def _category_bars(groups: tuple[Category, ...], recent_from: int, language: Language) -> html.Div:
    return html.Div(
        [
            html.Section(
                [
                    html.H3(sub_title[language]),
                    html.Ul(
                        [_category_bar(category, recent_from, language) for category in members]
                    ),
                ]
            )
            for sub_title, members in groupby(groups, key=lambda category: category.sub_title)
        ],
        className="bars",
    )


def _category_bar(group: Category, recent_from: int, language: Language) -> html.Li:
    score = group_score(group.indicators)
    name = html.Span(group.title[language])
    years = years_of(group.indicators)
    if score.share is None:
        look, words = group_state(group.indicators, language)
        reason = html.Span([mark(look), words], className="bar-words muted")
        return html.Li([name, reason], className="bar-row group-row")
    older = group_is_older(group.indicators, recent_from)
    shown = html.Span(
        [html.B(shown_share(score.share, language)), year_chip(years_words(years), older=older)],
        className="bar-words",
    )
    bar = share_bar(score.share, score.band, older=older)
    return html.Li([name, shown, bar], className="bar-row group-row")


def later_embed(later: NotYetPublished, language: Language) -> tuple[Component, ...]:
    """Return the words for a year that hides every value of an indicator."""
    state = html.Span([mark(NO_VALUE_CLASS), html.Span(later.state(language))], className="state")
    return (
        html.P(state, className="state"),
        html.P(later.reason(language), className="lacks"),
    )


def indicator_embed(
    indicator_score: IndicatorScore,
    series: tuple[TrendSeries, ...],
    language: Language,
    recent_from: int,
    *,
    compact: bool,
) -> tuple[Component, ...]:
    """State with its years, then values over the years, shares of parts, or what is missing."""
    trends = drawable(series)
    state = [
        labelled_mark(indicator_score, language, recent_from),
        chip_of(indicator_score, recent_from),
    ]
    parts: list[Component] = [html.P(state, className="state")]
    if len(indicator_score.scores) > 1:
        rows = [
            _part(part_row(score, language, recent_from), language)
            for score in indicator_score.scores
        ]
        parts.append(html.Ul(rows))
    else:
        parts += _single(indicator_score.scores[0], trends, language, recent_from)
    if trends:
        drawn = _trends(indicator_score, trends, language)
        if compact and len(indicator_score.scores) > 1:
            drawn = [folded(text("embed_trends", language), html.Div(drawn))]
        elif compact:
            notes = [part for part in drawn if isinstance(part, html.P)]
            drawn = [part for part in drawn if not isinstance(part, html.P)]
            drawn.append(folded(text("embed_notes", language), html.Div(notes)))
        parts.append(html.Div(drawn, id=DRAWN))
    return tuple(parts)


def _trends(indicator_score: IndicatorScore, trends: Trends, language: Language) -> list[Component]:
    parts: list[Component] = []
    for score in indicator_score.scores:
        if score.label in trends:
            parts += _trend(
                score, trends[score.label], language, named=len(indicator_score.scores) > 1
            )
    words = key_words(trends.values(), language, "picture_trend_key")
    return [*parts, html.P(words, className="note")]


def _single(score: Score, trends: Trends, language: Language, recent_from: int) -> list[Component]:
    """The only value of an indicator, where no trend shows it, and what it lacks."""
    if score.label in trends:
        return []
    parts: list[Component] = []
    if score.observation is not None:
        parts.append(html.P(value_words(score, language), className="big"))
        parts.append(html.P(period(score.observation.period, language), className="soft"))
    if score.share is None:
        return [*parts, html.P(text(f"lacks_{score.reason}", language))]
    return [
        *parts,
        html.P(
            [
                html.B(shown_share(score.share, language)),
                f"{DASH[language]}{scale_words(score, language)}",
            ]
        ),
        share_bar(score.share, score.band, older=is_older(score, recent_from)),
    ]


def _part(row: Row, language: Language) -> html.Li:
    named = html.Span([row.name, html.Span(row.more, className="soft more")])
    if row.share is None:
        reason = html.Span([mark(row.state_class), row.reason], className="bar-words muted")
        return html.Li([named, reason], className="bar-row")
    shown = html.Span(
        [html.B(shown_share(row.share, language)), year_chip(row.years, older=row.older)],
        className="bar-words",
    )
    bar = share_bar(row.share, row.band, older=row.older)
    return html.Li([named, shown, bar], className="bar-row")


def _trend(
    score: Score, series: TrendSeries, language: Language, *, named: bool
) -> list[Component]:
    unit = unit_of(score)
    sentence = trend_sentence(series, language, unit)
    drawn = trend_plot(series, language, unit, sentence)
    heading = [html.H2(score.data_point.title[language])] if named and score.data_point else []
    return [*heading, drawn, html.P(sentence, className="note")]
