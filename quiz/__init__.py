"""The quiz without its pages: question bank, runs, marking and statistics."""
