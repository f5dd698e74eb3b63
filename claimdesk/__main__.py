"""`python -m claimdesk` is `claimdesk`."""

from claimdesk.config.command_line import main

main()
