"""Regular runs: which commands, how often, and how cron or systemd starts them."""
