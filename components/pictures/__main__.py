"""SVG in, PNG out: ``python -m components.pictures``."""

import os
import sys

from components.pictures.png import png

os.nice(10)  # Who waits for a page goes before who waits for pixels.
sys.stdout.buffer.write(png(sys.stdin.buffer.read().decode()))
