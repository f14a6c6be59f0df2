"""The engine's side of the trials: what it makes of each step of a case."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from mist_connector.blueprint.claims import claims
from mist_connector.blueprint.compile_guards import looked_at
from mist_connector.blueprint.compile_status import status_triggers
from mist_connector.bylaws.attempts import broken, claims_anew, status_of
from mist_connector.bylaws.engine import judge
from mist_connector.bylaws.facts import Facts
from mist_connector.bylaws.linked import Association
from mist_connector.conditions.holds import holds
from mist_connector.conditions.relations import relations

# The relations of a person behind which the models of the CRM stand.
MODELS = {
    "signatures": "signature",
    "votes": "vote",
    "departures": "departure",
    "exclusions": "exclusion",
    "candidacies": "candidacy",
    "mandates": "mandate",
    "workgroups": "workgroup",
    "steps": "step",
    "consents": "consent",
    "incidents": "incident",
    "attendances": "attendance",
    "accompaniments": "accompaniment",
    "investigations": "investigation",
}
# What the engine does not know: names (see test_ways_in), and items of an agenda (see tests/odoo/assembly).
UNKNOWN = ("full_name", "elected_once_proclaimed", "closed_candidacy_stays")
# What a step does not write: links, which the server's own records have, and what the CRM works out.
UNSAID = ("function", "bars", "months", "withdrawn")
MEMBERS = ("member", "provisional", "active")


# What is recorded twice the CRM refuses, whichever rules it also broke. Each accompaniment is by another
# function.
APART = ("accompaniments",)


class _AnyRule:
    """Equal to whichever rules are cited."""

    def __eq__(self, other):
        return isinstance(other, set)

    __ge__ = __eq__

    def __hash__(self):
        return 0


ANY_RULE = _AnyRule()


@dataclass(frozen=True)
class Add:
    """Record a fact of the person at this place."""

    who: int
    relation: str
    fact: object


@dataclass(frozen=True)
class Change:
    """Change a value of what the case recorded as its so-manieth fact."""

    place: int
    name: str
    value: object


@dataclass(frozen=True)
class Remove:
    """Delete what the case recorded as its so-manieth fact."""

    place: int


@dataclass(frozen=True)
class End:
    """Bring the ends of all terms of one kind that the case recorded forward, in one write.

    They end on the last of their first days; a term that ends earlier stays as it is. `resigned`: mandates
    end by a resignation alone.
    """

    relation: str
    resigned: bool = False


@dataclass(frozen=True)
class Write:
    """Write a value of the person at this place."""

    who: int
    name: str
    value: object


def playable(case):
    """Return the steps without those that are about a fact which was never added, or is gone."""
    added, gone, steps = [], set(), []
    for step in case:
        if isinstance(step, Add):
            added.append(step.fact)
        elif isinstance(step, Change | Remove):
            if step.place >= len(added) or step.place in gone:
                continue
            if isinstance(step, Change) and not hasattr(added[step.place], step.name):
                continue
        if isinstance(step, Remove):
            gone.add(step.place)
        steps.append(step)
    return steps


def commands(case):
    """Return a case as the server is to try it."""
    return [_command(step) for step in playable(case)]


def _command(step):
    match step:
        case Add(who, relation, fact):
            values = {f"x_{name}": plain(value) for name, value in vars(fact).items() if name not in UNSAID}
            code = values.pop("x_code", "")
            return ["add", who, f"x_mist_{MODELS[relation]}", values | ({"x_name": code} if code else {})]
        case Change(place, name, value):
            return ["change", place, {f"x_{name}": plain(value)}]
        case Remove(place):
            return ["remove", place]
        case End(relation, resigned):
            return ["end", f"x_mist_{MODELS[relation]}", "x_resigned_on" if resigned else "x_until"]
        case Write(who, name, value):
            return ["write", who, {f"x_{name}": plain(value)}]


def plain(value):
    if value is None:
        return False
    return value.isoformat() if isinstance(value, date) else value


def telling(blueprint):
    """Return the names of a person's facts at whose change the CRM works out what follows from her status."""
    person = blueprint.model("person")
    heads = {
        "x_status",
        *(column.partition(".")[0] for column in status_triggers(person, blueprint).split(",")),
    }
    return {field.key for field in person.fields if field.column in heads}


