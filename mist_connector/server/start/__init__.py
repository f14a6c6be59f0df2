"""The code of a start: keys and invitations."""
