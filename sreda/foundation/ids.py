"""Identifiers that may leave the installation."""

from uuid_utils.compat import uuid7

# UUIDv7: unique everywhere, and its order is the order of time. The library's own function, so
# that migrations name it and not product code.
new_uid = uuid7

__all__ = ["new_uid"]
