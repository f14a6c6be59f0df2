"""What staff record about a person, without who she is: the input of the engine."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta


@dataclass(frozen=True, order=True)
class Signature:
    """She signed a document of the association (id of `mappings/signable.yaml`)."""

    on: date
    document: str
    version: str = ""
    values: bool = False
    commitment: bool = False


@dataclass(frozen=True, order=True)
class Departure:
    """She left: the association, or the group of active members only."""

    on: date
    scope: str = ""
    reason: str | None = None
    withdrawn: bool = False


@dataclass(frozen=True, order=True)
class Exclusion:
    """A body decided to exclude her: from the association, or from the group of active members only."""

    on: date
    scope: str
    ground: str | None = None
    heard_on: date | None = None
    voted_on: date | None = None
    withdrawn: bool = False


@dataclass(frozen=True, order=True)
class Vote:
    """Roots voted on her becoming an active member."""

    on: date
    outcome: str
    withdrawn: bool = False


@dataclass(frozen=True, order=True)
class Candidacy:
    """She stood for an office at an assembly, and was elected or not."""

    office: str
    elected: bool = False
    code: str = ""


@dataclass(frozen=True, order=True)
class Mandate:
    """An office held from one day to another, both included; a resignation frees it on its own day.

    `until` is the last day on which she holds it, the resignation considered; the plan is not kept here.
    `months`: the longest term of the office when this one was entered, where the CRM noted it.
    `candidacy`: the code of the one that was elected to it. `replaces`: that of the mandate whose rest it is.
    """

    since: date
    office: str
    until: date | None = None
    chosen_on: date | None = None
    accepted_on: date | None = None
    resigned_on: date | None = None
    interim: bool = False
    code: str = ""
    candidacy: str = ""
    replaces: str = ""
    presented_on: date | None = None
    months: int | None = None

    def __post_init__(self) -> None:
        """Bring a last day that lies after the resignation forward to its eve."""
        resigned = self.resigned_on
        if resigned is not None and resigned > date.min and (self.until or date.max) > resigned:
            object.__setattr__(self, "until", resigned - timedelta(days=1))

    @property
    def ends(self) -> date | None:
        """The last day, by the name that it has in the CRM."""
        return self.until


@dataclass(frozen=True, order=True)
class Agreement:
    """A signed confidentiality agreement, and the days on which it is valid, both included."""

    since: date
    until: date | None = None


@dataclass(frozen=True, order=True)
class Function:
    """Paid work for the association, with the CRM account that goes with it."""

    since: date
    role: str
    login: str
    until: date | None = None
    code: str = ""
    appointed_on: date | None = None


@dataclass(frozen=True, order=True)
class Accompaniment:
    """She is accompanied by somebody who works for the association, in the function of this code.

    `cover`: in the place of somebody on leave, for a time.
    """

    since: date
    function: str
    until: date | None = None
    cover: bool = False

    @property
    def ends(self) -> date | None:
        """The last day, by the name that it has in the CRM."""
        return self.until


@dataclass(frozen=True, order=True)
class Step:
    """Something that happened with her: a date and a word; `met` is the code of whom she met."""

    on: date
    kind: str
    met: str = ""


@dataclass(frozen=True, order=True)
class Attendance:
    """Whether she was there, why not, and whether she told; `organised`: it was she who prepared it."""

    on: date
    activity: str
    state: str
    reason: str | None = None
    noticed_on: date | None = None
    notified_on: date | None = None
    acknowledged_on: date | None = None
    organised: bool = False
    hour: str | None = None


@dataclass(frozen=True, order=True)
class Workgroup:
    """Her place in a working group."""

    since: date
    group: str
    until: date | None = None
    applied_on: date | None = None
    trained_on: date | None = None
    direct_help: bool = False


@dataclass(frozen=True, order=True)
class Pause:
    """An excused absence, during which no clock runs."""

    since: date
    reason: str
    until: date | None = None


@dataclass(frozen=True, order=True)
class Mentoring:
    """Another member accompanies her first steps; `mentor` is that person's code."""

    since: date
    mentor: str
    until: date | None = None


@dataclass(frozen=True, order=True)
class Consent:
    """She agrees to be seen in public, within limits and for a time."""

    since: date
    limits: str
    until: date | None = None


@dataclass(frozen=True, order=True)
class Dispatch:
    """A document that could not be mailed to her: which one, and when she had it otherwise."""

    document: str
    handled_on: date | None = None


@dataclass(frozen=True, order=True)
class Incident:
    """Something happened that the bylaws speak of; never what."""

    on: date
    kind: str
    closed_on: date | None = None


