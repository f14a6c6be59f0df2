"""Documents with an audience, rendered from tier-checked templates."""
