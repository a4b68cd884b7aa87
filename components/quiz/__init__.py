"""Parts of the quiz's pages: question, answer, result and statistics."""
