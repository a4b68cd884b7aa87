"""Metadata of the files for programs: data package, CSVW, DCAT-AP."""
