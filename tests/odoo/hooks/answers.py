"""Answers to open decisions, and attempts that one answer refuses and the other does not."""

from __future__ import annotations

from dataclasses import dataclass

from mist_connector.bylaws.facts import Candidacy, Mandate, Signature, Step, Workgroup
from mist_connector.cli.mappings_source import load_sources
from mist_connector.declared.everything import declare
from mist_connector.declared.setting import with_settings

from .playing import Add, Write
from .refusals import beginning, day

SOURCES = load_sources(None)
# What an answer needs said with it; invented, as nobody but the association may say it.
SAID = {
    "Q08": ["words.level=b1"],
    "Q25": ["numbers.months=24"],
    "Q24": [f"words.since={day(-30)}"],
    "Q21": ["numbers.months=24", "numbers.seats=2"],
    "Q23": [
        "numbers.months=3",
        'words.bylaws="2"',
        f"words.bylaws_since={day(-200)}",
        f"words.active_bylaws_since={day(-10)}",
    ],
}
ANSWERS = {
    "Q04": "list_per_purpose",
    "Q06": "until_next_assembly",
    "Q08": "attested",
    "Q21": "elected",
    "Q23": "sign_again",
    "Q24": "legal_name_only",
    "Q25": "after_a_time",
}


def answered(question, answer=None):
    """Return the mappings in which a question is answered otherwise than today."""
    said = [f"answer={answer or ANSWERS[question]}", *SAID.get(question, ())]
    return declare(with_settings(SOURCES, [f"decisions.{question}.{each}" for each in said]))


@dataclass(frozen=True)
class Attempt:
    """Steps of which the last one is judged; `today`, `then`: the rules that refuse it, or her status.

    `new`: the steps use a word that the CRM has only under the other answer.
    """

    question: str
    title: str
    people: tuple[str, ...]
    steps: tuple[object, ...]
    today: set[str] | str | None
    then: set[str] | str | None
    new: bool = False

    def play(self):
        begun = [step for who, kind in enumerate(self.people) for step in beginning(kind, who)]
        return (*begun, *self.steps)


def fits(said, wanted):
    """Tell whether a step came out as it should."""
    outcome, detail = said
    return (outcome, detail) == ("refused", wanted) if isinstance(wanted, set) else detail[0] == wanted


def _group(group):
    return Add(0, "workgroups", Workgroup(day(-5), group, applied_on=day(-9)))


def _delegate(who, until=100):
    dates = {"chosen_on": day(-6), "accepted_on": day(-6)}
    last = None if until is None else day(until)
    return Add(who, "mandates", Mandate(day(-5), "delegate", last, **dates))


def _pair(*of_her):
    """Return how two become delegates, after what is noted of the first."""
    return (*of_her, _delegate(0), _delegate(1))


def _attested(level):
    return Add(0, "steps", Step(day(-9), f"french_{level}"))


def _roots(since, until, **links):
    return Add(0, "mandates", Mandate(since, "roots", until, **links))


def _elected_to_roots(code="O-0000-00F1"):
    return Add(0, "candidacies", Candidacy("roots", elected=True, code=code))


def _signed(document, version, on=None):
    return Add(0, "signatures", Signature(on or day(-3), document, version))


ATTEMPTS = (
    Attempt(
        "Q04",
        "a member helps with the media",
        ("member",),
        (_group("press"),),
        {"A10", "ACT05"},
        "member",
        new=True,
    ),
    Attempt(
        "Q04",
        "a member helps others directly",
        ("member",),
        (_group("direct_help"),),
        {"A10", "ACT05"},
        {"A10", "ACT05"},
    ),
    Attempt("Q04", "nobody's group", ("nobody",), (_group("press"),), {"A10", "ACT05"}, {"B01"}, new=True),
    Attempt("Q04", "active, in training", ("active",), (_group("training"),), "active", "active"),
    Attempt("Q21", "Roots without an election", ("active",), (_roots(day(-5), None),), "active", {"R02"}),
    Attempt(
        "Q21",
        "elected to Roots for a time",
        ("active",),
        (_elected_to_roots(), _roots(day(-5), day(500), candidacy="O-0000-00F1")),
        "active",
        "active",
    ),
    Attempt(
        "Q21",
        "elected to Roots for too long",
        ("active",),
        (_elected_to_roots(), _roots(day(-5), day(900), candidacy="O-0000-00F1")),
        "active",
        {"R02"},
    ),
    Attempt(
        "Q23",
        "member by an old version",
        ("nobody",),
        (Write(0, "attested_on", day(-9)), _signed("bylaws", "1")),
        "member",
        None,
    ),
    Attempt(
        "Q23",
        "member by the version in force",
        ("nobody",),
        (Write(0, "attested_on", day(-9)), _signed("bylaws", "2")),
        "member",
        "member",
    ),
    Attempt(
        "Q08",
        "one of a pair says that she speaks French",
        ("active", "active"),
        _pair(Write(0, "speaks_french", value=True)),
        "active",
        {"DEL03"},
    ),
    Attempt(
        "Q08",
        "one of a pair has a level attested",
        ("active", "active"),
        _pair(_attested("b2")),
        {"DEL03"},
        "active",
        new=True,
    ),
    Attempt(
        "Q08",
        "one of a pair has a lower level attested",
        ("active", "active"),
        _pair(_attested("a2")),
        {"DEL03"},
        {"DEL03"},
        new=True,
    ),
    Attempt("Q08", "one delegate alone", ("active",), (_delegate(0),), "active", "active"),
    Attempt("Q06", "a delegate for ten months", ("active",), (_delegate(0, 300),), {"DEL11"}, "active"),
    Attempt("Q06", "a delegate without a last day", ("active",), (_delegate(0, None),), {"DEL11"}, "active"),
)
