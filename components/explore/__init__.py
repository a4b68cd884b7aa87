"""The analyst's page: filters, views and grid of one selection."""
