"""What changes in the roster, by noun."""
