"""Limits. Nothing here knows Django."""
