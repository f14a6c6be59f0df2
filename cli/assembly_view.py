"""How `mist assembly` says where things stand; people by their codes only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from mist_connector.assembly.closing import Ruling
from mist_connector.assembly.electorate import Electorate
from mist_connector.assembly.quorum import watch
from mist_connector.assembly.room import Room
from mist_connector.blueprint.declaration import Choice
from mist_connector.declared.assembly import Quorum
from mist_connector.declared.everything import Declared
from mist_connector.language import _, worded
from mist_connector.work.assembly.assemblies import AssemblyRecord
from mist_connector.work.assembly.context import AssemblyContext
from mist_connector.work.assembly.overview import Overview
from mist_connector.work.assembly.plan import AssemblyPlan
from mist_connector.work.assembly.progress import Progress
from mist_connector.work.assembly.steps import Proclaimed

from . import console

Data = dict[str, Any]
_SHOWN = {
    "assembly": _("Assemblée"),
    "mandates": _("Mandats créés"),
    "minutes": _("Procès-verbal"),
    "file": _("Écrit dans"),
}


def told(data: Data, *, done: bool, as_json: bool) -> int:
    """End a step: everything for a program, one sentence for a person."""
    if as_json:
        console.emit_json(data)
    else:
        console.say(_("Fait.") if done else _("Rien n'est écrit."), style="bold")
        for key, words in _SHOWN.items() if done else ():
            if data.get(key):
                console.say("  " + _("{topic} : {what}").format(topic=words, what=data[key]))
    return 0


def plan_data(plan: AssemblyPlan) -> Data:
    """Return an assembly to come, for a program."""
    agenda = [{"title": worded(item.title), "kind": item.kind, "secret": item.secret} for item in plan.items]
    return {
        "on": plan.on.isoformat(),
        "at": plan.hour,
        "agenda": agenda,
        "limit": plan.limit,
        "late": plan.is_late,
    }


def show_plan(data: Data) -> None:
    """Print an assembly to come."""
    console.say(_("Assemblée générale, {data[on]}, {data[at]}").format(data=data), style="bold")
    for number, item in enumerate(data["agenda"], start=1):
        console.say(f"  {number}. {item['title']}" + (_(" (vote secret)") if item["secret"] else ""))
    if data["late"]:
        console.say(_("  Après la date limite : {data[limit]} (G01).").format(data=data), style="yellow")


def electorate_data(context: AssemblyContext, electorate: Electorate) -> Data:
    """Return who votes, for a program."""
    return {
        "assembly": context.assembly.code,
        "frozen_on": electorate.on,
        "answer": electorate.answer,
        "voters": sorted(electorate.voters),
        "invited": len(context.members),
        "seal": electorate.seal,
        "opened": False,
    }


def show_electorate(data: Data) -> None:
    """Print who votes, by number only."""
    count, answer = len(data["voters"]), data["answer"]
    console.say(
        _("{count} personnes ont une voix, sur {data[invited]} invitées ({answer}).").format(
            count=count, data=data, answer=answer
        ),
        style="bold",
    )
    console.say(_("  Sceau de la liste : {seal}…").format(seal=data["seal"][:16]))


def rulings_data(context: AssemblyContext, rulings: Sequence[Ruling]) -> Data:
    """Return the results, for a program."""
    titles = {str(item.id): worded(item.title) for item in context.assembly.items}
    rows = [
        {
            "title": titles[each.item],
            "state": each.state.value,
            "reason": each.reason,
            "elected": list(each.elected),
            "run_off": list(each.run_off),
            "since": each.term.since if each.term else None,
            "until": each.term.until if each.term else None,
        }
        for each in rulings
    ]
    return {"results": rows, "mandates": 0, "second_rounds": 0, "closed": False}


def proclaimed_data(made: Proclaimed) -> Data:
    """Return what proclaiming wrote, for a program."""
    return {
        "mandates": made.mandates,
        "second_rounds": made.second_rounds,
        "closed": not made.second_rounds,
        "minutes": made.minutes,
    }


def show_rulings(data: Data) -> None:
    """Print the results."""
    words = {
        "done": _("fait"),
        "adopted": _("adoptée"),
        "rejected": _("rejetée"),
        "elected": _("élection proclamée"),
        "run_off": _("second tour"),
        "refused": _("NON PROCLAMÉ"),
    }
    for row in data["results"]:
        console.say("  " + _("{topic} : {what}").format(topic=row["title"], what=words[row["state"]]))
        for key, label in (("elected", _("Élues")), ("run_off", _("Au second tour"))):
            if row[key]:
                console.say("    " + _("{topic} : {what}").format(topic=label, what=", ".join(row[key])))
        if row["reason"]:
            console.say(f"    {row['reason']}")


def overview_data(overview: Overview, rules: Declared) -> Data:
    """Return where all assemblies stand, for a program."""
    labels = rules.vocabularies["assembly_asks"]
    shown: Data = {
        "assemblies": [{"assembly": each.code, "on": each.on, "state": each.state} for each in overview.days],
        "limit": overview.limit,
        "recalled": overview.recalled,
        "asked": asked_data(overview.asked, labels),
        "without_ballot": overview.without_ballot,
        "quorum": quorum_data(overview.room, rules.assembly.statutes.quorum) if overview.room else [],
    }
    if overview.current is not None and overview.how_far is not None:
        shown["current"] = progress_data(overview.current, overview.how_far)
    return shown


def quorum_data(room: Room, quorum: Quorum | None) -> list[Data]:
    """Return how the quorum stood all along, for a program."""
    return [
        {
            "at": f"{each.at:%H:%M}",
            "present": each.present,
            "represented": each.represented,
            "needed": each.needed,
            "reached": each.reached,
        }
        for each in watch(room, quorum)
    ]


def asked_data(asked: Sequence[tuple[int, str, str]], labels: Sequence[Choice]) -> list[Data]:
    """Return what staff asked for by the buttons and nothing has carried out yet, for a program."""
    words = {each.id: worded(each.label) for each in labels}
    return [{"assembly": code, "asked": step, "label": words[step]} for _, code, step in asked]


def progress_data(assembly: AssemblyRecord, how_far: Progress) -> Data:
    """Return what an assembly lacks and what comes next, for a program."""
    return {
        "assembly": assembly.code,
        "on": assembly.on,
        "state": assembly.state,
        "invited": len(assembly.invitees),
        "minutes": assembly.minutes,
        "version": assembly.version,
        "missing": list(how_far.missing),
        "next": how_far.next,
    }


def show_status(data: Data, states: Mapping[str, str]) -> None:
    """Print every assembly, what the current one lacks, the next limit, and the quorum of one under way."""
    rows = [(row["assembly"], str(row["on"]), states[row["state"]]) for row in data["assemblies"]]
    console.table((_("Assemblée"), _("Jour"), _("État")), rows)
    if (now := data.get("current")) is not None:
        minutes = _(", procès-verbal {now[minutes]}").format(now=now) if now["minutes"] else ""
        version = _(" (version {now[version]})").format(now=now) if now["version"] > 1 else ""
        console.say(
            _("{now[assembly]}, {now[on]} : {state}{minutes}{version}").format(
                now=now, state=states[now["state"]], minutes=minutes, version=version
            ),
            style="bold",
        )
        console.say(_("  Convoquées : {now[invited]}.").format(now=now))
        for each in now["missing"]:
            console.say(f"  – {each}", style="yellow")
        console.say(_("  Ensuite : {now[next]}").format(now=now))
    for each in data["asked"]:
        what = _("Demandé dans le CRM, pas encore fait : {each[label]} ({each[assembly]}).").format(each=each)
        console.say(_("{what} Lancez « mist assembly carry-out ».").format(what=what), style="yellow")
    if data["limit"]:
        console.say(_("Prochaine assemblée au plus tard le {data[limit]} (G01).").format(data=data))
    if data["recalled"]:
        console.say(_("Cette date approche, ou est passée : convoquez une assemblée."), style="yellow")
    if data["without_ballot"]:
        codes = ", ".join(data["without_ballot"])
        console.say(
            _("Mandats sans scrutin d'assemblée (G02, SP11) : {codes}").format(codes=codes), style="red"
        )
    for each in data["quorum"]:
        there = _("{each[present]} présentes, {each[represented]} représentées").format(each=each)
        reached = (
            _("atteint") if each["reached"] else _("NON ATTEINT (il faut {each[needed]})").format(each=each)
        )
        console.say(
            _("  {each[at]} : {there}, quorum {reached}").format(each=each, there=there, reached=reached)
        )
