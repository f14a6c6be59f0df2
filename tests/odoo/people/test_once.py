"""Nothing doubles: whoever writes at the same moment, and whichever way it comes in."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from types import SimpleNamespace

import pytest

from mist_connector.cli import import_work
from mist_connector.crm import turn as turning
from mist_connector.crm.server_actions import find_server_action
from mist_connector.crm.turn import Keeping, turn
from mist_connector.errors import MistError, OutcomeUnknown, ServerFailed, WriteRefused
from mist_connector.reporting import Silent

from .conftest import FOLDER, WRITTEN

PERSON, STEP, PARTNER = "x_mist_person", "x_mist_step", "res.partner"


def _at_once(*works):
    """Do these at the same moment; return what each gave, or how it was refused."""

    def outcome(work):
        try:
            return work()
        except MistError as error:
            return error

    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(outcome, works))


def _count(crm, model, domain=()):
    return crm.call(model, "search_count", domain=list(domain))


@pytest.fixture
def doors(empty):
    """Two connections of the connector's account to a CRM with one person."""
    crm = empty.connector
    [person] = crm.call(PERSON, "create", vals_list=[{"x_first_name": "Inventée", "x_last_name": "Essai"}])
    return crm, empty.door(crm.login), person


def test_two_imports_at_once_bring_everybody_in_once(empty, typed_in_empty):
    before = _count(empty.admin, PARTNER)
    crm = empty.connector
    outcomes = _at_once(empty.load, lambda: empty.load(crm=empty.door(crm.login)))
    # One has done it all; the other was told of each line that it is there already, and has written nothing.
    told = [str(each) for each in outcomes if isinstance(each, MistError)]
    assert len(told) <= 1, outcomes
    assert all("Déjà noté dans le CRM, sous la référence" in each for each in told)
    again = empty.load()
    assert again.empty
    for part in again.tables:
        model = empty.mappings.blueprint.model(part.table.model).technical
        assert _count(crm, model) == part.same + len(part.kept), part.table.file
    assert _count(empty.admin, PARTNER) - before == _count(crm, PERSON) == 62
    assert _count(crm, PERSON, [["x_contact_id", "=", False]]) == 0
    status, said = typed_in_empty("import", FOLDER, "--written-on", WRITTEN.isoformat(), "--yes")
    assert status == 0
    assert "tout est déjà là" in said


def test_an_import_goes_on_where_another_run_brought_lines_in_meanwhile(empty, typed_in_empty, monkeypatch):
    """The other run comes in between its look and its write, or its own answer never comes."""
    crm, write = empty.connector, import_work.bring_in
    others = [lambda: empty.load("people"), lambda: None]

    def late(*given, **more):
        if others:
            others.pop(0)()
        elif lost:
            write(*given, **more)
            raise lost.pop()
        return write(*given, **more)

    lost = [OutcomeUnknown("Coupé.")]
    monkeypatch.setattr(import_work, "bring_in", late)
    status, said = typed_in_empty("import", FOLDER, "--written-on", WRITTEN.isoformat(), "--yes")
    assert status == 0
    assert "62 déjà là, arrivées entre-temps" in said
    assert _count(crm, PERSON) == 62
    monkeypatch.undo()
    assert empty.load().empty


def _step(person, day, kind="team_meeting"):
    return {"x_person_id": person, "x_kind": kind, "x_on": f"2026-01-{day:02d}"}


def _create(crm, person, day):
    return lambda: crm.call(STEP, "create", vals_list=[_step(person, day)])


def _save(crm, person, day):
    values = _step(person, day)
    return lambda: crm.call(STEP, "web_save", ids=[], vals=values, specification={})


def _load(crm, person, day):
    row = [str(person), "team_meeting", f"2026-01-{day:02d}"]

    def load():
        answer = crm.call(STEP, "load", fields=["x_person_id/.id", "x_kind", "x_on"], data=[row])
        if not answer["ids"]:
            raise WriteRefused(answer["messages"][0]["message"])
        return answer["ids"]

    return load


def test_the_same_fact_is_taken_once_by_create_form_and_import_and_refused_with_our_sentence(doors):
    first, second, person = doors
    ways = (_create, _save, _load)
    pairs = [(one, other) for one in ways for other in ways]
    for day, (one, other) in enumerate(pairs, start=1):
        outcomes = _at_once(one(first, person, day), other(second, person, day))
        told = [str(each) for each in outcomes if isinstance(each, MistError)]
        assert _count(first, STEP) == day, (one, other)
        assert len(told) == 1, outcomes
        assert "Déjà noté dans le CRM, sous la référence K-" in told[0] or "au même moment" in told[0], told


def test_a_change_that_makes_two_facts_one_is_refused_and_any_other_change_is_not(empty):
    direction = _direction(empty)
    [person] = empty.connector.call(
        PERSON, "create", vals_list=[{"x_first_name": "Inventée", "x_last_name": "Essai"}]
    )
    rows = [_step(person, 1), _step(person, 2)]
    first, second = empty.connector.call(STEP, "create", vals_list=rows)
    outcomes = _at_once(
        *(
            lambda crm=crm, row=row: crm.call(STEP, "write", ids=[row], vals={"x_on": "2026-01-03"})
            for crm, row in ((direction, first), (empty.door(direction.login), second))
        )
    )
    assert [isinstance(each, WriteRefused) for each in outcomes].count(True) == 1, outcomes
    days = [row["x_on"] for row in empty.connector.call(STEP, "search_read", domain=[], fields=["x_on"])]
    assert sorted(days) in (["2026-01-01", "2026-01-03"], ["2026-01-02", "2026-01-03"])
    direction.call(STEP, "write", ids=[first, second], vals={"x_met_id": False})


