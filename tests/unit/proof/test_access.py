"""Who may read what, and why: the same keys as the CRM's rules, on facts alone."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from mist_connector.access.readers import Register, Working, what_reads, who_reads
from mist_connector.bylaws.facts import Accompaniment, Agreement, Exclusion, Facts, Function
from mist_connector.bylaws.tiers import Tier
from mist_connector.planning.accounts import Account

TODAY = date(2026, 3, 1)
DAY = timedelta(days=1)
FUNCTION = Function(date(2026, 1, 1), "staff", "ana@mist.invalid", None, "F-0000-0001")
AGREEMENT = Agreement(date(2026, 1, 1), date(2026, 12, 31))
ACCOMPANIMENT = Accompaniment(date(2026, 1, 1), FUNCTION.code, date(2026, 6, 30))
ANA = Account(7, "ana@mist.invalid", active=True, groups=frozenset({"staff"}))
HER, WORKER, OTHER = "P-0000-0001", "P-0000-0002", "P-0000-0003"


def register(*, function=FUNCTION, agreement=AGREEMENT, accompaniment=ACCOMPANIMENT, account=7):
    people = {
        HER: Facts(HER, accompaniments=(accompaniment,) if accompaniment else ()),
        WORKER: Facts(WORKER, functions=(function,), agreements=(agreement,) if agreement else ()),
        OTHER: Facts(OTHER),
    }
    return Register(people, [Working(function, WORKER, account)])


def tiers(found):
    return [opening.tier for opening in found]


@pytest.fixture
def who(mappings):
    return lambda known, code=HER, account=ANA: who_reads(
        code, known, [account], mappings.blueprint, on=TODAY
    )


def test_all_three_keys_open_the_file_and_each_is_named_with_its_days(who):
    opened = who(register())
    assert tiers(opened) == [Tier.REGISTER, Tier.PERSONAL]
    told = " ".join(reason.sentence for reason in opened[1].reasons)
    assert "accompagnement" in told
    assert "accord de confidentialité" in told
    assert FUNCTION.code in told
    assert opened[1].until == ACCOMPANIMENT.until
    assert opened[1].rule == "C05"


OVER = {"until": TODAY - DAY}
LAPSED = {
    "the accompaniment": ({"accompaniment": replace(ACCOMPANIMENT, **OVER)}, [Tier.REGISTER]),
    "no accompaniment": ({"accompaniment": None}, [Tier.REGISTER]),
    "an accompaniment to come": (
        {"accompaniment": replace(ACCOMPANIMENT, since=TODAY + DAY)},
        [Tier.REGISTER],
    ),
    "the agreement": ({"agreement": replace(AGREEMENT, **OVER)}, []),
    "no agreement": ({"agreement": None}, []),
    "the function": ({"function": replace(FUNCTION, **OVER)}, []),
    "another's function": ({"account": 8}, []),
}


@pytest.mark.parametrize("key", LAPSED)
def test_a_key_that_is_missing_today_opens_nothing_that_it_closes(who, key):
    facts, left = LAPSED[key]
    assert tiers(who(register(**facts))) == left


def test_the_last_day_still_opens(who):
    last = replace(ACCOMPANIMENT, until=TODAY)
    assert tiers(who(register(accompaniment=last))) == [Tier.REGISTER, Tier.PERSONAL]


def test_nobody_reads_another_persons_file(who):
    assert tiers(who(register(), OTHER)) == [Tier.REGISTER]


def test_an_archived_account_or_one_without_its_group_reads_nothing(who):
    assert who(register(), account=replace(ANA, active=False)) == []
    assert who(register(), account=replace(ANA, groups=frozenset())) == []


def test_direction_reads_every_file_by_role_and_agreement(who):
    director = replace(FUNCTION, role="direction")
    account = replace(ANA, groups=frozenset({"direction"}))
    opened = tiers(who(register(function=director), OTHER, account))
    assert list(dict.fromkeys(opened)) == [Tier.REGISTER, Tier.PERSONAL, Tier.INVESTIGATION]


def test_direction_comes_to_no_examination_of_herself_and_writes_not_her_own_function(who):
    director = replace(FUNCTION, role="direction")
    account = replace(ANA, groups=frozenset({"direction"}))
    opened = who(register(function=director), WORKER, account)
    assert tiers(opened) == [Tier.REGISTER, Tier.PERSONAL]
    assert {opening.rule for opening in opened} == {"C07"}


def test_an_exclusion_closes_the_file_to_who_accompanied_her_and_not_to_direction(mappings):
    known = register()
    known.people[HER] = replace(known.people[HER], exclusions=(Exclusion(TODAY, "association"),))
    assert tiers(who_reads(HER, known, [ANA], mappings.blueprint, on=TODAY)) == [Tier.REGISTER]
    direction = replace(ANA, groups=frozenset({"direction"}))
    known = replace(known, working=[Working(replace(FUNCTION, role="direction"), WORKER, ANA.id)])
    assert Tier.PERSONAL in tiers(who_reads(HER, known, [direction], mappings.blueprint, on=TODAY))


def test_what_an_account_reads_names_each_file_and_the_register_once(mappings):
    found = what_reads(ANA, register(), mappings.blueprint, on=TODAY)
    assert [(opening.tier, opening.person) for opening in found] == [
        (Tier.REGISTER, "*"),
        (Tier.PERSONAL, HER),
    ]
