"""Pure functions from values to Dash components, words and SVG."""
