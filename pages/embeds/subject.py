"""Facts that the codes of a chosen chart need, gathered from its picture and its embed."""

import re
from collections.abc import Callable, Mapping
from urllib.parse import quote, urlencode

from components import urls
from components.embeds.codes import Drawing, Embedding
from components.embeds.page import Surface, embed_body
from components.embeds.size import frame_height
from components.explore.tools import frame_url
from components.formats import titled
from components.pictures.frame import CARD_HEIGHT, CARD_WIDTH, Form, picture
from components.texts import text
from data.models import Language
from pages.chart import Chart, file_of
from pages.embeds.choice import SIZES, UNTITLED, EmbedChoice
from pages.embeds.content import embed_of
from pages.embeds.explored import explored_embed
from pages.embeds.frames import SCRIPT
from pages.embeds.quiz_statistics import (
    fullest_statistics_embed,
    statistics_embed,
    statistics_picture,
    statistics_words,
)
from pages.embeds.quiz_subject import around_in, frame_path, subject_of
from pages.explored_chart import ExploredChart
from pages.site import Site

FORMS: tuple[Form, ...] = ("whole", "landscape", "card", "phone")
_SIZE = re.compile(r' width="(\d+)" height="(\d+)"')


def embedding(
    site: Site, newest: Site, language: Language, choice: EmbedChoice, base_url: str
) -> Embedding:
    """One chart of ``site``'s edition, for codes whose addresses begin with ``base_url``.

    Questions of the quiz are those of the edition in force.
    """
    spoken, name = choice.language_in(language), choice.chart
    if name == urls.QUIZ_STATISTICS:
        return _of_statistics(newest, spoken, choice, base_url)
    if urls.is_of_quiz(name):
        return _of_quiz(newest, spoken, choice, base_url)
    if urls.is_explored(name):
        return _of_view(ExploredChart.named(newest, spoken, name), choice, base_url)
    chart = Chart(site, spoken, name, choice.selection)
    site_name = site.name(spoken)
    asked = choice.selection.query()
    shown = embed_of(chart, newest, asked)
    asked |= {"theme": "" if choice.theme == "auto" else choice.theme}
    blocks = embed_body(shown, spoken, site_name, Surface(titled=choice.title != UNTITLED))
    frame = base_url + _asking(f"/embed/{spoken}/{quote(name)}", {**asked, "title": choice.title})
    looks = choice.theme != "auto" or choice.title
    return Embedding(
        language=spoken,
        name=titled(chart.sheet.title, site_name, spoken),
        sentence=chart.sentence,
        finding=chart.finding,
        description=chart.description,
        credit=shown.credit,
        page=shown.address,
        pasted=frame if looks or not shown.kept else shown.address,
        frame=frame,
        drawings=_drawings(base_url, spoken, name, asked, lambda form: picture_size(chart, form)),
        script=base_url + SCRIPT,
        widest=SIZES[choice.size],
        height_at=lambda width: frame_height(blocks, width),
    )


def _drawings(
    base_url: str,
    language: Language,
    name: str,
    asked: Mapping[str, object],
    size_of: Callable[[Form], tuple[int, int]],
) -> Mapping[str, Drawing]:
    """Every form of a chart's picture as ``asked`` (the parameters of its address)."""

    def drawing(form: Form) -> Drawing:
        look = {**asked, "size": "" if form == "whole" else form}

        def file(ending: str, width: int | None = None) -> str:
            return base_url + urls.picture(language, file_of(name), ending, **look, width=width)

        return Drawing(lambda: size_of(form), lambda width: file("png", width), file)

    return {form: drawing(form) for form in FORMS}


def _of_quiz(site: Site, language: Language, choice: EmbedChoice, base_url: str) -> Embedding:
    """A question, or the start of the quiz; their picture is the quiz's card."""
    subject, around = subject_of(site, language, choice.chart), around_in(site, language)
    address = f"{base_url}/{language}/{urls.QUIZ_CARD}"
    card = Drawing(
        lambda: (CARD_WIDTH, CARD_HEIGHT), lambda _width: address, lambda _ending: address
    )
    frame = base_url + frame_path(language, choice.chart, choice.theme)
    return Embedding(
        language=language,
        name=titled(subject.title, site.name(language), language),
        sentence=text("embed_quiz_credit", language, title=around.quiz_title),
        finding=subject.title,
        description=subject.title,
        credit=text("embed_quiz_start", language),
        page=around.quiz,
        pasted=frame,
        frame=frame,
        drawings={"whole": card, "phone": card},
        script=base_url + SCRIPT,
        widest=SIZES[choice.size],
        height_at=lambda width: frame_height(subject.body, width),
    )


def _of_statistics(site: Site, language: Language, choice: EmbedChoice, base_url: str) -> Embedding:
    shown, site_name = statistics_embed(site, language), site.name(language)
    fullest = fullest_statistics_embed(site, language)
    blocks = embed_body(fullest, language, site_name, Surface())
    name = titled(shown.title, site_name, language)
    theme = "" if choice.theme == "auto" else choice.theme
    frame = base_url + frame_path(language, choice.chart, choice.theme)
    return Embedding(
        language=language,
        name=name,
        sentence=shown.sentence,
        finding=f"{name}: {shown.sentence}",
        description=f"{shown.title}. {statistics_words(site, language)}",
        credit=shown.credit,
        page=shown.address,
        pasted=frame if theme else shown.address,
        frame=frame,
        drawings=_drawings(
            base_url,
            language,
            choice.chart,
            {"theme": theme},
            lambda form: _natural(statistics_picture(site, language, form=form)),
        ),
        script=base_url + SCRIPT,
        widest=SIZES[choice.size],
        height_at=lambda width: frame_height(blocks, width),
    )


def _of_view(chart: ExploredChart, choice: EmbedChoice, base_url: str) -> Embedding:
    language, sheet, imprint = chart.language, chart.sheet, chart.imprint
    name = titled(chart.title, imprint.site_name, language)
    theme = "" if choice.theme == "auto" else choice.theme
    frame = frame_url(chart.explored, base_url, choice.theme)
    blocks = embed_body(explored_embed(chart), language, imprint.site_name, Surface())
    return Embedding(
        language=language,
        name=name,
        sentence=chart.sentence,
        finding=f"{chart.title}. {chart.sentence}",
        description=f"{sheet.title}. {chart.sentence}",
        credit=text("embed_back", language, site=imprint.site_name),
        page=chart.cited.address,
        pasted=frame if theme else chart.cited.address,
        frame=frame,
        drawings=_drawings(
            base_url,
            language,
            choice.chart,
            {"theme": theme},
            lambda form: _natural(picture(sheet, imprint, language, form=form)),
        ),
        script=base_url + SCRIPT,
        widest=SIZES[choice.size],
        height_at=lambda width: frame_height(blocks, width),
    )


def picture_size(chart: Chart, form: Form) -> tuple[int, int]:
    """Width and height of the picture as it is drawn."""
    return _natural(picture(chart.sheet, chart.imprint, chart.language, form=form))


def _natural(svg: str) -> tuple[int, int]:
    drawn = _SIZE.search(svg)
    return (int(drawn[1]), int(drawn[2])) if drawn else (1, 1)


def _asking(path: str, query: Mapping[str, object]) -> str:
    given = {name: value for name, value in query.items() if value}
    return f"{path}?{urlencode(given)}" if given else path
