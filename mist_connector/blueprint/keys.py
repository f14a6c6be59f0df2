"""The shape of a key: what the mappings call a model, a field or an action by."""

KEY = r"^[a-z][a-z0-9_]*$"
