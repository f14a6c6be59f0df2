"""What `mist doctor` finds, on CRMs of every kind."""

from __future__ import annotations

import pytest

from mist_connector.crm.diagnose import MODULES, Verdict, diagnose
from mist_connector.crm.memory.client import MemoryCrm
from mist_connector.crm.memory.schema import FieldSchema, Kind
from mist_connector.crm.port import ServerVersion

CHAR = FieldSchema(Kind.CHAR)
SCHEMA = {
    "res.users": {"login": CHAR},
    "ir.module.module": {"name": CHAR, "state": CHAR},
    "res.lang": {"code": CHAR},
    "ir.mail_server": {"name": CHAR},
    "res.users.apikeys": {
        "user_id": FieldSchema(Kind.INTEGER),
        "expiration_date": FieldSchema(Kind.DATETIME),
    },
}


def crm(*, installer=True, modules=MODULES, version=(19, 0), login="admin", language="fr_FR", mail=1):
    methods = {
        ("res.users", "has_group"): lambda _crm, **_arguments: installer,
        ("res.users", "context_get"): lambda _crm, **_arguments: {},
    }
    made = MemoryCrm(SCHEMA, login="admin", version=ServerVersion(*version, text="19.x"), methods=methods)
    made.call("res.users", "create", vals_list=[{"login": "other"}, {"login": login}])
    made.call(
        "ir.module.module", "create", vals_list=[{"name": name, "state": "installed"} for name in modules]
    )
    made.call("res.lang", "create", vals_list=[{"code": "en_US"}, {"code": language}])
    made.call("ir.mail_server", "create", vals_list=[{"name": "smtp"}] * mail)
    return made


def test_a_key_that_ends_soon_or_never_is_told():
    for end, told in (
        ("2020-01-01 00:00:00", "expire"),
        (False, "pas de fin"),
        ("2099-01-01 00:00:00", "bientôt"),
    ):
        subject = crm()
        key = {"user_id": subject.uid(), "expiration_date": end}
        subject.call("res.users.apikeys", "create", vals_list=[key])
        [finding] = [found for found in diagnose(subject, key_warning_days=14) if found.topic == "clé"]
        assert told in finding.what


def verdicts(findings):
    return {finding.topic: finding.verdict for finding in findings}


def test_a_good_crm_has_no_failure_and_nothing_is_written():
    subject = crm()
    before = subject.requests
    found = list(diagnose(subject, key_warning_days=14))
    assert {finding.topic for finding in found} >= {
        "adresse",
        "version",
        "compte",
        "droits",
        "modules",
        "langue",
        "courriel",
        "délai",
    }
    assert Verdict.FAILURE not in verdicts(found).values()
    assert subject.requests - before <= 8


@pytest.mark.parametrize(
    ("changes", "topic", "verdict"),
    [
        ({"installer": False}, "droits", Verdict.WARNING),
        ({"modules": ("mail",)}, "modules", Verdict.WARNING),
        ({"language": "de_DE"}, "langue", Verdict.WARNING),
        ({"mail": 0}, "courriel", Verdict.WARNING),
        ({"version": (19, 2)}, "version", Verdict.WARNING),
        ({"version": (19, 4)}, "version", Verdict.FAILURE),
        ({"version": (18, 0)}, "version", Verdict.FAILURE),
        ({"login": "somebody"}, "compte", Verdict.FAILURE),
    ],
)
def test_what_is_not_fine_is_told_with_what_to_do(changes, topic, verdict):
    [finding] = [found for found in diagnose(crm(**changes), key_warning_days=14) if found.topic == topic]
    assert finding.verdict is verdict
    assert finding.todo


def test_after_a_failure_nothing_more_is_asked():
    found = list(diagnose(crm(version=(20, 0)), key_warning_days=14))
    assert found[-1].topic == "version"
