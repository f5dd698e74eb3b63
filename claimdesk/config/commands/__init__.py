"""One file per subcommand of `claimdesk`."""
