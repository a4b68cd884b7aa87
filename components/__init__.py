"""What readers see: pure functions from values to components, words and SVG."""
