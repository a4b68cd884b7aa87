"""Pictures as other programs draw them, and how far they are from ours."""

from __future__ import annotations

import io
import subprocess
from pathlib import Path

from PIL import Image, ImageChops, ImageFilter

# Pixels of a block, whose mean colour is compared: letters and edges differ a little everywhere.
_BLOCK = 8


def rsvg(svg: bytes, target: Path) -> bytes:
    """Return the PNG of rsvg-convert, which Wikipedia and GNOME draw SVG with."""
    command = ["rsvg-convert", "-o", target]
    subprocess.run(command, input=svg, check=True)
    return target.read_bytes()


def distance(ours: bytes, theirs: bytes, soft: int = 0) -> int:
    """Return the largest difference of a block's mean colour, 0 to 255 in one channel.

    With ``soft`` each block is averaged with so many neighbours on each side. Raises
    ``AssertionError`` where the sizes differ.
    """
    drawings = [Image.open(io.BytesIO(content)).convert("RGB") for content in (ours, theirs)]
    (width, height), theirs_size = (drawing.size for drawing in drawings)
    assert theirs_size == (width, height)
    blocks = (width // _BLOCK, height // _BLOCK)
    means = [
        drawing.resize(blocks, Image.Resampling.BOX).filter(ImageFilter.BoxBlur(soft))
        for drawing in drawings
    ]
    return max(high for _, high in ImageChops.difference(*means).getextrema())
