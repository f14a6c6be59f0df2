"""The code of erasing and of shielding: the CRM runs it with all rights while a command lasts.

The files are parts: a command joins those that it needs, each after the parts that it imports from.
"""
