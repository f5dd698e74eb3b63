"""The expected "no"."""


class Refused(Exception):
    """A deed that the rules do not allow; nothing was changed.

    Takes: `code`, stable and documented, for programs; `message`, for people, already translated.
    One middleware turns it into 409 for pages and programs alike.
    """

    def __init__(self, code: str, message: str = "") -> None:
        super().__init__(message or code)
        self.code = code
        self.message = str(message) or code


class NotAllowed(Exception):
    """The actor lacks the permission; the doors turn it into 403."""
