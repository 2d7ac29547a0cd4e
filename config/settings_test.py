"""Settings for tests: the same house, a cheap hash, no demo.

Jobs wait in the queue until ``foundation.testing.run_jobs`` runs them.
"""

import os
import tempfile
from pathlib import Path

os.environ.setdefault("SREDA_SECRET_KEY", "only-for-tests-0123456789-0123456789-0123456789")
os.environ.setdefault("DATABASE_URL", "sqlite://:memory:")
os.environ.setdefault("SREDA_MEDIA", str(Path(tempfile.gettempdir()) / f"sreda-test-{os.getpid()}"))

from config.settings import *  # noqa: F403

SREDA_STATIC_OPTIONAL = True
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
ALLOWED_HOSTS = ["*"]
