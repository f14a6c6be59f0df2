"""The code of computed fields: each file sets one field of the records `self`."""
