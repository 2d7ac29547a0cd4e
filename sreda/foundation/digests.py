"""Keyed digests: what is looked up by a secret is stored so that a stolen table tells nothing."""

import hashlib
import hmac

from django.conf import settings


def digest(text: str) -> str:
    """Return the HMAC-SHA256 of ``text`` under the installation's key: 64 hex digits."""
    return hmac.new(settings.SECRET_KEY.encode(), text.encode(), hashlib.sha256).hexdigest()
