"""Take the turn in which one command writes at a time, or answer how long another's turn lasts.

A turn has a token that the command made up, an end, the name of the command and the account. An apply
counts as a turn too. A turn that is not given back ends by itself.
"""

from mist_connector.server.given import datetime, env

parameters = env["ir.config_parameter"].sudo()
token = str(env.context.get("mist_token") or "")[:32]
seconds = min(int(env.context.get("mist_seconds") or 0), 600)
command = str(env.context.get("mist_command") or "").replace(" ", "_")[:40]
env.cr.execute("UPDATE x_mist_association SET x_name = x_name")
now = datetime.datetime.now(datetime.timezone.utc).replace(microsecond=0, tzinfo=None)
lasting = {}
for key in ["mist_connector.applying", "mist_connector.turn"]:
    row = parameters.search([("key", "=", key)])
    told = (row.value or "").split(" ")
    if len(told) == 4 and told[0] != token and told[1] > now.isoformat():
        left = datetime.datetime.fromisoformat(told[1]) - now
        by = told[2].replace("_", " ")
        lasting = {"held": False, "by": by, "account": told[3], "left": int(left.total_seconds()) + 1, "token": told[0]}
action = lasting or {"held": True}
row = parameters.search([("key", "=", "mist_connector.turn")])
if action["held"] and seconds:
    until = (now + datetime.timedelta(seconds=seconds)).isoformat()
    value = f"{token} {until} {command} {env.user.login}"
    if row:
        row.write({"value": value})
    else:
        parameters.create({"key": "mist_connector.turn", "value": value})
elif row and (row.value or "").split(" ")[0] == token:
    row.unlink()
