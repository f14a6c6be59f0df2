"""Create a key for an account itself; it ends after as many days as a renewal gives."""

from mist_connector.server.given import datetime, env

account = env["res.users"].sudo().browse(env.context["mist_work"]["account"])
until = datetime.datetime.now() + datetime.timedelta(days=90)
key = env["res.users.apikeys"].with_user(account).sudo()._generate("rpc", "mist", until)
action = {"key": key, "until": str(until.date())}
