"""Parts of the page that explores scores: filters, chips, views, rows and ways to take them."""
