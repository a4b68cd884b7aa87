"""Parts of the open data pages: tables, files, gaps, terms, citations and changes."""
