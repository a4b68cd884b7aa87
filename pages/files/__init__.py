"""Published files: where they lie, how they are sent, and how often they were taken whole."""
