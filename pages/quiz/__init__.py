"""The quiz as readers take it: its pages, its forms, its files and what keeps them together."""
