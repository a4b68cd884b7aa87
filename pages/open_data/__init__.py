"""The pages of the open data: what there is, each table, each edition, how to cite and load it."""
