"""What programs read about the files: data package, CSVW, DCAT-AP."""
