"""Programs that people put the pictures into."""
