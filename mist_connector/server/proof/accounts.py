"""Create the accounts and the people with which a proof becomes each persona."""

from mist_connector.server.given import datetime, dateutil, env

payload = env.context["mist_proof"]
today = datetime.datetime.now(dateutil.tz.gettz(payload["zone"])).date()
users = env["res.users"].sudo().with_context(no_reset_password=True, tracking_disable=True)
people, functions, hashed, keys, whose = env["x_mist_person"].sudo(), {}, False, {}, {}
target = people.create(payload["target"])
excluded = people.create(payload["excluded"])
for each in payload["personas"]:
    user = users.create(
        {
            "name": each["login"],
            "login": each["login"],
            "lang": "fr_FR",
            "group_ids": [(6, 0, [env.ref(name).id for name in each["groups"]])],
        }
    )
    if not hashed:
        user.write({"password": payload["password"]})
        env.cr.execute("SELECT password FROM res_users WHERE id = %s", [user.id])
        hashed = env.cr.fetchone()[0]
    env.cr.execute("UPDATE res_users SET password = %s WHERE id = %s", [hashed, user.id])
    until = datetime.datetime.now() + datetime.timedelta(hours=2)
    key = env["res.users.apikeys"].with_user(user).sudo()._generate("rpc", "mist", until)
    keys[each["id"]] = [user.id, key]
    if each["role"]:
        person = people.create({"x_first_name": "Invente", "x_last_name": each["id"], "x_email": each["login"]})
        since, until = [today + datetime.timedelta(days=days) for days in each["function"]]
        function = (
            env["x_mist_function"]
            .sudo()
            .create(
                {
                    "x_person_id": person.id,
                    "x_role": each["role"],
                    "x_since": since,
                    "x_until": until,
                    "x_login": each["login"],
                    "x_user_id": user.id,
                }
            )
        )
        functions[each["id"]] = function.id
        whose[each["id"]] = person.id
        if each["agreement"]:
            since, until = [today + datetime.timedelta(days=days) for days in each["agreement"]]
            env["x_mist_agreement"].sudo().create({"x_person_id": person.id, "x_since": since, "x_until": until})
        if each["accompanies"]:
            since, until = [today + datetime.timedelta(days=days) for days in each["accompanies"]]
            env["x_mist_accompaniment"].sudo().create(
                {"x_person_id": target.id, "x_function_id": function.id, "x_since": since, "x_until": until, "x_cover": each["covers"]}
            )
    if each["closed"]:
        user.write({"active": False})
values = {"name": payload["contact"], "email": "contact" + payload["marker"]}
contact = env["res.partner"].sudo().create(values)
action = {
    "target": target.id,
    "code": target.x_name,
    "shown": target.display_name,
    "excluded": excluded.id,
    "contact": contact.id,
    "keys": keys,
    "functions": functions,
    "people": whose,
}
