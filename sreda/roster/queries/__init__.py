"""What is read of the roster, by subject."""
