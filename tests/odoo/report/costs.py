"""How many queries it costs the CRM to hand mails over, and to note that a mail server refused them all."""

from __future__ import annotations

from contextlib import contextmanager

from mist_connector.blueprint.compile_actions import action_records
from mist_connector.cli.declared_mappings import declared

COUNTED = """before = env.cr.sql_log_count
%s
env.flush_all()
action = {'queries': env.cr.sql_log_count - before, 'became': action}
"""
MODEL = "x_mist_dispatch"


@contextmanager
def counting(crm):
    """Yield a function that runs the code of `deliver` and counts its queries; the mail queue rests."""
    blueprint = declared().blueprint
    [code] = [each.values["code"] for each in action_records(blueprint) if each.name == "action_deliver"]
    [model] = crm.call("ir.model", "search", domain=[["model", "=", MODEL]])
    values = {"name": "count", "model_id": model, "state": "code", "code": COUNTED % code}
    [action] = crm.call("ir.actions.server", "create", vals_list=[values])
    named = [["module", "=", "mail"], ["name", "=", "ir_cron_mail_scheduler_action"]]
    [queue] = crm.call("ir.model.data", "search_read", domain=named, fields=["res_id"])
    crm.call("ir.cron", "write", ids=[queue["res_id"]], vals={"active": False})
    try:
        yield lambda **context: crm.call("ir.actions.server", "run", ids=[action], context=context)
    finally:
        crm.call("ir.cron", "write", ids=[queue["res_id"]], vals={"active": True})
        crm.call("ir.actions.server", "unlink", ids=[action])


def cost(office, crm, run, people, document):
    """Hand so many mails over, let the mail server refuse all of them; return the queries of each part."""
    rows = [
        {
            "x_person_id": row,
            "x_document": document,
            "x_subject": "Essai",
            "x_body": "<p>Essai</p>",
            "x_state": "waiting",
        }
        for row in people
    ]
    with office.crm() as connector:
        connector.call(MODEL, "create", vals_list=rows)
    handed = run(mist_document=document, mist_begins=True)
    assert handed["became"]["queued"] == len(people)
    mails = crm.call("mail.mail", "search", domain=[["state", "=", "outgoing"]])
    refused = {"state": "exception", "failure_type": "mail_smtp", "failure_reason": "x: (550, b'no')"}
    crm.call("mail.mail", "write", ids=mails, vals=refused)
    noted = run(mist_document=document, mist_begins=False)
    assert len(noted["became"]["failed"]) == len(people)
    return handed["queries"], noted["queries"]
