"""Tables, checks, scoring and exports of the indicators."""