@dataclass(frozen=True, order=True)
class DatedException:
    """Direction signed that she comes to files although she sits on the board, for a time."""

    since: date
    until: date | None = None
    signed_on: date | None = None


@dataclass(frozen=True, order=True)
class Investigation:
    """Something about her is being examined, or was: dates and a conclusion, never the story.

    `bars`: it closes membership to her, which the CRM notes by itself. Only direction's own account reads it.
    """

    on: date
    kind: str
    examined_on: date | None = None
    heard_on: date | None = None
    concluded_on: date | None = None
    outcome: str | None = None
    excluded_on: date | None = None
    bars: bool = False


@dataclass(frozen=True, order=True)
class Session:
    """An activity on the programme, and who was told of it when."""

    on: date
    activity: str
    invited_on: date | None = None
    outing: bool = False
    told_on: date | None = None


@dataclass(frozen=True, order=True)
class Suggestion:
    """Somebody said something; what became of it."""

    on: date
    kind: str
    answered_on: date | None = None
    accepted: bool = False
    done_on: date | None = None


@dataclass(frozen=True, order=True)
class Publication:
    """Something reached all the members."""

    on: date
    kind: str


@dataclass(frozen=True, order=True)
class Meeting:
    """A general assembly: its day, how far it is, when its minutes were approved."""

    on: date
    state: str
    approved_on: date | None = None


@dataclass(frozen=True)
class AgendaItem:
    """What is to follow from an item of an agenda: by when, and when it was done; never what."""

    due_on: date | None = None
    done_on: date | None = None


@dataclass(frozen=True, order=True)
class Alert:
    """Somebody reported a danger to the association; never what."""

    on: date
    concerns: str
    heard_on: date | None = None


@dataclass(frozen=True)
class CommonFacts:
    """What is recorded of the association itself, about nobody.

    `shared_addresses`: for each safe e-mail that several people have, their codes, and never the address.
    `alike`: the codes of those who have the same names or telephone.
    """

    sessions: tuple[Session, ...] = ()
    suggestions: tuple[Suggestion, ...] = ()
    publications: tuple[Publication, ...] = ()
    assemblies: tuple[Meeting, ...] = ()
    items: tuple[AgendaItem, ...] = ()
    alerts: tuple[Alert, ...] = ()
    shared_addresses: tuple[tuple[str, ...], ...] = ()
    alike: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True)
class Facts:
    """Everything known of one person, under her neutral code."""

    code: str
    status: str | None = None
    applied_on: date | None = None
    attested_on: date | None = None
    member_since: date | None = None
    speaks_french: bool = False
    signatures: tuple[Signature, ...] = field(default=())
    departures: tuple[Departure, ...] = field(default=())
    exclusions: tuple[Exclusion, ...] = field(default=())
    votes: tuple[Vote, ...] = field(default=())
    candidacies: tuple[Candidacy, ...] = field(default=())
    mandates: tuple[Mandate, ...] = field(default=())
    agreements: tuple[Agreement, ...] = field(default=())
    functions: tuple[Function, ...] = field(default=())
    accompaniments: tuple[Accompaniment, ...] = field(default=())
    steps: tuple[Step, ...] = field(default=())
    attendances: tuple[Attendance, ...] = field(default=())
    workgroups: tuple[Workgroup, ...] = field(default=())
    pauses: tuple[Pause, ...] = field(default=())
    mentorings: tuple[Mentoring, ...] = field(default=())
    consents: tuple[Consent, ...] = field(default=())
    incidents: tuple[Incident, ...] = field(default=())
    dispatches: tuple[Dispatch, ...] = field(default=())
    investigations: tuple[Investigation, ...] = field(default=())
    exceptions: tuple[DatedException, ...] = field(default=())

    def __post_init__(self) -> None:
        """Leave out what was withdrawn as a mistake: it is no fact any more."""
        for name in ("departures", "exclusions", "votes"):
            recorded = getattr(self, name)
            if any(each.withdrawn for each in recorded):
                object.__setattr__(self, name, tuple(each for each in recorded if not each.withdrawn))


Dated = (
    Signature
    | Departure
    | Exclusion
    | Vote
    | Candidacy
    | Mandate
    | Agreement
    | Function
    | Accompaniment
    | Step
    | Attendance
    | Workgroup
    | Pause
    | Mentoring
    | Consent
    | Incident
    | Dispatch
    | Investigation
    | DatedException
    | Alert
    | Session
    | Suggestion
    | Publication
    | Meeting
    | AgendaItem
)
