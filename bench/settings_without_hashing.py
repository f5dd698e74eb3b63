"""The shipped settings, but passwords are kept as they are: hashing is slow on purpose and would hide all else."""

from django.contrib.auth.hashers import BasePasswordHasher

from claimdesk.config.settings import *  # noqa: F403

PASSWORD_HASHERS = ["bench.settings_without_hashing.Unhashed"]


class Unhashed(BasePasswordHasher):
    """Keeps a password as it is."""

    algorithm = "unhashed"

    def salt(self) -> str:
        return ""

    def encode(self, password: str, salt: str) -> str:
        return f"{self.algorithm}${password}"

    def verify(self, password: str, encoded: str) -> bool:
        return encoded == self.encode(password, "")

    def must_update(self, encoded: str) -> bool:
        return False
