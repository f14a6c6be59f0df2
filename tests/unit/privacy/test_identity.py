"""Who somebody is, the mappings alone tell: a field that is added there is found by all that follows it."""

import re
from pathlib import Path
from types import SimpleNamespace

import pytest

import mist_connector
from mist_connector.blueprint.declaration import Blueprint, Field, FieldType, IdentityKind
from mist_connector.blueprint.identity import identity_of
from mist_connector.blueprint.server_files import code_of
from mist_connector.bylaws.text import Text
from mist_connector.bylaws.visibility import Naming
from mist_connector.cli.declared_mappings import declared
from mist_connector.errors import MistError
from mist_connector.privacy.erasing import person_columns
from mist_connector.privacy.naming import read_names as read_list
from mist_connector.privacy.shielding import options_of
from mist_connector.work.assembly.public_wording import check_public_wordings
from mist_connector.work.people.names import read_names

MAPPINGS = declared()
ADDED = ("former_name", "home", "second_mail", "second_phone")
KINDS = {
    "former_name": IdentityKind.NAME,
    "home": IdentityKind.ADDRESS,
    "second_mail": IdentityKind.EMAIL,
    "second_phone": IdentityKind.PHONE,
}
SHE = {
    "x_name": "P-0000-0001",
    "x_first_name": "Essai",
    "x_last_name": "Inventée",
    "x_name_of_use": "",
    "x_former_name": "Ancienne Inventée",
    "x_home": "3 rue Inventée",
    "x_email": "essai@exemple.invalid",
    "x_second_mail": "autre@exemple.invalid",
    "x_phone": "",
    "x_second_phone": "06 00 00 00 00",
}


@pytest.fixture(scope="module")
def wider() -> Blueprint:
    """The association's mappings with four fields more, each telling who somebody is."""
    blueprint = MAPPINGS.blueprint
    person = blueprint.model("person")
    more = tuple(
        Field(key=key, type=FieldType.TEXT, identity=KINDS[key], label=Text(fr=key, en=key)) for key in ADDED
    )
    wider = person.model_copy(update={"fields": (*person.fields, *more)})
    models = tuple(wider if model.key == "person" else model for model in blueprint.models)
    return blueprint.model_copy(update={"models": models})


class Answering:
    """A CRM that answers any search with her, and keeps what was asked."""

    def __init__(self):
        self.asked = []

    def call(self, _model, _method, **arguments):
        self.asked.append(arguments)
        return [{"id": 1, **SHE}]


def test_searches_shielding_and_erasure_look_for_it(wider):
    names = {"env": SimpleNamespace(context={"mist_work": {}}, cr=None)}
    exec(code_of("privacy/identity"), names)  # noqa: S102 - our own code, which the CRM runs too
    names["work"]["identity"] = options_of(MAPPINGS.shield, MAPPINGS.sync, wider)["identity"]
    known, emails, phones = names["known_as"](SHE)
    assert {"Essai Inventée", "Ancienne Inventée", "3 rue Inventée"} <= set(known)
    assert emails == ["essai@exemple.invalid", "autre@exemple.invalid"]
    assert "06 00 00 00 00" in phones
    assert {f"x_{key}" for key in ADDED} <= set(person_columns(wider))


def test_a_list_of_contacts_may_tell_it(wider):
    [line] = read_list("liste.csv", "Contact;former_name;second_phone\n7;Ancienne;'+33 6\n", wider)
    assert line.values == {"x_former_name": "Ancienne", "x_second_phone": "+33 6"}


def test_words_meant_for_outside_are_compared_with_it(wider):
    crm = Answering()
    item = SimpleNamespace(public=SimpleNamespace(fr="Remercier Ancienne Inventée", en=""), position=1)
    with pytest.raises(MistError, match="porte un nom"):
        check_public_wordings(crm, wider, [item], told=())
    compared = {term[0] for term in crm.asked[0]["domain"] if isinstance(term, list)}
    assert compared - {"id"} == {"x_first_name", "x_last_name", "x_name_of_use", "x_former_name"}


def test_it_is_never_shown_where_a_name_may_be(wider):
    crm = Answering()
    assert read_names(crm, wider, {"P-0000-0001": Naming.FULL}) == {"P-0000-0001": "Essai Inventée"}
    assert read_names(crm, wider, {"P-0000-0001": Naming.FIRST}) == {"P-0000-0001": "Essai"}
    assert identity_of(wider).preferred == ("x_name_of_use",)


def test_no_file_that_shields_searches_names_or_erases_spells_a_column_of_a_name():
    root = Path(mist_connector.__file__).parent
    spelt = re.compile(r"x_(first_name|last_name|name_of_use|phone)\b")
    files = [path for room in ("privacy", "work") for path in (root / room).rglob("*.py")]
    assert len(files) > 30
    assert [path.name for path in files if spelt.search(path.read_text(encoding="utf-8"))] == []