class Play:
    """A case in the making: everybody's facts, and what was added by which step."""

    def __init__(self, mappings, *, people, on):
        self.provisions, self.hooks, self.on = mappings.provisions, mappings.blueprint.hooks, on
        self.blueprint = mappings.blueprint
        self.telling = telling(mappings.blueprint)
        self.people = [Facts(f"P-0000-000{place}") for place in range(people)]
        self.added = []

    def verdicts(self, case, *, full=False):
        """Return what becomes of each step: everybody's status, and `full`, what follows from it too."""
        return [
            self._verdict(step, self._told if full else lambda facts: facts.status) for step in playable(case)
        ]

    def verdicts_of(self, step):
        """Return what becomes of one more step, whichever facts it is about."""
        return self._verdict(step, lambda facts: facts.status)

    def _told(self, facts):
        """Return her status, since when she is a member, and the rules of what she lacks for the next one."""
        following = judge(facts, self.provisions, on=self.on).following
        missing = following.missing if following else ()
        apart = [each for each in missing if "investigations" in relations(each.holds)]
        said = [each for each in missing if each not in apart] or apart
        return [facts.status, plain(facts.member_since), sorted({each.cited for each in said})]

    def _verdict(self, step, told):
        before, added = list(self.people), list(self.added)
        touched = self._apply(step)
        twice = any(self._twice(*changed) for changed in touched)
        refused = [each for changed in touched if not twice for each in self._refused(*changed)]
        if not twice and not refused and not any(_reversed(new) for *_, new in touched):
            return "allowed", [told(facts) for facts in self.people]
        self.people, self.added = before, added
        if isinstance(step, Add):
            self.added.append(None)
        return "refused", ANY_RULE if twice else {each.cited for each in refused}

    def _twice(self, who, relation, _old, new):
        """Tell whether what is new would be there a second time, which no rule of the bylaws is about."""
        if new is None or relation in APART:
            return False
        keys = self.blueprint.model(MODELS[relation]).identity
        keys = [{"item": "office"}.get(key, key) for key in keys if key not in ("person", *UNSAID)]
        told = [[getattr(fact, key, None) for key in keys] for fact in getattr(self.people[who], relation)]
        return bool(keys) and told.count([getattr(new, key, None) for key in keys]) > 1

    def _apply(self, step):
        """Take a step; return whose facts changed, behind which relation, the old fact and the new."""
        if isinstance(step, Write):
            # A status that somebody writes changes nothing.
            written = {} if step.name == "status" else {step.name: step.value}
            self.people[step.who] = replace(self.people[step.who], **written)
            self._follow(step.who, step.name)
            return [(step.who, None, None, None)]
        if isinstance(step, Add):
            self.added.append((step.who, step.relation, step.fact))
            return [self._put(step.who, step.relation, None, step.fact)]
        if isinstance(step, End):
            return self._ends(step)
        if self.added[step.place] is None or self.added[step.place][2] is None:
            return []
        _, _, fact = self.added[step.place]
        new = replace(fact, **{step.name: step.value}) if isinstance(step, Change) else None
        return [self._change(step.place, new)]

    def _change(self, place, new):
        who, relation, fact = self.added[place]
        self.added[place] = (who, relation, new)
        return self._put(who, relation, fact, new)

    def _ends(self, step):
        """Bring ends forward; what each change leads to is looked at once all are made, as in one write."""
        held = {
            place: each[2]
            for place, each in enumerate(self.added)
            if each and each[2] is not None and each[1] == step.relation
        }
        last = max((each.since for each in held.values()), default=None)
        value = {"resigned_on" if step.resigned else "until": last}
        return [
            self._change(place, replace(fact, **value))
            for place, fact in held.items()
            if fact.until is None or fact.until > last
        ]

    def _put(self, who, relation, old, new):
        facts = list(getattr(self.people[who], relation))
        if old is not None:
            facts.remove(old)
        if new is not None:
            facts.append(new)
        self.people[who] = replace(self.people[who], **{relation: tuple(facts)})
        self._follow(who, relation)
        return who, relation, old, new

    def _follow(self, who, name):
        """Have flags, her status and since when she is a member follow what changed."""
        before = self.people[who].status
        for _ in range(2):  # what is kept rests on her status of before, and she may lose it for what is kept
            self._keep(who)
            status = status_of(self.people[who], self.provisions, on=self.on)
            self.people[who] = replace(self.people[who], status=status)
        if name in self.telling or status != before:
            self.people[who] = replace(self.people[who], member_since=self._since(self.people[who]))

    def _since(self, facts):
        """Return the day of the first signature of the bylaws since she last left, of a member."""
        gone = [each.on for each in facts.departures if each.scope == "association" and each.on <= self.on]
        signed = [
            each.on
            for each in facts.signatures
            if each.document == "bylaws" and max([date.min, *gone]) < each.on <= self.on
        ]
        return min(signed, default=None) if facts.status in MEMBERS else None

    def _keep(self, who):
        """Set the flags that the CRM keeps by itself."""
        linked = Association(self.people).people[who]
        self._replace(who, "investigations", [self._kept(each) for each in linked.investigations])

    def _kept(self, linked):
        rule = self.blueprint.model("investigation").field("bars").kept
        once = linked.bars or holds(rule.once, linked, on=self.on)
        return replace(linked.itself, bars=holds(rule.during, linked, on=self.on) and once)

    def _replace(self, who, relation, facts):
        old = getattr(self.people[who], relation)
        self.people[who] = replace(self.people[who], **{relation: tuple(facts)})
        for place, held in enumerate(self.added):
            if held and held[0] == who and held[1] == relation and held[2] in old:
                self.added[place] = (who, relation, facts[old.index(held[2])])

    def _refused(self, who, relation, old, new):
        linked = Association(self.people).people[who]
        found = self._broken("person", linked)
        if new is not None:
            records = getattr(linked, relation)
            record = next((each for each in records if each.itself is new), records[-1])
            found += self._broken(MODELS[relation], record, old, new)
            # What may stand by itself, the CRM still looks at from the candidacy that it names.
            if not found and relation == "mandates" and record.candidacy:
                found += self._broken("candidacy", record.candidacy)
        return found

    def _broken(self, key, record, old=None, new=None):
        model = self.blueprint.model(key)
        hooks = [hook for hook in self.hooks if hook.model == key and hook.key not in UNKNOWN]
        if claims(model, self.blueprint):
            hooks = [hook for hook in hooks if claims_anew(old, new, self._named(hook, model))]
        return broken([hook.requirement for hook in hooks], record, on=self.on)

    def _named(self, hook, model):
        """Return the names, in the facts, of what a hook of a term rests on."""
        columns = looked_at(hook, model, self.blueprint)
        return [field.key for field in model.fields if field.column in columns and field.key != "person"]


def _reversed(fact):
    """Tell whether the planned end of a term comes before its beginning, which no resignation explains."""
    until = getattr(fact, "until", None)
    return until is not None and not getattr(fact, "resigned_on", None) and until < fact.since
