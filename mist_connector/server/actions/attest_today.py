"""Attest for today that these people meet the condition of membership, with the caller's rights."""

from mist_connector.server.given import env, today

wanted = [("id", "in", env.context.get("active_ids") or []), ("x_attested_on", "=", False)]
env["x_mist_person"].with_user(env.uid).search(wanted).write({"x_attested_on": today})
