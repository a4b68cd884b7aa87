"""Codes that put a chart into somebody's page as frame, figure or picture, to paste."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from components.embeds.size import NARROWEST, PHONE
from components.markup import attribute, content
from data.models import Language

# Figures of this name are found by assets/embed_loader.js; docs/embeds.md has the contract.
FIGURE_MARK = "data-u4ssc-embed"
_STEP, _RESERVE = 16, 8  # Browsers round what fonts say.
# In each range of widths up to one of these a height has a line of its own, in pixels. The usual
# columns, 360 and 640 pixels wide, are ranges by themselves; others begin one: those of phones
# of 320 and 375 pixels, and half a page.
_EXACT = 2  # Frames that fill their largest width have a height of their own.
_EDGES = (287, 319, 342, 359, 360, 372, 448, 479, 607, 639, 640, 720)
_PHONE = 480  # Up to this width of the window a picture is the one for phones.


@dataclass(frozen=True, slots=True)
class FrameHeight:
    """Height of a frame in pixels, by ranges of its width.

    Each of ``lines`` holds to its last width: a start, and what is added for each pixel of width.
    ``full`` is the height at the frame's largest width, ``most`` the largest at any width.
    """

    lines: tuple[tuple[int, int, float], ...]
    full: int
    most: int

    def at(self, width: float) -> float:
        """Return the height at a width."""
        _, start, slope = next((line for line in self.lines if width <= line[0]), self.lines[-1])
        return start + slope * width

    @property
    def style(self) -> str:
        """The height as CSS, by the width of the container."""
        parts, before = [], 0
        for last, start, slope in self.lines:
            line = f"{start}px {'-' if slope < 0 else '+'} {abs(slope) * 100:.4g}cqw"
            # The factors make one of the heights hold in each range of widths.
            limits = [f"(100cqw - {before}px)*9999"] if before else []
            if last != self.lines[-1][0]:
                limits.append(f"({last + 1}px - 100cqw)*9999")
            parts.append(f"min({','.join([line, *limits])})")
            before = last
        return f"max({','.join(parts)})"


@dataclass(frozen=True)
class Drawing:
    """A picture's own size, and its files' addresses.

    ``measured`` draws it to say its width and height in pixels, ``address`` gives the PNG of a
    width, ``file`` the one of its own width by its ending.
    """

    measured: Callable[[], tuple[int, int]]
    address: Callable[[int], str]
    file: Callable[[str], str]

    @cached_property
    def size(self) -> tuple[int, int]:
        """Its own width and height in pixels."""
        return self.measured()

    def height(self, width: int) -> int:
        """Return its height at a width, in pixels."""
        return round(width * self.size[1] / self.size[0])

    def sources(self, width: int) -> str:
        """The addresses for usual and for sharp screens, as ``srcset``."""
        return ", ".join(f"{self.address(pixels)} {pixels}w" for pixels in (width, 2 * width))


@dataclass(frozen=True)
class Embedding:
    """One chart to be put elsewhere; addresses with origin.

    ``finding`` names chart and city with the sentence; ``description`` is for readers who do not
    see the chart. ``pasted`` is the address that oEmbed's consumers turn into the chart.
    ``drawings`` are its pictures by form, among them ``whole`` and ``phone``, and ``widest`` is
    the largest width of the whole in pixels. ``height_at`` reckons the height of a frame of so
    many pixels.
    """

    language: Language
    name: str
    sentence: str
    finding: str
    description: str
    credit: str
    page: str
    pasted: str
    frame: str
    drawings: Mapping[str, Drawing]
    script: str
    widest: int
    height_at: Callable[[int], int]

    @cached_property
    def height(self) -> FrameHeight:
        """The height of its frame at every width."""
        return covering_height(self.height_at, NARROWEST, PHONE, self.widest)

    @property
    def picture(self) -> Drawing:
        """The whole picture."""
        return self.drawings["whole"]

    @property
    def phone(self) -> Drawing:
        """The picture for narrow columns."""
        return self.drawings["phone"]


def covering_height(
    height_at: Callable[[int], int], narrowest: int, phone: int, widest: int
) -> FrameHeight:
    """The heights of a frame from those reckoned at single widths.

    Above ``phone`` an embed is laid out anew. Between two widths it is as high as at one of them.
    """
    lines, first, most = [], narrowest, 0
    edges = (*_EDGES, phone, widest - _EXACT)
    for last in sorted({*(edge for edge in edges if edge <= widest - _EXACT), widest}):
        if last < first:
            continue
        widths = sorted({*range(first, last, _STEP), last})
        heights = [height_at(width) + _RESERVE for width in widths]
        pairs = zip(widths, [heights[0], *heights], heights, strict=False)
        points = [(width, max(before, height)) for width, before, height in pairs]
        start, slope = _lowest_line(points)
        lines.append((last, math.ceil(start), round(slope, 4)))
        ends = [math.ceil(start + slope * width) for width in (first, last)]
        most, first = max(most, *ends), last + 1
    return FrameHeight(tuple(lines), ends[1], most)


def _lowest_line(points: Sequence[tuple[int, int]]) -> tuple[float, float]:
    """Start and slope of the lowest line through two of the points that lies below none."""
    start, slope = float(max(height for _, height in points)), 0.0
    least = start * len(points)
    for place, (width, height) in enumerate(points):
        for other, reached in points[place + 1 :]:
            steep = (reached - height) / (other - width)
            line = [height + steep * (x - width) for x, _ in points]
            covers = all(on >= each - 0.01 for on, (_, each) in zip(line, points, strict=True))
            if covers and sum(line) < least:
                start, slope, least = height - steep * width, steep, sum(line)
    return start, slope


def frame_code(embedding: Embedding) -> str:
    """A frame without any script, and behind it a link that stays where frames are taken out."""
    height = embedding.height
    # Where no styles are allowed, a border would make the frame wider than its column.
    size = f'lang="{embedding.language}" width="100%" height="{height.most}" frameborder="0"'
    link = (
        f'<p lang="{embedding.language}" dir="ltr" style="margin:0">'
        f'<a href="{attribute(embedding.page)}">{content(embedding.name)}</a></p>'
    )
    frame = live_frame(embedding.frame, embedding.name, size, embedding.widest, height)
    return f"{_container(embedding.widest)}\n{frame}\n{link}\n</div>"


def held_frame(address: str, name: str, size: str, widest: int, height: FrameHeight) -> str:
    """The frame in what its height is measured by, and nothing else."""
    return f"{_container(widest)}{live_frame(address, name, size, widest, height)}</div>"


def live_frame(address: str, name: str, size: str, widest: int, height: FrameHeight) -> str:
    """A frame whose height follows from the width of its container.

    The height stands there three times: in ``size``, which are attributes, for pages that
    allow no styles, for browsers that do not know container units, and for all others.
    """
    style = (
        f"display:block;width:100%;border:0;aspect-ratio:{widest}/{height.full};"
        f"height:auto;min-height:{height.most}px;min-height:{height.style}"
    )
    return (
        f'<iframe src="{attribute(address)}" title="{attribute(name)}" {size} loading="lazy" '
        f'style="{style}"></iframe>'
    )


def _container(widest: int) -> str:
    return f'<div style="container-type:inline-size;max-width:{widest}px">'


def figure_code(embedding: Embedding) -> str:
    """The picture with its sentence and link, which becomes the live chart where it may.

    The chart says both itself, so they stand in the ``span`` that the script hides.
    """
    return (
        f'<figure {FIGURE_MARK}="{attribute(embedding.frame)}" lang="{embedding.language}" '
        f'dir="ltr" style="margin:0;max-width:{embedding.widest}px">\n'
        f'<a href="{attribute(embedding.page)}">{_vector(embedding)}</a>\n'
        f"<figcaption><span>{content(embedding.sentence)} "
        f'<a href="{attribute(embedding.page)}">{content(embedding.credit)}</a></span>'
        "</figcaption>\n"
        f'</figure>\n<script src="{attribute(embedding.script)}" async></script>'
    )


def _vector(embedding: Embedding) -> str:
    """The picture as SVG, which is a fraction of the pixels: most are replaced soon."""
    phone, whole, widest = embedding.phone, embedding.picture, embedding.widest
    width = min(phone.size[0], widest)
    drawn = (
        f'<img src="{attribute(phone.file("svg"))}" alt="{attribute(embedding.name)}" '
        f'width="{width}" height="{phone.height(width)}" loading="lazy" '
        'style="max-width:100%;height:auto">'
    )
    if widest <= phone.size[0]:
        return drawn
    return (
        f'<picture><source media="(min-width: {_PHONE + 1}px)" '
        f'srcset="{attribute(whole.file("svg"))}" '
        f'width="{widest}" height="{whole.height(widest)}">{drawn}</picture>'
    )


def picture_code(embedding: Embedding) -> str:
    """The picture, linked to the page it belongs to; its sentence is what it says unseen."""
    return (
        f'<a href="{attribute(embedding.page)}" lang="{embedding.language}">'
        f"{_image(embedding, embedding.description)}</a>"
    )


def _image(embedding: Embedding, words: str) -> str:
    """The picture for phones; in wider windows the whole one takes its place.

    Where a system takes away all but the ``img``, the words of what stays can be read anywhere.
    """
    phone, widest = embedding.phone, embedding.widest
    width = min(phone.size[0], widest)
    drawn = (
        f'<img src="{attribute(phone.address(width))}" srcset="{attribute(phone.sources(width))}" '
        f'sizes="(max-width: {width}px) 100vw, {width}px" alt="{attribute(words)}" '
        f'width="{width}" height="{phone.height(width)}" loading="lazy" '
        'style="max-width:100%;height:auto">'
    )
    if widest <= phone.size[0]:
        return drawn
    whole = embedding.picture
    return (
        f'<picture><source media="(min-width: {_PHONE + 1}px)" '
        f'srcset="{attribute(whole.sources(widest))}" '
        f'sizes="(max-width: {widest}px) 100vw, {widest}px" '
        f'width="{widest}" height="{whole.height(widest)}">{drawn}</picture>'
    )
