"""Charts and the fact sheet as files: drawn once, then served."""
