"""The command line: one thin file per command; only console.py prints."""
