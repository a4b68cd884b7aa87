"""The same pages as a Streamlit application; ``?page=`` names one.

BENCH_CONTENTS names the file with what the pages say. Runs in Streamlit's own environment.
"""

from __future__ import annotations

import json
import os
from pathlib import Path

import pandas as pd
import streamlit as st


@st.cache_data
def contents() -> dict[str, dict[str, object]]:
    """Read the file once, as Streamlit advises."""
    return json.loads(Path(os.environ["BENCH_CONTENTS"]).read_text("utf-8"))


known = contents()[st.query_params.get("page", "/")]
for number, block in enumerate(known["blocks"]):
    if block["kind"] == "table":
        head, *rows = block["rows"]
        width = max(len(row) for row in block["rows"])
        columns = [f"{name} ({place})" for place, name in enumerate(head + [""] * width)][:width]
        st.table(pd.DataFrame([row + [""] * (width - len(row)) for row in rows], columns=columns))
    elif block["kind"] == "p":
        st.write(block["text"])
    else:
        st.header(block["text"])
    if number == 0 and known["figure"]:
        shares = {row["code"]: float(row["share"] or 0) for row in known["figure"]}
        st.bar_chart(pd.Series(shares, name="share"))