def _give(association, people, values):
    """Give people a function with the account that installs, as on a first day."""
    rows = association.connector.call(PERSON, "read", ids=people, fields=["x_name"])
    wanted = [
        {"person": row["x_name"], "values": {"x_login": f"essai{row['id']}@mist.example", **values}}
        for row in rows
    ]
    action = find_server_action(association.admin, "x_mist_function", "give_functions")
    context = {"mist_functions": wanted}
    told = association.admin.call("ir.actions.server", "run", ids=[action], context=context)
    assert told["new"] == len(people)


def _direction(association):
    """Return a connection of somebody in direction, with an agreement in force."""
    crm, today = association.connector, association.today().isoformat()
    [person] = crm.call(PERSON, "create", vals_list=[{"x_first_name": "Inventée", "x_last_name": "Équipe"}])
    values = {
        "x_person_id": person,
        "x_since": today,
        "x_until": (association.today() + timedelta(days=300)).isoformat(),
    }
    crm.call("x_mist_agreement", "create", vals_list=[values])
    login = "direction-essai@mist.example"
    _give(association, [person], {"x_role": "direction", "x_since": today, "x_login": login})
    association.synced()
    return association.door(login)


def test_two_syncs_at_once_open_each_account_once_and_show_nothing_of_the_database(empty):
    crm, today = empty.connector, empty.today().isoformat()
    rows = [{"x_first_name": "Inventée", "x_last_name": f"Équipe {number}"} for number in range(4)]
    people = crm.call(PERSON, "create", vals_list=rows)
    _give(empty, people, {"x_role": "staff", "x_since": today})
    before = _count(empty.admin, PARTNER)
    plan, other = empty.plan(), empty.sync(crm=empty.door(crm.login))
    silent = Silent()
    outcomes = _at_once(lambda: empty.sync().apply(plan, silent), lambda: other.apply(plan, silent))
    assert outcomes == [None, None]
    assert _count(empty.admin, "res.users", [["login", "=like", "essai%@mist.example"]]) == 4
    # One contact for each account, and one for each person.
    assert _count(empty.admin, PARTNER) - before == 8
    assert empty.plan().empty


def test_what_was_there_twice_is_found_by_code_and_made_one_again_with_all_that_hangs_on_it(
    empty, typed_in_empty
):
    crm, sandbox = empty.connector, empty.sandbox
    rows = [{"x_first_name": "Inventée", "x_last_name": f"Double {number}"} for number in range(3)]
    people = crm.call(PERSON, "create", vals_list=rows)
    crm.call(STEP, "create", vals_list=[_step(person, 1) for person in people])
    columns = "x_name, x_first_name, x_last_name, x_identity, x_association_id, create_date"
    doubled = f"INSERT INTO {PERSON} ({columns}) SELECT {columns} FROM {PERSON}"  # noqa: S608 - our own names
    sandbox.query(f"{doubled} ORDER BY id", name=empty.database)
    [last] = crm.call(PERSON, "search", domain=[], order="id desc", limit=1)
    later = crm.call(PERSON, "search", domain=[["id", "not in", people]], order="id")
    # The same fact again, one that only the second has, and a name that somebody has corrected meanwhile.
    crm.call(STEP, "create", vals_list=[_step(later[0], 1), _step(later[1], 2)])
    sandbox.query(f"UPDATE {PERSON} SET x_last_name = 'Autre' WHERE id = {last}", name=empty.database)  # noqa: S608
    # What was recorded this very second would count as claimed anew.
    sandbox.query("UPDATE x_mist_step SET create_date = create_date - interval '1 hour'", name=empty.database)
    status, said = typed_in_empty("check")
    assert status == 0
    assert said.count("noté deux fois") == 3
    status, said = typed_in_empty("doubles", "--yes")
    assert "Réunis : 3." in said
    assert "diffèrent (Nom)" in said
    assert "Autre" not in said
    assert sorted(crm.call(PERSON, "search", domain=[])) == [*people, last]
    assert _count(crm, STEP, [["x_person_id", "=", people[0]]]) == 1
    assert _count(crm, STEP, [["x_person_id", "=", people[1]]]) == 2
    crm.call(PERSON, "write", ids=[last], vals={"x_last_name": "Double 2"})
    assert "Réunis : 1." in typed_in_empty("doubles", "--yes")[1]
    assert "Rien n'est noté deux fois" in typed_in_empty("doubles")[1]


def test_one_command_writes_at_a_time_and_says_whose_turn_it_is_and_until_when(empty, monkeypatch):
    crm, other = empty.connector, empty.door(empty.connector.login)
    heard = []
    said = SimpleNamespace(step=heard.append)
    with turn(crm, "import", said):
        taken = r"« mist import » de connecteur@.* dans 1[78]\d s"
        with pytest.raises(ServerFailed, match=taken) as caught, turn(other, "sync", said, patience=-1):
            pass
        assert "rien n'a été écrit" in caught.value.todo
    with turn(other, "sync", said):  # it was given back
        pass
    assert heard == []
    with pytest.raises(WriteRefused), turn(crm, "import", said):
        raise WriteRefused("refusé")
    with turn(other, "sync", said):  # and so it is after an error
        pass
    monkeypatch.setattr(turning, "SECONDS", 3)
    Keeping(crm, "import").take(said, 0)  # killed: nobody gives it back
    with turn(other, "sync", said):
        pass
    [waited] = heard
    assert waited.startswith("« mist import » de connecteur@mist.example est en cours : on attend")
    assert _count(empty.admin, "ir.config_parameter", [["key", "=", "mist_connector.turn"]]) == 0
