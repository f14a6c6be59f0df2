"""Refuse what is being written, with the sentence of the hook that calls this action."""

from mist_connector.server.given import UserError, env

raise UserError(env.context.get("mist_refusal") or "Règlement intérieur")
