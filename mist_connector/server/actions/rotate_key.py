"""Renew the calling connector account's own key for 90 days, and delete the key that it replaces.

The account that runs and the account that installs may do this. What an interrupted renewal of the same
machine (`mist_tag`) left is deleted too. No other account may: in a session that somebody left open,
another person could make a key that lasts. The caller names a key that goes by the part of it that the CRM
keeps in clear.
"""

from mist_connector.server.given import datetime, env

kept = env.context.get("mist_keep") or ""
own = "".join([letter for letter in str(env.context.get("mist_tag") or "") if letter in "0123456789abcdef"])[:8]
name = "mist " + own if own else "mist"
if kept:
    # A request that arrives late deletes nothing: the key that it keeps is gone by then, or older than the
    # key that it would delete.
    env.cr.execute(
        "DELETE FROM res_users_apikeys old USING res_users_apikeys new "
        "WHERE old.user_id = %s AND new.user_id = old.user_id "
        'AND new."index" = %s AND old."index" != new."index" '
        "AND (new.expiration_date IS NULL OR new.expiration_date > now() AT TIME ZONE 'UTC') "
        'AND old.create_date < new.create_date AND (old."index" = %s OR old.name = %s)',
        [env.user.id, kept, env.context.get("mist_drop") or "", name],
    )
    action = {"dropped": env.cr.rowcount}
else:
    until = datetime.datetime.now() + datetime.timedelta(days=90)
    key = env["res.users.apikeys"].with_user(env.user).sudo()._generate("rpc", name, until)
    action = {"key": key, "until": str(until.date())}
