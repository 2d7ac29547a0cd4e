"""Changes to batches and their rows."""
