"""Conditions drawn from the whole language, and small registers to read them on.

Whatever mappings may say of these facts is drawn, sensible or not: readers agree on it, or refuse it.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cache

from hypothesis import strategies as st

from mist_connector.bylaws.facts import (
    Accompaniment,
    Agreement,
    Attendance,
    Exclusion,
    Facts,
    Function,
    Investigation,
    Mandate,
    Signature,
    Step,
    Workgroup,
)
from mist_connector.bylaws.linked import Association
from mist_connector.conditions.forms import (
    AllOf,
    AnyOf,
    Dated,
    Day,
    Exists,
    IsSet,
    Lacks,
    Lasts,
    Mine,
    Not,
    OneOf,
    Rounded,
    Single,
    Together,
    Unshared,
    Wanted,
)
from mist_connector.conditions.lapse import Lapse
from mist_connector.conditions.timing import Age, During, Ever, Happened, InForce, Overlaps, Timing

ME, HERS = 7, 8


@dataclass(frozen=True)
class Kind:
    """What conditions may say of a kind of fact: its model, its shape, and fields by what they hold."""

    model: str
    shape: type
    choices: dict
    dates: tuple = ()
    flags: tuple = ()
    term: bool = False
    links: dict = None
    ends: bool = False


ONCE, TERM = ("on",), ("since", "until")
SCOPE = {"scope": ("association", "active")}
OFFICES = {"office": ("delegate", "spokesperson", "board")}
KINDS = {
    # Her status is a consequence of facts, in the CRM, and one of them for the engine.
    "person": Kind("person", Facts, {}, ("applied_on", "attested_on"), ("speaks_french",)),
    "steps": Kind("step", Step, {"kind": ("team_meeting", "tools")}, ONCE),
    "signatures": Kind("signature", Signature, {"document": ("bylaws", "active_bylaws")}, ONCE, ("values",)),
    "exclusions": Kind("exclusion", Exclusion, SCOPE, (*ONCE, "heard_on")),
    "attendances": Kind(
        "attendance", Attendance, {"state": ("present", "absent")}, (*ONCE, "notified_on"), ("organised",)
    ),
    "investigations": Kind(
        "investigation", Investigation, {"kind": ("trafficking", "admission")}, (*ONCE, "examined_on")
    ),
    "mandates": Kind("mandate", Mandate, OFFICES, (*TERM, "accepted_on"), ("interim",), term=True),
    "workgroups": Kind(
        "workgroup",
        Workgroup,
        {"group": ("advocacy", "training")},
        (*TERM, "applied_on"),
        ("direct_help",),
        term=True,
    ),
    "agreements": Kind("agreement", Agreement, {}, TERM, term=True, ends=True),
    "functions": Kind(
        "function", Function, {"role": ("staff", "direction")}, (*TERM, "appointed_on"), term=True
    ),
    "accompaniments": Kind(
        "accompaniment", Accompaniment, {}, TERM, ("cover",), term=True, links={"function": "functions"}
    ),
}
# What facts need besides to be ones that the CRM takes.
GIVEN = {
    "attendances": {"activity": ("talk_group",)},
    "functions": {"login": ("a@mist.invalid", "b@mist.invalid", "")},
    "accompaniments": {"function": ("",)},
    "person": {"code": ("",)},
}
FACTS = [name for name in KINDS if name != "person"]
DATED = [name for name in FACTS if not KINDS[name].term and name != "investigations"]
LAPSE_VALUES = (
    Lapse(), Lapse(days=3), Lapse(days=-14), Lapse(months=1), Lapse(months=2, days=-60), Lapse(months=12)
)  # fmt: skip
LAPSES = st.sampled_from(LAPSE_VALUES)
AGES = st.one_of(
    st.just(Age()),
    st.builds(Age, within=LAPSES),
    st.builds(Age, before=LAPSES),
    st.builds(Age, within=LAPSES, before=LAPSES),
)


# Days near the edges of the lapses, and some far away.
NEAR = (0, 0, 1, -1, -2, -3, -4, 14, 13, -28, -30, -31, -59, -62, -360, -365, -366, -367, 400, -800)


# --- conditions ---------------------------------------------------------------------------------------------


@cache
def conditions(kind, depth=2, *, today):
    """Return conditions on a fact of a kind, or on a person."""
    leaves = st.one_of(*_leaves(kind, today))
    if depth == 0:
        return leaves
    inner = conditions(kind, depth - 1, today=today)
    parts = st.lists(inner, max_size=3).map(tuple)
    wanted = _wanted(kind, depth - 1, today)
    return st.one_of(
        leaves,
        st.builds(AllOf, parts),
        st.builds(AnyOf, parts),
        st.builds(Not, inner),
        *[st.builds(Exists, wanted), st.builds(Lacks, wanted)] * 2,
    )


def _leaves(name, today):
    kind = KINDS[name]
    dates = st.sampled_from(kind.dates)
    yield st.builds(IsSet, st.sampled_from([*kind.dates, *kind.choices, *kind.flags]))
    for field, values in kind.choices.items():
        yield st.builds(
            OneOf, st.just(field), st.lists(st.sampled_from(values), min_size=1, max_size=2).map(tuple)
        )
    for field in kind.flags:
        yield st.builds(OneOf, st.just(field), st.booleans().map(lambda value: (value,)))
    yield st.builds(Dated, dates, AGES)
    day = st.sampled_from(NEAR).map(lambda days: today + timedelta(days=days))
    yield st.builds(Day, day, AGES.filter(bool), st.none() | dates)
    ends = dates if name == "person" else dates | st.just("person.attested_on")
    yield st.builds(Lasts, dates, ends, st.integers(0, 13))
    yield st.builds(
        Single, st.sampled_from([path for path, target in _paths(name) if target != "investigations"])
    )
    if name == "functions":
        yield st.just(Mine("user"))
        yield st.just(Unshared("association.functions", "login"))


def _paths(name):
    """Yield where a fact, or a person, leads to, with the kind of fact that is there."""
    kind = KINDS[name]
    if name == "person":
        yield from ((each, each) for each in FACTS)
    else:
        yield "person", "person"
        yield from ((f"person.{each}", each) for each in FACTS if each != "investigations")
    yield from ((f"association.{each}", each) for each in ("functions", "mandates"))
    yield from (kind.links or {}).items()


_PATHS = {name: st.sampled_from(list(_paths(name))) for name in KINDS}
_DATED_PATHS = {
    name: st.sampled_from([(path, kind) for path, kind in _paths(name) if kind in DATED]) for name in KINDS
}


@st.composite
def _wanted(draw, name, depth, today):
    path, target = draw(_PATHS[name])
    where = draw(st.lists(conditions(target, depth, today=today), max_size=2).map(tuple))
    return Wanted(path, where, draw(_timing(name, target, depth, today)))


@st.composite
def _timing(draw, name, target, depth, today):
    once = target != "person" and not KINDS[target].term
    when = draw(_when(name, target))
    after = ()
    if once and depth and draw(st.integers(0, 3)) == 0:
        path, kind = draw(_DATED_PATHS[name])
        where = draw(st.lists(conditions(kind, 0, today=today), max_size=1).map(tuple))
        after = (Wanted(path, where, Timing(draw(st.sampled_from([Ever(), Happened()])))),)
    shared = [key for key in KINDS[name].choices if key in KINDS[target].choices]
    same = tuple(draw(st.lists(st.sampled_from(shared), max_size=1))) if shared else ()
    return Timing(when, after, same)


@cache
def _when(name, target):
    return st.one_of(*_whens(KINDS[name], target))


def _whens(kind, target):
    own = st.none() | st.sampled_from(kind.dates)
    if target == "person":
        return [st.just(Ever())]
    if KINDS[target].term:
        found = [st.just(Ever()), st.builds(InForce, own), st.builds(InForce, own)]
        return [*found, st.just(Overlaps())] if kind.term else found
    found = [st.builds(Ever, AGES), st.builds(Happened, own, AGES), st.builds(Happened, own, AGES)]
    return [*found, st.builds(During, st.sampled_from(kind.dates))] if kind.term else found


def crowds(today):
    """Return what may be demanded of the mandates in force together."""
    return st.builds(
        Together,
        st.just("association.mandates"),
        st.just("office"),
        st.none() | st.integers(1, 3),
        st.integers(1, 3),
        st.none() | conditions("mandates", 1, today=today),
        st.integers(0, 3) | st.just("half"),
        st.sampled_from(Rounded),
    )


# --- registers ----------------------------------------------------------------------------------------------


def some_registers(count, *, today, people=2, seed=7):
    """Return registers of a few people with facts of every kind; each has a function, with an account."""
    chances = [random.Random(seed + place) for place in range(count)]  # noqa: S311 - no secret
    return [tuple(_person(chance, today, place, people) for place in range(people)) for chance in chances]


def _person(chance, today, place, people):
    facts = {
        name: tuple(_fact(chance, name, today) for _ in range(chance.randint(0, 3)))
        for name in FACTS
        if name != "functions"
    }
    accompaniments = tuple(
        replace(each, function=_function(chance.randrange(people))) for each in facts.pop("accompaniments")
    )
    functions = (replace(_fact(chance, "functions", today), code=_function(place)),)
    own = replace(_fact(chance, "person", today), code=f"P-0000-{place:04d}", functions=functions)
    return replace(own, accompaniments=accompaniments, **facts)


def _function(place):
    return f"F-0000-{place:04d}"


def _fact(chance, name, today):
    """Return a fact; a term never ends before it begins, which no reader is asked about."""
    kind = KINDS[name]
    given = {
        field: chance.choice(values) for field, values in {**kind.choices, **GIVEN.get(name, {})}.items()
    }
    given |= {field: chance.random() < 0.5 for field in kind.flags}
    given |= {field: today + timedelta(days=chance.choice(NEAR)) for field in kind.dates}
    always = {"on", "since", *(["until"] if kind.ends else [])}
    given |= {field: None for field in kind.dates if field not in always and chance.random() < 0.3}
    if kind.term and given["until"]:
        given["since"], given["until"] = sorted((given["since"], given["until"]))
    return kind.shape(**given)


def linked(people, accounts=(ME, HERS)):
    """Return people with their links; the first functions have these accounts."""
    return Association(people, None, {_function(place): account for place, account in enumerate(accounts)})


def records(everybody, name):
    """Return every record of a kind."""
    return everybody.people if name == "person" else getattr(everybody, name)
