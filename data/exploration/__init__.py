"""Scores of cities to choose from: rows, selections, and what a selection leaves."""
