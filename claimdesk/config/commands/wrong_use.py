"""Wrong use of a command: one line that says what to do, exit 2."""

from click import ClickException


class WrongUse(ClickException):
    """Input that a command cannot use."""

    exit_code = 2
