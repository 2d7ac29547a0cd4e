"""The pages of ``accounts``."""
