"""Charts as frames for other pages, and the form and codes that bring them there."""
