"""What a bylaw asks of facts: a closed set of forms, the spelling of each, and the engine's readers."""
