"""The picture that networks show of the quiz, and of a score somebody shares."""

from components.markup import content
from components.pictures.frame import CARD_HEIGHT, CARD_WIDTH
from components.pictures.style import svg_file
from components.pictures.svg_boxes import block, placed
from components.texts import text
from components.theme import BAND_COLOURS
from data.models import Language
from data.scoring import TOP_BAND
from quiz.models import RUN_LENGTH

_MARGIN = 80
_ROOM = CARD_WIDTH - 2 * _MARGIN
_RADIUS, _STEP = 34, 104
_COLOUR = BAND_COLOURS["light"][TOP_BAND]


def card_svg(
    title: str, score: int | None, site_name: str, address: str, language: Language
) -> str:
    """A card of 1200 by 630: the question, ten circles, and the score where there is one."""
    score_words = ""
    if score is not None:
        score_words = text("quiz_share_picture", language, score=score, total=RUN_LENGTH)
    drawn = (
        placed(block(site_name, 26, _ROOM, look="link"), _MARGIN, 56)
        + placed(block(title, 54, _ROOM, look="bold"), _MARGIN, 108)
        + placed(block(score_words, 120, _ROOM, look="bold"), _MARGIN, 254)
        + placed(block(address, 26, _ROOM, look="soft"), _MARGIN, 548)
        + "".join(_circle(number, score or 0) for number in range(RUN_LENGTH))
    )
    paper = f'<rect class="paper" width="{CARD_WIDTH}" height="{CARD_HEIGHT}"/>'
    attributes = f'lang="{language}" width="{CARD_WIDTH}" height="{CARD_HEIGHT}"'
    return svg_file(paper + drawn, "light", attributes, f"<title>{content(title)}</title>")


def _circle(number: int, score: int) -> str:
    fill = _COLOUR if number < score else "none"
    return (
        f'<circle fill="{fill}" stroke="{_COLOUR}" stroke-width="6" '
        f'cx="{_MARGIN + _RADIUS + number * _STEP}" cy="458" r="{_RADIUS}"/>'
    )
