"""Parts of a room's pages: forms to open and join one, the presenter's counts and figures."""

from collections import Counter
from collections.abc import Mapping, Sequence
from fractions import Fraction

import segno
from dash import html
from dash.development.base_component import Component

from components import urls
from components.formats import DASH, integer
from components.markup import Markup, attribute, content, folded, headed, hidden_fields, hyphened
from components.quiz.feedback import values_chart, whole_percent
from components.quiz.items import TEMPLATES
from components.quiz.items.template import sign
from components.quiz.spread import chance_words, spread_part
from components.texts import text
from data.models import Language, Observation
from quiz.items import KINDS
from quiz.models import RUN_LENGTH, Item, Question
from quiz.statistics import ScoreBin

_GROUP = 4


def together_part(token: str, language: Language) -> html.Section:
    """Return the part of the start page that opens a room, and the way to join one."""
    paces = "".join(
        f'<label class="q-pace" for="pace-{pace}">'
        f'<input type="radio" id="pace-{pace}" name="pace" value="{pace}"'
        f"{' checked' if pace == 'led' else ''}> <span>"
        f"{content(text(f'room_pace_{pace}', language))}</span></label>"
        for pace in ("led", "own")
    )
    legend = content(text("room_pace", language))
    form = html.Form(
        [
            hidden_fields(token=token),
            Markup(f"<fieldset><legend>{legend}</legend>{paces}</fieldset>"),
            html.P(
                html.Button(text("room_open", language), type="submit", className="button quiet")
            ),
        ],
        action=urls.page(language, "quiz", "rooms"),
        method="post",
    )
    join = html.A(text("room_join_way", language), href=urls.page(language, "quiz", "join"))
    return headed(
        text("room_title", language),
        html.P(text("room_lead", language)),
        form,
        html.P(join),
        id="together",
        className="q-together",
    )


def code_form(language: Language) -> html.Form:
    """Return the field for a code; it works without scripts."""
    label = content(text("room_code", language))
    field = (
        f'<label for="room-code">{label}</label> <input id="room-code" name="code" required'
        ' maxlength="40" autocomplete="off" autocapitalize="characters" spellcheck="false">'
    )
    button = html.Button(text("room_join", language), type="submit", className="button")
    return html.Form(
        [Markup(field, className="q-number q-code-field"), html.P(button, className="q-act")],
        action=urls.page(language, "quiz", "join"),
        method="get",
    )


def join_part(
    code: str, hidden: Mapping[str, str], notice: str, *, led: bool, language: Language
) -> html.Div:
    """Return what a room is, to whom has its code, and the button that joins it.

    ``hidden`` is what the form carries along.
    """
    way = html.Form(
        [
            hidden_fields(**hidden),
            html.Button(text("room_join", language), type="submit", className="button"),
        ],
        action=urls.page(language, "quiz", "join", code),
        method="post",
        className="q-act",
    )
    lead = text("room_join_led" if led else "room_join_own", language)
    opening = [html.H1(text("room_join_title", language)), html.P(lead, className="lead")]
    return html.Div(
        [
            html.Div(opening, className="opening"),
            html.P([text("room_code", language), ": ", html.B(spaced(code), className="q-code")]),
            html.P(notice, className="q-notice", role="alert") if notice else None,
            way,
            html.P(text("quiz_promise_free", language)),
        ],
        className="page words quiz",
    )


def spaced(code: str) -> str:
    """Return a code in groups of four, as it is read out."""
    return " ".join(code[at : at + _GROUP] for at in range(0, len(code), _GROUP))


def door(code: str, address: str, short: str, language: Language) -> html.Section:
    """Return code, picture and address by which people join; ``short`` is where a code is typed."""
    picture = segno.make(address, error="m", micro=False)
    image = picture.svg_inline(border=4, omitsize=True, dark="black", light="white")
    label = attribute(text("room_qr", language))
    return headed(
        text("room_door", language),
        Markup(image.replace("<svg ", f'<svg role="img" aria-label="{label}" ', 1)),
        html.P(
            [
                html.Span(short, className="q-short"),
                html.B(spaced(code), className="q-code"),
            ]
        ),
        className="q-door",
    )


def counts_part(counted: Mapping[str, int], position: int, language: Language) -> html.P:
    """Return how many are there and have answered; assets/quiz.js keeps the numbers fresh.

    ``counted`` are fields of ``RoomState``, ``position`` the question that is answered.
    """
    lines: list[Component] = []
    for name, n in counted.items():
        number = html.B(integer(n, language), **hyphened(data_count=name))
        lines.append(html.Span([text(f"room_{name}", language, n=position), " ", number]))
    return html.P(lines, className="q-counts", role="status")


