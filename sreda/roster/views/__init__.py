"""Pages of the roster, by subject."""
