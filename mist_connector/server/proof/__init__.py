"""The code with which a proof plants what it looks for, and removes it."""