def move_form(address: str, step: int, words: str) -> html.Form:
    """Return the presenter's button. ``step`` is the step that it was shown at."""
    button = html.Button(words, type="submit", className="button")
    return html.Form(
        [hidden_fields(step=str(step)), button], action=address, method="post", className="q-act"
    )


def end_part(address: str, language: Language) -> html.Details:
    """Return the way to end a room early, folded so that no slip of the hand ends it."""
    button = html.Button(text("room_end_now", language), type="submit", className="button quiet")
    return folded(
        text("room_end", language),
        html.P(text("room_end_words", language)),
        html.Form([hidden_fields(end="1"), button], action=address, method="post"),
        className="q-end",
    )


def asked_part(question: Question, item: Item, language: Language) -> Component:
    """Return the options of an open question, in the order that all members see.

    A line to continue is shown as far as it is given.
    """
    if question.kind not in ("choice", "trend"):
        words = html.P(text(f"room_asked_{question.kind}", language), className="lead")
        return html.Div([words, values_chart(question.given, (), language)], className="q-asked")
    options = [html.Li(question.option(option).text[language]) for option in item.options]
    return html.Ol(options, className="q-asked")


def answers_part(
    question: Question,
    item: Item,
    responses: Counter[tuple[str, str]],
    series: Sequence[Observation],
    language: Language,
) -> html.Div:
    """Return how a room answered a question, what is right, and why it matters.

    ``responses`` are counts by question id and bin.
    """
    template = TEMPLATES[question.kind]
    lists: list[Component] = [_distribution(question, item, responses, language)]
    if question.fallback and any(name == question.fallback.id for name, _ in responses):
        chosen = _distribution(question.fallback, item, responses, language)
        nobody_drew = all(name != question.id for name, _ in responses)
        lists = [
            html.H2(text("room_drawn", language)),
            *lists,
            html.Details([html.Summary(text("room_chosen", language)), chosen], open=nobody_drew),
        ]
    right = template.right_words(question, item, language)
    words: list[Component | None] = [
        values_chart(series, (), language),
        html.P(html.B(text("quiz_the_right_answer", language, option=right))),
        html.P(question.explanation[language]),
    ]
    if question.aha:
        words.append(html.P(question.aha[language], className="q-aha"))
    return html.Div([html.Div(lists), html.Div(words)], className="q-answers")


def _distribution(
    question: Question, item: Item, responses: Counter[tuple[str, str]], language: Language
) -> html.Ul:
    """Return a row per option in the order that was shown, or per band."""
    bins = KINDS[question.kind].publish(question)
    counted = html.Span(
        DASH[language] + text("quiz_mark_right", language), className="visually-hidden"
    )
    right = [sign(right=True), counted]
    names = [name for name in item.options if name in bins] or list(bins)
    total = sum(responses[question.id, name] for name in names)
    rows = []
    for name in names:
        number = responses[question.id, name]
        words = TEMPLATES[question.kind].bin_words(question, name, language)
        share = integer(number, language)
        if total:
            share = f"{whole_percent(number, total, language)} ({share})"
        bar = (
            '<svg aria-hidden="true"><rect class="bar-bed" width="100%" height="100%"/>'
            f'<rect class="{"q-full" if bins[name] else "q-own"}"'
            f' width="{100 * number / total if total else 0:.1f}%" height="100%"/></svg>'
        )
        rows.append(
            html.Li(
                [
                    html.Span([words, *(right if bins[name] else ())], className="q-bin"),
                    html.B(share),
                    Markup(bar, className="q-room-bar"),
                ],
                className="is-right" if bins[name] else None,
            )
        )
    return html.Ul(rows, className="q-distribution")


def scores_part(
    scores: Counter[int], items: Sequence[Item], language: Language
) -> list[Component | None]:
    """Return how many right answers the members of a room gave."""
    total = scores.total()
    if not total:
        return [html.P(text("room_no_scores", language), className="lead")]
    mean = Fraction(sum(score * number for score, number in scores.items()), total)
    sentence = text(
        "room_scores",
        language,
        n=total,
        count=integer(total, language),
        mean=chance_words(mean, language),
        total=RUN_LENGTH,
    )
    bins = [ScoreBin(score, score, scores[score]) for score in range(RUN_LENGTH + 1)]
    chance = sum((KINDS[item.kind].chance(item) for item in items), Fraction(0))
    return [
        html.P(sentence, className="lead"),
        *spread_part(bins, chance, sentence, language, None),
    ]
