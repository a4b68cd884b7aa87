"""The rival of ``bench.files``: Flask's own way to send the file that BENCH_FILE names."""

from __future__ import annotations

import os

from flask import Flask, Response, send_file

server = Flask(__name__)


@server.get("/observations.csv")
def observations() -> Response:
    """The file, as the documentation of Flask says to send one."""
    return send_file(os.environ["BENCH_FILE"])
