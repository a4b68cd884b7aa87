"""Contents as JSON in, PDF out: ``python -m components.factsheet``."""

import json
import sys

from components.factsheet.typesetting import factsheet_pdf

sys.stdout.buffer.write(factsheet_pdf(json.loads(sys.stdin.buffer.read())))
