"""How many accounts were told of a danger report (C10).

The notices are created in the write that records the report. A notice names the report by its code only,
and goes to each account that directs or holds an office and may read the report.
"""

from mist_connector.server.given import datetime, dateutil, self

for record in self:
    told = record.x_told
    team = [self.env.user.has_group(f"mist_connector.group_{key}") for key in ("staff", "direction")]
    if isinstance(record.id, int) and any(team) and not told and not record.x_heard_on:
        groups = [self.env.ref(f"mist_connector.group_{key}").id for key in ("direction", "office")]
        accounts = self.env["res.users"].sudo().search([("group_ids", "in", groups), ("id", "!=", self.env.uid)])
        readers = [one for one in accounts if record.with_user(one).has_access("read")]
        # Her clock counts what is due on her own day, which may not have begun where the association is.
        own_day = {one.id: datetime.datetime.now(dateutil.tz.gettz(one.tz or "UTC")).date() for one in readers}
        self.env["mail.activity"].with_user(1).sudo().with_context(mail_activity_quick_update=True).create(
            [
                {
                    "user_id": one.id,
                    "date_deadline": min(record.x_on, own_day[one.id]),
                    "summary": f"MIST : à lire ({record.x_name})",
                    "note": '<p><a href="/odoo/action-mist_connector.window_alert">MIST</a></p>',
                }
                for one in readers
            ]
        )
        told = len(readers)
    record["x_told"] = told
