"""A Flask application with one view that returns the bytes of the file that BENCH_FILE names."""

from __future__ import annotations

import os
from pathlib import Path

from flask import Flask, Response

server = Flask(__name__)
_CONTENT = Path(os.environ["BENCH_FILE"]).read_bytes()


@server.get("/file")
def file() -> Response:
    """Return the bytes."""
    return Response(_CONTENT, mimetype="text/csv")
