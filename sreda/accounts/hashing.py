"""The password hash: Argon2id with OWASP's second setting, at most 40 ms on the reference core."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class Argon2(Argon2PasswordHasher):
    """m = 19 MiB, t = 2, p = 1: a school signs in within minutes, on one core."""

    time_cost = 2
    memory_cost = 19 * 1024
    parallelism = 1
