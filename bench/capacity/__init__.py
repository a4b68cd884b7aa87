"""What machines hold: a small simulation from measured figures."""
