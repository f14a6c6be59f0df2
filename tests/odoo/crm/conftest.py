"""The real CRM over each transport: one clone for the whole folder, with the conformance suite's models."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass, replace

import pytest
from pydantic import SecretStr

from mist_connector.crm.connect import connect
from mist_connector.crm.memory.schema import MANY, Kind
from mist_connector.crm.profiles import Profile

# A test's name for a way in → the transport, and which secret it takes.
WAYS = {
    "json2": ("json2", "key"),
    "jsonrpc-session": ("jsonrpc", "password"),
    "jsonrpc-key": ("jsonrpc", "key"),
    "xmlrpc-key": ("xmlrpc", "key"),
}


@dataclass(frozen=True)
class Door:
    """One account of the CRM, and every way to come in with it."""

    profile: Profile
    password: SecretStr
    key: SecretStr

    def open(self, way="json2", **changes):
        """Connect; `changes` are to the profile."""
        transport, secret = WAYS[way]
        profile = Profile(**{**self.profile.model_dump(), **changes})
        return connect(profile, getattr(self, secret), transport=transport)


@pytest.fixture(scope="session")
def server(sandbox):
    """The running sandbox, and a database in it that is ours alone."""
    database = sandbox.clone("crm")
    # Odoo makes everybody wait after a few wrong passwords; wrong ones are what some tests are about.
    sandbox.query(
        "UPDATE ir_config_parameter SET value = '0' WHERE key = 'base.login_cooldown_after'", name=database
    )
    yield replace(sandbox, database=database)
    sandbox.drop(database)


@pytest.fixture(scope="session")
def admin(server):
    """The administrator's door."""
    profile = Profile(url=server.url, database=server.database, login=server.admin_login, timeout=60)
    return Door(profile, SecretStr(server.admin_password), SecretStr(server.admin_api_key))


@pytest.fixture(scope="session")
def clerk(server, admin):
    """The door of an invented user who may do next to nothing."""
    login, password = "clerk@example.org", "mot-de-passe-inventé"
    with closing(admin.open()) as crm:
        values = {"name": "Employée Inventée", "login": login, "password": password, "group_ids": [(5, 0, 0)]}
        [identity] = crm.call("res.users", "create", vals_list=[values])
        groups = crm.call(
            "ir.model.data", "search_read", domain=[("name", "=", "group_user")], fields=["res_id"]
        )
        crm.call("res.users", "write", ids=[identity], vals={"group_ids": [(4, groups[0]["res_id"], 0)]})
    key = server.api_key(login, name=server.database)
    return Door(admin.profile.model_copy(update={"login": login}), SecretStr(password), SecretStr(key))


@pytest.fixture(scope="session", params=WAYS)
def way(request):
    """Each way to speak to the CRM, in turn."""
    return request.param


@pytest.fixture(scope="session")
def models(admin):
    """A function that creates the models of a schema on the server, once."""
    created = set()

    def create(schema):
        with closing(admin.open()) as crm:
            for model, fields in schema.items():
                if model not in created:
                    _create_model(crm, model, fields)
                    created.add(model)

    return create


@pytest.fixture(scope="session")
def connection(way, admin):
    """One connection for each way, as a command would hold it."""
    with closing(admin.open(way)) as crm:
        yield crm


@pytest.fixture
def crm(request, connection, models):
    """The CRM of the conformance suite: its models exist, and are empty again afterwards."""
    schema = request.module.SCHEMA
    models(schema)
    yield connection
    for model in reversed(schema):
        ids = connection.call(model, "search", domain=[], context={"active_test": False})
        connection.call(model, "unlink", ids=ids)


def _create_model(crm, model, fields):
    """Create one model by hand, with rights for the administrator."""
    own = [(0, 0, _field(name, field)) for name, field in fields.items() if field.kind not in MANY]
    [identity] = crm.call("ir.model", "create", vals_list=[{"name": model, "model": model, "field_id": own}])
    many = [
        {**_field(name, field), "model_id": identity} for name, field in fields.items() if field.kind in MANY
    ]
    crm.call("ir.model.fields", "create", vals_list=many)
    rights = dict.fromkeys(("perm_read", "perm_write", "perm_create", "perm_unlink"), True)
    [system] = crm.call(
        "ir.model.data", "search_read", domain=[("name", "=", "group_system")], fields=["res_id"]
    )
    right = {"name": model, "model_id": identity, "group_id": system["res_id"], **rights}
    granted = crm.call("ir.model.access", "create", vals_list=[right])
    # Odoo empties its cache of rights before it creates one, and fills it again while it does: the new right
    # to create is not in it until something else empties it.
    crm.call("ir.model.access", "write", ids=granted, vals={"active": True})


def _field(name, field):
    values = {"name": name, "ttype": str(field.kind), "field_description": name, "required": field.required}
    if field.relation:
        values["relation"] = field.relation
    if field.kind is Kind.ONE2MANY:
        values["relation_field"] = field.inverse
    if field.kind is Kind.SELECTION:
        options = enumerate(field.options)
        values["selection_ids"] = [
            (0, 0, {"value": option, "name": option, "sequence": rank}) for rank, option in options
        ]
    return values
