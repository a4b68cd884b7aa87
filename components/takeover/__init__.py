"""Turn a Dash component tree into HTML, and let Dash take over part of it; see README.md."""
