"""Hand the waiting dispatches of one document to the CRM's own mail queue, one mail each.

Note also what became of the dispatches that were handed over before. The address, the channel and the
status are read at this moment, and leave only in the mail. Mail and state are written in one transaction.
Two such calls at once meet on the locked rows, and the CRM runs the later one again: so a person gets a
document once. An older version of the document is withdrawn where it has not left. Everything is written in
batches, since a mail server that fails fails for a thousand mails at once.
"""

from mist_connector.server.given import UserError, env, mail_sender, mailed_statuses, today

document = env.context.get("mist_document") or ""
begins = bool(env.context.get("mist_begins"))
most = int(env.context.get("mist_most") or 0)
if most:  # of two documents that leave at once, the later one counts what the other has handed over
    env.cr.execute("UPDATE x_mist_association SET x_name = x_name")
letters = set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789@._+-")
over = {"x_body": False, "x_enclosed": False, "x_later": False}
mails = env["mail.mail"].sudo()
replaced = [one for one in env.context.get("mist_replaced") or [] if one != document]
if begins and replaced:
    env.cr.execute("SELECT id FROM x_mist_dispatch WHERE x_document = ANY(%s) AND x_state IN ('waiting', 'queued') FOR UPDATE", [replaced])
    older = env["x_mist_dispatch"].sudo().browse([row[0] for row in env.cr.fetchall()])
    there = mails.search([("id", "in", [mail for mail in older.mapped("x_mail") if mail])])
    stopped = older.filtered(lambda one: one.x_state == "waiting" or one.x_mail in there.ids)
    there.unlink()
    stopped.write(dict(over, x_state="replaced", x_mail=False))
    (older - stopped).write(dict(over, x_state="sent", x_failure=False))
env.cr.execute("SELECT id FROM x_mist_dispatch WHERE x_document = %s ORDER BY id FOR UPDATE", [document])
dispatches = env["x_mist_dispatch"].sudo().search([("x_document", "=", document)], order="id")
# A mail deletes itself once the mail server has taken it: one that is gone has been sent.
queued = dispatches.filtered(lambda one: one.x_state == "queued")
left = mails.search([("id", "in", queued.mapped("x_mail"))])
still = set(left.ids)
queued.filtered(lambda one: one.x_mail not in still).write(dict(over, x_state="sent", x_failure=False))
failures = left.filtered(lambda mail: mail.state != "outgoing")
outcomes = {}
for mail in failures:
    said = mail.failure_reason or ""
    outcome = ("failed", "L'envoi a échoué.")
    if not mail.failure_type:  # no session with the mail server came about
        outcome = ("waiting", "Le serveur de courriel ne répond pas.")
    elif ": (4" in said:
        outcome = ("waiting", "Le serveur de courriel refuse pour l'instant.")
    elif ": (5" in said:
        outcome = ("failed", "Le serveur de courriel refuse cette adresse.")
    outcomes[mail.id] = outcome
grouped = {}
for one in queued:
    if one.x_mail in outcomes:
        grouped.setdefault(outcomes[one.x_mail], []).append(one.id)
for outcome, numbers in grouped.items():
    values = {"x_state": outcome[0], "x_failure": outcome[1]}
    dispatches.browse(numbers).write(dict(over, **values) if outcome[0] == "failed" else values)
failures.unlink()
waiting = dispatches.filtered(lambda one: one.x_state == "waiting")
reached = set((dispatches - waiting).mapped("x_person_id").ids)
chosen = []
doubled = []
for one in waiting:
    if one.x_person_id.id in reached:
        doubled.append(one.id)
    elif begins or not one.x_failure:
        chosen.append(one.id)
    reached.add(one.x_person_id.id)
ready = dispatches.browse(chosen)
twice = dispatches.browse(doubled)
dispatches -= twice
twice.unlink()
# Whom mails come from is in the mappings; what the CRM would put in its place stops them, and is named.
company = env.company.sudo()
expected = mail_sender["address"]
server, leaving = env["ir.mail_server"].sudo()._find_mail_server(expected)
others = [
    f"{place} : « {there} » au lieu de « {declared} »"
    for place, there, declared in [
        ("l'adresse de la société", company.email, expected),
        ("l'expéditeur du domaine de courriel", company.default_from_email, expected),
        ("les réponses (catchall)", company.catchall_email, mail_sender["answers_to"]),
        ("les retours (bounce)", company.bounce_email, mail_sender["returns_to"]),
    ]
    if there and there.strip().lower() not in mail_sender["known"]
]
if leaving and leaving.strip().lower() != expected.lower():
    others.append(f"l'expéditeur par le serveur de courriel : « {leaving} » au lieu de « {expected} »")
