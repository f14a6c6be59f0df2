"""What to say when the CRM answers with an exception of its own."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from mist_connector.errors import (
    AccessRefused,
    AuthenticationRefused,
    Busy,
    CrmError,
    DatabaseUnknown,
    LanguageMissing,
    RequestInvalid,
    ServerFailed,
    WriteRefused,
)

_OURS = "C’est un défaut de mist ou une version du CRM qu’il ne connaît pas : lancez « mist doctor »."
_OLDER = (
    "Le règlement déployé est plus ancien que ce mist, ou une sauvegarde a été remise : « mist plan », puis "
    "« mist apply », avec le compte qui installe."
)
_LATER = "Attendez un instant, puis relancez."

_UNKNOWN_MODEL = re.compile(
    r"^(?:Object (?P<old>[\w.]+) doesn't exist|the model '(?P<new>[\w.]+)' does not exist)$"
)
_UNKNOWN_FIELD = re.compile(r"^Invalid field '?(?P<field>[\w.]+)'?(?: |$)")
_UNKNOWN_LANGUAGE = "Invalid language code: "
# "… (Record: res.partner(7,), User: 2)", in whatever language the CRM speaks.
_MISSING_RECORD = re.compile(r"\(\w+\s?: ?[\w.]+\(\d[\d, ]*\), [^()]+: ?\d+\)\s*$")

# The only refusal of PostgreSQL's that means it; else it is stopped, starting, or full.
_UNKNOWN_DATABASE = re.compile(r"FATAL:.*(?:does not exist|n'existe pas)", re.DOTALL)
_DENIED = {"AccessDenied", "SessionExpiredException", "Unauthorized"}
_RULED = {"UserError", "ValidationError", "RedirectWarning"}
_BUSY = {
    "ConcurrencyError",
    "DeadlockDetected",
    "LockError",
    "LockNotAvailable",
    "SerializationFailure",
    "TransactionRollbackError",
}
_MISTAKEN = {
    "DataError",
    "KeyError",
    "NumericValueOutOfRange",
    "UnprocessableEntity",
    "ValueError",
}


@dataclass(frozen=True)
class Failure:
    """An exception of the CRM: its class there, what it says, and what had been asked."""

    kind: str
    message: str = field(repr=False)
    target: str

    @property
    def name(self) -> str:
        """The class without its module."""
        return self.kind.rpartition(".")[2]

    @property
    def database_stopped(self) -> bool:
        """Whether the CRM cannot reach its database, which it knows."""
        unknown = self.name == "OperationalError" and _UNKNOWN_DATABASE.search(self.message)
        return self.name in {"InterfaceError", "OperationalError", "PoolError"} and not unknown

    def error(self) -> CrmError:
        """Return our error; the CRM's own words pass only where they are a rule's sentence."""
        mistaken = self._mistaken()
        if mistaken is not None:
            return mistaken
        if self.name in _DENIED:
            return AuthenticationRefused(
                "Le CRM n’accepte pas ou plus ce compte.",
                todo="Vérifiez l’identifiant et le secret avec « mist init ».",
            )
        if self.name == "AccessError":
            return AccessRefused(
                f"Le compte n’a pas le droit d’appeler {self.target} sur ces données.",
                todo="Demandez ce droit à qui administre le CRM, ou changez de compte.",
            )
        if self.message.startswith(_UNKNOWN_LANGUAGE):
            return language_missing()
        if self.name in _RULED:
            return WriteRefused(self.message.strip(), todo="Corrigez ce que la règle refuse, puis relancez.")
        return self._failed()

    def _mistaken(self) -> CrmError | None:
        """Return the error for a request that the CRM cannot understand, or None if that is not it."""
        model = _UNKNOWN_MODEL.match(self.message)
        if model or (self.name == "NotFound" and "method" not in self.message):
            todo = _OLDER if self.target.startswith("x_mist_") else _OURS
            return RequestInvalid(f"Le CRM ne connaît pas le modèle de {self.target}.", todo=todo)
        unknown = _UNKNOWN_FIELD.match(self.message)
        if unknown:
            todo = _OLDER if unknown["field"].rpartition(".")[2].startswith("x_") else _OURS
            return RequestInvalid(
                f"Le CRM ne connaît pas le champ {unknown['field']} ({self.target}).", todo=todo
            )
        if self.name == "MissingError" or (self.name in _RULED and _MISSING_RECORD.search(self.message)):
            return RequestInvalid(
                f"Un enregistrement n’existe pas ou plus ({self.target}).",
                todo="Relancez : le CRM a pu changer entre-temps.",
            )
        if self._uncallable():
            return RequestInvalid(f"Le CRM ne permet pas l’appel {self.target} ainsi.", todo=_OURS)
        if self.name in _MISTAKEN and "while evaluating" not in self.message:
            return RequestInvalid(
                f"Le CRM ne comprend pas un champ ou une valeur de {self.target}.", todo=_OURS
            )
        return None

    def _uncallable(self) -> bool:
        private = self.name == "AccessError" and self.message.startswith("Private methods")
        unknown = self.name in {"AttributeError", "NotFound"} and self.message.endswith("does not exist")
        signature = self.name == "TypeError" and "argument" in self.message
        return private or unknown or signature

    def _failed(self) -> CrmError:
        if self.name == "OperationalError" and _UNKNOWN_DATABASE.search(self.message):
            return unknown_database()
        if self.database_stopped:
            return ServerFailed(
                "La base de données du CRM ne répond pas : elle est arrêtée, ou saturée.", todo=_LATER
            )
        if self.name in _BUSY:
            return ServerFailed("Le CRM est occupé par une autre opération.", todo=_LATER)
        return ServerFailed(
            f"Le CRM a rencontré une erreur interne pendant {self.target} ({self.name}).",
            todo="Relancez ; si cela se répète, le journal du serveur du CRM dit pourquoi.",
        )


def language_missing() -> CrmError:
    """Return the error for a CRM in which French is not active."""
    return LanguageMissing(
        "Le français n’est pas actif dans ce CRM, où les mots du règlement s’écrivent en français.",
        todo="« mist apply » l’active, avec votre accord ; ou, dans le CRM : Paramètres, Langues.",
    )


def wrong_password() -> CrmError:
    """Return the error for a login or password that the CRM does not accept."""
    return AuthenticationRefused(
        "Le CRM refuse l’identifiant ou le mot de passe.",
        todo=(
            "Corrigez-les avec « mist init » (un compte à second facteur demande une clé API) ; "
            "après plusieurs échecs, le CRM fait patienter une minute."
        ),
    )


def wrong_key() -> CrmError:
    """Return the error for an API key that the CRM does not accept; it does not say why."""
    return AuthenticationRefused(
        "Le CRM refuse la clé API : elle est inconnue, supprimée ou expirée.",
        todo="Créez une clé neuve dans le CRM (Préférences, Sécurité), puis relancez « mist init ».",
    )


def second_factor() -> CrmError:
    """Return the error for an account whose password alone is not enough."""
    return AuthenticationRefused(
        "Ce compte demande un second facteur : son mot de passe ne suffit pas à un programme.",
        todo="Créez une clé API pour ce compte, puis donnez-la à « mist init ».",
    )


def database_stopped() -> CrmError:
    """Return the error for a request that was turned away because the CRM does not reach its database."""
    return Busy(
        "La base de données du CRM ne répond pas : elle est arrêtée, ou saturée.",
        todo="Rien n’a été fait. Attendez un instant, puis relancez.",
    )


def other_database(served: object) -> CrmError:
    """Return the error for a host that serves another database than the profile's; `served`: its name."""
    if not isinstance(served, str):
        return unknown_database()
    return DatabaseUnknown(
        f"Ce CRM ne connaît pas la base de données du profil : celle qu’il sert s’appelle « {served} ».",
        todo="Si c’est bien la vôtre, relancez « mist init » avec ce nom ; sinon, vérifiez l’adresse.",
    )


def unknown_database() -> CrmError:
    """Return the error for a database that the server does not have, or does not serve."""
    return DatabaseUnknown(
        "Ce CRM ne connaît pas la base de données du profil.",
        todo="Vérifiez son nom (sur Odoo Online : le début de l’adresse), puis relancez « mist init ».",
    )
