"""Create one record of a proof."""

from mist_connector.server.given import env

payload = env.context["mist_proof"]
created = env[payload["model"]].sudo().create(payload["values"])
action = {"id": created.id, "code": created.x_name, "shown": created.display_name}
