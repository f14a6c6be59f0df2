"""Attach files to records of a proof."""

from mist_connector.server.given import env

payload = env.context["mist_proof"]
created = (
    env["ir.attachment"]
    .sudo()
    .create(
        [
            {"name": row["name"], "raw": row["content"], "mimetype": "text/plain", "res_model": row["model"], "res_id": row["id"]}
            for row in payload["rows"]
        ]
    )
)
action = {"ids": created.ids}