if server and server.smtp_host not in mail_sender["servers"]:
    others.append(f"le serveur de courriel : « {server.smtp_host} », que les règles ne connaissent pas")
if ready and (others or not expected):
    others = others or ["les règles ne disent pas de qui partent les courriels"]
    raise UserError("Rien n'est parti (hardening.yaml, sender). " + " ; ".join(others) + ".")
allowed = ready
if most:
    allowed = ready[: max(most - env["x_mist_dispatch"].sudo().search_count([("x_queued_on", "=", today)]), 0)]
(ready - allowed).filtered(lambda one: not one.x_later).write({"x_later": True, "x_failure": False})
batch = allowed[:200]
env.cr.execute(
    "SELECT email FROM mail_blacklist WHERE active AND email = ANY(%s)",
    [[(one.x_email or "").strip().lower() for one in batch.mapped("x_person_id")]],
)
opted_out = {row[0] for row in env.cr.fetchall()}
handed = []
refused = {}
values_list = []
for one in batch:
    person = one.x_person_id
    address = person.x_email or ""
    normal = env["res.partner"].sudo().new({"email": address}).email_normalized
    refusal = ""
    if person.x_status not in mailed_statuses or person.x_channel != "mail":
        refusal = "Elle n'est plus à joindre par courriel."
    elif not address or set(address) - letters or address.lower() != normal:
        refusal = "Le courriel noté n'est pas une adresse unique et valide."
    elif normal in opted_out:
        refusal = "Elle a refusé les courriels (liste d'exclusion du CRM)."
    if refusal:
        refused.setdefault(refusal, []).append(one.id)
        continue
    handed.append(one)
    # A message's own attachment goes with it when the mail is sent, and is never made into a link.
    paper = (
        [
            (
                0,
                0,
                {
                    "name": one.x_enclosed_name,
                    "datas": one.x_enclosed,
                    "mimetype": "application/pdf",
                    "res_model": "mail.message",
                    "res_id": 0,
                },
            )
        ]
        if one.x_enclosed
        else []
    )
    values_list.append(
        {
            "subject": one.x_subject,
            "body_html": one.x_body,
            "email_to": address,
            "email_from": expected,
            "reply_to": mail_sender["answers_to"],
            "record_alias_domain_id": False,
            "mail_server_id": server.id if server else False,
            "author_id": False,
            "auto_delete": True,
            "attachment_ids": paper,
            "message_id": "<{}@{}>".format(one.x_name, expected.split("@")[-1]),
            "headers": repr(
                {"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All", "Return-Path": mail_sender["returns_to"]}
            ),
        }
    )
for refusal, numbers in refused.items():
    dispatches.browse(numbers).write(dict(over, x_state="failed", x_failure=refusal))
created = mails.create(values_list)
for position in range(len(created)):
    created[position].attachment_ids.write({"res_id": created[position].mail_message_id.id})
    values = {"x_state": "queued", "x_mail": created[position].id, "x_queued_on": today}
    handed[position].write({**values, "x_failure": False, "x_later": False})
if created or (begins and dispatches.filtered(lambda one: one.x_state == "queued")):
    env.ref("mail.ir_cron_mail_scheduler_action").sudo()._trigger()
counted = {"sent": 0, "queued": 0, "failed": 0, "waiting": 0, "replaced": 0}
for one in dispatches:
    counted[one.x_state] += 1
action = {
    "total": len(dispatches) - counted["replaced"],
    "sent": counted["sent"],
    "queued": counted["queued"],
    "ready": len(allowed) - len(batch),
    "later": len(ready) - len(allowed),
    "delayed": [
        [one.x_person_id.x_name, one.x_failure] for one in dispatches.filtered(lambda one: one.x_state == "waiting" and one.x_failure)
    ],
    "failed": [[one.x_person_id.x_name, one.x_failure] for one in dispatches.filtered(lambda one: one.x_state == "failed")],
}
