"""What readers of the open data see: tables, files, gaps, terms, citations and changes."""
