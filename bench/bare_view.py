"""A Flask application with two bare views: the bytes of a file, and a commit to SQLite.

BENCH_FILE names the file, BENCH_STORE the store.
"""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path
from threading import Lock, local

from flask import Flask, Response, request

server = Flask(__name__)
_CONTENT = Path(os.environ["BENCH_FILE"]).read_bytes()
_STORE = os.environ.get("BENCH_STORE", "")
_own, _turn = local(), Lock()


@server.get("/file")
def file() -> Response:
    """Return the bytes."""
    return Response(_CONTENT, mimetype="text/csv")


@server.post("/answer")
def answer() -> Response:
    """Store an answer in a transaction of its own, as durably as the site does."""
    if not hasattr(_own, "store"):
        _own.store = sqlite3.connect(_STORE, timeout=30)
        _own.store.execute("PRAGMA synchronous = FULL")
        _own.store.execute("CREATE TABLE IF NOT EXISTS answers (option TEXT)")
    # Writers that meet at SQLite's own lock would sleep.
    with _turn, _own.store:
        _own.store.execute("INSERT INTO answers VALUES (?)", (request.form["option"],))
    return Response("", 200)
