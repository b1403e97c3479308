"""How members' passwords are kept."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class Argon2(Argon2PasswordHasher):
    """Argon2id with 19 MiB and two passes: OWASP's least, kind to one small server (2024)."""

    time_cost = 2
    memory_cost = 19 * 1024  # KiB
    parallelism = 1
