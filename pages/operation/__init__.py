"""Operation of the site: processes, metrics, logs, cache, limits and protection."""
