"""The city on one sheet of paper: the wheel, the scores of all groups, and where they come from."""
