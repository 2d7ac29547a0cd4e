"""What changes in ``accounts``, by noun."""
