"""Remove records that name a model which is gone; the CRM leaves them where they stand."""

from mist_connector.server.given import env

swept = 0
for model, column in [
    ("ir.attachment", "res_model"),
    ("mail.message", "model"),
    ("mail.followers", "res_model"),
    ("mail.activity", "res_model"),
    ("ir.filters", "model_id"),
    ("ir.exports", "resource"),
    ("base_import.mapping", "res_model"),
    ("base_import.import", "res_model"),
]:
    if model in env and column in env[model]._fields:
        # Their rights ask for the record that is gone: what is left is taken away as it stands.
        found = f'SELECT id FROM "{env[model]._table}" WHERE "{column}" LIKE %s'
        env.cr.execute(found, ["x\\_mist\\_%"])
        left = env[model].sudo().browse([row[0] for row in env.cr.fetchall()])
        swept += len(left)
        left.unlink()
action = {"swept": swept}
