"""The hooks that follow from what rules set of each office: months, seats, and who may hold it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from mist_connector.blueprint.declaration import Hook
from mist_connector.bylaws.offices import PARTS, Office, OfficesApart
from mist_connector.bylaws.requirements import Requirement
from mist_connector.bylaws.text import Text
from mist_connector.conditions.forms import Form, Rounded
from mist_connector.conditions.spelling import condition

MODEL = "mandate"
Demand = Callable[[Office, Mapping[str, Form]], Form]


def office_hooks(
    offices: Sequence[Office], sentences: Mapping[str, Text], names: Mapping[str, Form]
) -> Iterator[Hook]:
    """Yield one hook for each part of each office that has a sentence to refuse with.

    `names` holds, among others, one condition for each status that an office demands of whoever takes it.
    """
    for office in offices:
        for part in PARTS:
            if office.part(part) is not None and part in sentences:
                sentence = _filled(sentences[part], office, offices, part)
                yield _hook(office, part, sentence, names)
    if "apart_from" in sentences:
        yield from _the_other_way(offices, sentences["apart_from"])


def _the_other_way(offices: Sequence[Office], sentence: Text) -> Iterator[Hook]:
    """Yield the hooks of offices that another one is apart from, by a rule that is not already their own."""
    for one in offices:
        for other in offices:
            apart, own = other.apart_from, one.apart_from.value if one.apart_from else ()
            if apart is None or one.id not in apart.value or other.id in own:
                continue
            turned = one.model_copy(update={"apart_from": OfficesApart(rule=apart.rule, value=(other.id,))})
            hook = _hook(turned, "apart_from", _filled(sentence, turned, offices, "apart_from"), {})
            yield hook.model_copy(update={"key": f"{one.id}_apart_from_{other.id}"})


def _hook(office: Office, part: str, sentence: Text, names: Mapping[str, Form]) -> Hook:
    demand = office.part(part)
    assert demand is not None  # noqa: S101 - only asked for parts that are there
    requirement = Requirement(
        rule=demand.rule,
        when=_condition(field="office", equals=office.id),
        holds=_DEMANDS[part](office, names),
        otherwise=sentence,
    )
    return Hook(key=f"{office.id}_{part}", model=MODEL, on_entry=True, requirement=requirement)


def parts_that_hook() -> frozenset[str]:
    """Return the parts for which there can be a sentence."""
    return frozenset(_DEMANDS)


def _filled(sentence: Text, office: Office, offices: Sequence[Office], part: str) -> Text:
    value = _value(office, part)
    if isinstance(value, Text):
        return Text(
            fr=sentence.fr.format(office=office.label.fr, value=value.fr),
            en=sentence.en.format(office=office.label.en, value=value.en),
        )
    labels = {each.id: each.label for each in offices}
    others = [labels[each] for each in value] if isinstance(value, tuple) else []
    return Text(
        fr=sentence.fr.format(
            office=office.label.fr, value=value, others=", ".join(each.fr for each in others)
        ),
        en=sentence.en.format(
            office=office.label.en, value=value, others=", ".join(each.en for each in others)
        ),
    )


def _condition(**form: Any) -> Form:  # noqa: ANN401 - whatever a condition may say
    return condition(form)


def _crowd(**details: Any) -> Form:  # noqa: ANN401 - whatever may be said of a crowd
    return _condition(together={"facts": "association.mandates", "same": "office", **details})


def _value(office: Office, part: str) -> Any:  # noqa: ANN401 - a number, a status or offices
    return getattr(office.part(part), "value", None)


def _french(office: Office, _: Mapping[str, Form]) -> Form:
    assert office.french is not None  # noqa: S101 - only asked for parts that are there
    speaks = _condition(exists="person", where=(office.french.spoken,))
    return _crowd(once=_value(office, "seats") or 1, where=speaks, at_least=_value(office, "french"))


def _half(office: Office, names: Mapping[str, Form]) -> Form:
    fewest = office.fewest.value if office.fewest else 1
    rounded = office.half.rounded if office.half else Rounded.UP
    return _crowd(once=fewest, where=names[_value(office, "half")], at_least="half", rounded=rounded)


def _apart(office: Office, _: Mapping[str, Form]) -> Form:
    others = tuple(_condition(field="office", equals=other) for other in _value(office, "apart_from"))
    return _condition(none="person.mandates", time="overlaps", where=(_condition(any=others),))


def _consent(_office: Office, _: Mapping[str, Form]) -> Form:
    return _condition(exists="person.consents", time="in_force", at="since")


def _chosen(office: Office, _: Mapping[str, Form]) -> Form:
    """Return that the choice came no later than the first day, and from a body that was there."""
    not_later = _condition(lasts={"start": "since", "end": "chosen_on", "months": 0})
    parts = [_condition(is_set="chosen_on"), not_later]
    if office.chosen is not None and office.chosen.office is not None:
        body = _condition(field="office", equals=office.chosen.office)
        parts.append(
            _condition(exists="association.mandates", time="in_force", at="chosen_on", where=(body,))
        )
    return _condition(all=tuple(parts))


def _elected(office: Office, _: Mapping[str, Form]) -> Form:
    """Demand an elected candidacy that leads to nothing else, or the rest of the mandate of such a one."""
    won = (_condition(field="elected", equals=True), _condition(field="office", equals=office.id))
    by_ballot = _condition(exists="candidacy", same=("person",), where=won)
    first = _condition(is_set="candidacy")
    rest = [
        _condition(field="interim", equals=True),
        _condition(exists="replaces", same=("office",), where=(first,)),
        _condition(none="replaces", time="overlaps"),
    ]
    if office.months is not None and office.elected is not None and office.elected.rest_of_term:
        span = {"start": "replaces.since", "end": "ends", "months": office.months.value}
        rest.append(_condition(lasts=span))
    ways = (_condition(all=(by_ballot, _condition(single="candidacy.mandates"))), _condition(all=tuple(rest)))
    return _condition(any=ways)


_DEMANDS: dict[str, Demand] = {
    "months": lambda office, _: _condition(
        lasts={"start": "since", "end": "ends", "months": _value(office, "months")}
    ),
    "seats": lambda office, _: _crowd(at_most=_value(office, "seats")),
    "requires_status": lambda office, names: names[_value(office, "requires_status")],
    "french": _french,
    "half": _half,
    "apart_from": _apart,
    "chosen": _chosen,
    "accepted": lambda *_: _condition(is_set="accepted_on"),
    "consent": _consent,
    "elected": _elected,
}
