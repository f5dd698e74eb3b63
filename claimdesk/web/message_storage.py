"""Messages wait in a cookie until a page shows them."""

from typing import Any

from django.contrib.messages.storage.fallback import FallbackStorage
from django.http.response import HttpResponseBase


class MessageStorage(FallbackStorage):
    """Django's storage, but for answers that are late.

    A list that was asked for before a deed and answers after it saw no message; it must not delete the one
    that the deed's answer has brought meanwhile.
    """

    def update(self, response: HttpResponseBase) -> list[Any] | None:
        if self.used and not self.added_new and not len(self):
            return []
        return super().update(response)
