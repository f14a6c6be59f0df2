"""Use cases: what a person asks for, each with one way in."""
