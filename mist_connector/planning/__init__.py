"""The difference between what is and what must be, as one frozen plan."""
