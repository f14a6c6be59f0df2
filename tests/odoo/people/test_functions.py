"""Who gives the functions that open files: direction, and whoever installs; never the connector."""

import pytest

from mist_connector.errors import AccessRefused, AccountUnfit, WriteRefused

FUNCTION, PERSON = "x_mist_function", "x_mist_person"
HEADINGS = "Référence;Personne;Fonction;Du;Au;Identifiant du compte"
COLLEAGUE = "collegue@mist.example"


@pytest.fixture
def file_of(association, tmp_path):
    """A function that writes functions.csv with one line about somebody without a function."""
    domain = [["x_function_ids", "=", False]]
    [person] = association.connector.call(PERSON, "search_read", domain=domain, fields=["x_name"], limit=1)

    def write(until=""):
        file = tmp_path / "functions.csv"
        line = f"F-ABCD-0123;{person['x_name']};Direction;2026-01-01;{until};{COLLEAGUE}"
        file.write_text(f"{HEADINGS}\n{line}\n", encoding="utf-8")
        return file

    return write


def test_the_connector_makes_no_function_and_changes_none(association):
    crm = association.connector
    person = crm.call(PERSON, "search", domain=[["x_function_ids", "=", False]], limit=1)[0]
    [account] = crm.call("res.users", "search", domain=[["login", "=", "equipe.1@mist.example"]])
    for role in ("direction", "staff", "office"):
        values = {"x_person_id": person, "x_role": role, "x_since": "2026-01-01", "x_login": COLLEAGUE}
        with pytest.raises(AccessRefused):
            crm.call(FUNCTION, "create", vals_list=[values])
    [function] = crm.call(FUNCTION, "search", domain=[["x_login", "=", "direction@mist.example"]])
    for values in ({"x_user_id": account}, {"x_login": COLLEAGUE}, {"x_until": False}):
        with pytest.raises(AccessRefused):
            crm.call(FUNCTION, "write", ids=[function], vals=values)


def test_the_account_that_installs_gives_the_first_function_and_ends_it(association, typed, file_of):
    admin = association.sandbox.admin_login
    words = ("--only", "functions", "--yes")
    with pytest.raises(AccountUnfit, match="ne donne pas de fonction"):
        typed("connecteur@mist.example", "import", file_of(), *words)
    assert "Importé" in typed(admin, "import", file_of(), *words)[1]
    assert "tout est déjà là" in typed(admin, "import", file_of(), *words)[1]
    domain = [["x_name", "=", "F-ABCD-0123"]]
    columns = ["x_role", "x_until"]
    [row] = association.connector.call(FUNCTION, "search_read", domain=domain, fields=columns)
    assert (row["x_role"], row["x_until"]) == ("direction", False)
    typed(admin, "import", file_of(until="2026-02-01"), *words)
    [row] = association.connector.call(FUNCTION, "search_read", domain=domain, fields=columns)
    assert row["x_until"] == "2026-02-01"


def test_nobody_changes_her_own_record_so_that_no_refusal_tells_her_of_an_examination(association):
    for login in ("direction@mist.example", "equipe.1@mist.example"):
        crm = association.door(login)
        domain = [["x_user_id", "=", crm.uid()]]
        [row] = crm.call(FUNCTION, "search_read", domain=domain, fields=["x_person_id"])
        said = set()
        for status in ("member", "candidate"):
            with pytest.raises(AccessRefused) as refused:
                crm.call(PERSON, "write", ids=[row["x_person_id"][0]], vals={"x_status": status})
            said.add(refused.value.what)
        assert len(said) == 1
        assert "M10" not in said.pop()


def test_contacts_of_people_all_bear_the_same_day_whenever_they_came(association):
    values = {"x_first_name": "Essai", "x_last_name": "Inventé"}
    association.door("equipe.1@mist.example").call(PERSON, "create", vals_list=[values])
    association.synced()
    days = association.sandbox.query(
        "select distinct create_date, write_date from res_partner c "
        "where exists (select 1 from x_mist_person p where p.x_contact_id = c.id) "
        "and not exists (select 1 from res_users u where u.partner_id = c.id)",
        name=association.database,
    )
    assert len(days.strip().splitlines()) == 1
    assert association.plan().empty


def test_access_rights_open_neither_technical_features_nor_the_mails_of_whoever_opens_files(association):
    groups = [association.ref(f"base.group_{name}") for name in ("user", "erp_manager", "partner_manager")]
    values = {"login": "droits@mist.example", "name": "droits", "group_ids": [[6, 0, groups]]}
    association.admin.call("res.users", "create", vals_list=[values], context={"no_reset_password": True})
    crm = association.door("droits@mist.example")
    technical = association.ref("base.group_no_one")
    [staff] = association.admin.call(
        "res.users",
        "search_read",
        domain=[["login", "=", "equipe.1@mist.example"]],
        fields=["partner_id"],
    )
    [company] = association.admin.call("res.company", "search", domain=[], limit=1)
    for model, ids, changed in (
        ("res.users", [crm.uid()], {"group_ids": [[4, technical]]}),
        ("res.partner", [staff["partner_id"][0]], {"email": "ailleurs@ailleurs.invalid"}),
        ("res.company", [company], {"email": "ailleurs@ailleurs.invalid"}),
    ):
        with pytest.raises((AccessRefused, WriteRefused)):
            crm.call(model, "write", ids=ids, vals=changed)
    with pytest.raises(AccessRefused):
        crm.call("mail.alias.domain", "create", vals_list=[{"name": "ailleurs.invalid"}])
    person = association.connector.call(PERSON, "search", domain=[], limit=1)[0]
    texts = {"res_model": PERSON, "res_id": person, "body": "essai", "number_field_name": "x_phone"}
    with pytest.raises(AccessRefused):
        association.door("equipe.1@mist.example").call("sms.composer", "create", vals_list=[texts])
