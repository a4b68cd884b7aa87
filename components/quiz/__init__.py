"""What readers of the quiz see: question, answer, result and statistics."""
