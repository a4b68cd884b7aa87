"""How we ask and count: question bank, runs, marking and statistics."""
