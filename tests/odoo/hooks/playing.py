"""The engine's side of the trials: what it makes of each step of a case."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from mist_connector.blueprint.compile_status import status_triggers
from mist_connector.bylaws.attempts import broken, refusals, settled
from mist_connector.bylaws.facts import Facts
from mist_connector.bylaws.holds import holds
from mist_connector.bylaws.linked import Association

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
UNSAID = ("met", "function", "bars")


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
        case Write(who, name, value):
            return ["write", who, {f"x_{name}": plain(value)}]


def plain(value):
    if value is None:
        return False
    return value.isoformat() if isinstance(value, date) else value


def telling(blueprint):
    """Return the names of a person's facts at whose change the CRM asks whether her status follows."""
    person = blueprint.model("person")
    heads = {column.partition(".")[0] for column in status_triggers(person, blueprint).split(",")}
    return {field.key for field in person.fields if field.column in heads}


class Play:
    """A case in the making: everybody's facts, and what was added by which step."""

    def __init__(self, mappings, *, people, on):
        self.provisions, self.hooks, self.on = mappings.provisions, mappings.blueprint.hooks, on
        self.blueprint = mappings.blueprint
        self.telling = telling(mappings.blueprint)
        self.people = [Facts(f"P-0000-000{place}") for place in range(people)]
        self.added = []

    def verdicts(self, case):
        return [self._verdict(step) for step in playable(case)]

    def _verdict(self, step):
        before, added = list(self.people), list(self.added)
        touched = self._apply(step)
        refused = self._refused(*touched) if touched else ()
        if not refused:
            return "allowed", [facts.status for facts in self.people]
        self.people, self.added = before, added
        if isinstance(step, Add):
            self.added.append(None)
        return "refused", {each.cited for each in refused}

    def _apply(self, step):
        """Take a step; return whose facts changed, behind which relation, and the fact that is new."""
        if isinstance(step, Write):
            changed = replace(self.people[step.who], **{step.name: step.value})
            self.people[step.who] = self._settled(changed, step.name)
            self._keep(step.who)
            return step.who, None, None
        if isinstance(step, Add):
            self.added.append((step.who, step.relation, step.fact))
            return self._put(step.who, step.relation, None, step.fact)
        if self.added[step.place] is None:
            return None
        who, relation, fact = self.added[step.place]
        new = replace(fact, **{step.name: step.value}) if isinstance(step, Change) else None
        self.added[step.place] = (who, relation, new)
        return self._put(who, relation, fact, new)

    def _put(self, who, relation, old, new):
        facts = list(getattr(self.people[who], relation))
        if old is not None:
            facts.remove(old)
        if new is not None:
            facts.append(new)
        changed = replace(self.people[who], **{relation: tuple(facts)})
        self.people[who] = self._settled(changed, relation)
        self._keep(who)
        if relation == "exclusions":
            self._end(who)
        return who, relation, new

    def _settled(self, facts, name):
        """Return facts with the status that follows at once where the CRM looks at what changed."""
        if name not in self.telling:
            return facts
        return replace(facts, status=settled(facts, self.provisions, on=self.on))

    def _end(self, who):
        """End the accompaniments that go on, as the CRM does when an exclusion is recorded."""
        person = self.people[who]
        ends = [each.on for each in person.exclusions if each.scope == "association" and each.on <= self.on]
        self._replace(
            who, "accompaniments", [_ended(each, ends) if ends else each for each in person.accompaniments]
        )

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

    def _refused(self, who, relation, new):
        person = self.people[who]
        linked = Association(self.people).people[who]
        found = [*refusals(person, self.provisions, on=self.on), *self._broken("person", linked)]
        if new is not None:
            record = getattr(linked, relation)[-1]
            found.extend(self._broken(MODELS[relation], record))
            # What may stand by itself, the CRM still looks at from the candidacy that it names.
            if not found and relation == "mandates" and record.candidacy:
                found.extend(self._broken("candidacy", record.candidacy))
        return found

    def _broken(self, model, record):
        hooks = [hook.requirement for hook in self.hooks if hook.model == model and hook.key not in UNKNOWN]
        return broken(hooks, record, on=self.on)


def _ended(accompaniment, ends):
    return replace(accompaniment, until=min([accompaniment.until or date.max, *ends]))
