"""Doors that stand open in the CRM: looked for from outside, named with who opened them, and closed."""
