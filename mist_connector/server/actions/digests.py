"""Answer with a digest of each record that may run code, show a page, send a mail or widen a right.

A digest is made over the columns that count, links to several records included. Of a translation, only its
tags and expressions count, and only where they differ from those of the English text: French that is
updated changes nothing.
"""

from mist_connector.server.given import env

tags = r"""(<(?:[^>"']|"[^"]*"|'[^']*')*>|{{[^}]*}})"""
shown = "string|placeholder|title|alt|help|label|confirm|summary|avg|sum|aria-label|data-tooltip|add-label"
words = r"\s(" + shown + r""")=("[^"]*"|'[^']*')"""
shape = "(SELECT coalesce(string_agg(regexp_replace(m[1], %s, '', 'g'), ''), '') FROM regexp_matches({}, %s, 'g') m)"
answer = {}
env.flush_all()
for kind in env.context.get("mist_kinds") or []:
    if kind["model"] not in env:
        continue
    model = env[kind["model"]].sudo().with_context(active_test=False)
    ids, left, more, given = model.search(kind["domain"]).ids, list(kind["leaves"]), [], []
    for name in sorted(model._fields):
        field = model._fields[name]
        if not field.store or name in left:
            continue
        if kind["only"] and name not in kind["only"]:
            left.append(name)
        elif field.type == "many2many" and field.relation and (kind["model"], name) != ("res.groups", "user_ids"):
            more.append(
                f'(SELECT array_agg("{field.column2}" ORDER BY "{field.column2}") FROM "{field.relation}" WHERE "{field.column1}" = t.id)'
            )
        elif field.type in ("char", "text", "html") and field.translate:
            left.append(name)
            english, other = f"t.\"{name}\"->>'en_US'", "l.value"
            more.append(english)
            said = shape.format(other)
            more.append(
                f"(SELECT array_agg(l.key || {said} ORDER BY l.key) "
                f'FROM jsonb_each_text(t."{name}") l WHERE {said} <> {shape.format(english)})'
            )
            given += [words, tags] * 3
    env.cr.execute(
        "SELECT t.id, left(md5((to_jsonb(t) - %s::text[])::text || jsonb_build_array({})::text), 16), "
        "(SELECT array_agg(DISTINCT d.module) FROM ir_model_data d WHERE d.model = %s AND d.res_id = t.id) "
        'FROM "{}" t WHERE t.id = ANY(%s) ORDER BY t.id'.format(", ".join(more), model._table),
        [left] + given + [kind["model"], ids],
    )
    answer[kind["model"]] = [list(row) for row in env.cr.fetchall()]
parameters = env["ir.config_parameter"].sudo()
modules = env["ir.module.module"].sudo().search([("state", "in", ["installed", "to upgrade"])])
action = {
    "digests": answer,
    "modules": dict([(one.name, one.latest_version or "") for one in modules if one.name != "mist_connector"]),
    "baseline": parameters.get_param(env.context.get("mist_baseline") or "") or "",
    "database": parameters.get_param("database.uuid") or "",
}
