"""What is true and how we know: tables, checks, scoring, exports."""
