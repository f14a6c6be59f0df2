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
from mist_connector.language import _

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
                _("Le CRM n’accepte pas ou plus ce compte."),
                todo=_("Vérifiez l’identifiant et le secret avec « mist init »."),
            )
        if self.name == "AccessError":
            return AccessRefused(
                _("Le compte n’a pas le droit d’appeler {target} sur ces données.").format(
                    target=self.target
                ),
                todo=_("Demandez ce droit à qui administre le CRM, ou changez de compte."),
            )
        if self.message.startswith(_UNKNOWN_LANGUAGE):
            return language_missing()
        if self.name in _RULED:
            return WriteRefused(
                self.message.strip(), todo=_("Corrigez ce que la règle refuse, puis relancez.")
            )
        return self._failed()

    def _mistaken(self) -> CrmError | None:
        """Return the error for a request that the CRM cannot understand, or None if that is not it."""
        model = _UNKNOWN_MODEL.match(self.message)
        if model or (self.name == "NotFound" and "method" not in self.message):
            todo = _older() if self.target.startswith("x_mist_") else _ours()
            return RequestInvalid(
                _("Le CRM ne connaît pas le modèle de {target}.").format(target=self.target), todo=todo
            )
        unknown = _UNKNOWN_FIELD.match(self.message)
        if unknown:
            todo = _older() if unknown["field"].rpartition(".")[2].startswith("x_") else _ours()
            return RequestInvalid(
                _("Le CRM ne connaît pas le champ {field} ({target}).").format(
                    field=unknown["field"], target=self.target
                ),
                todo=todo,
            )
        if self.name == "MissingError" or (self.name in _RULED and _MISSING_RECORD.search(self.message)):
            return RequestInvalid(
                _("Un enregistrement n’existe pas ou plus ({target}).").format(target=self.target),
                todo=_("Relancez : le CRM a pu changer entre-temps."),
            )
        if self._uncallable():
            return RequestInvalid(
                _("Le CRM ne permet pas l’appel {target} ainsi.").format(target=self.target), todo=_ours()
            )
        if self.name in _MISTAKEN and "while evaluating" not in self.message:
            return RequestInvalid(
                _("Le CRM ne comprend pas un champ ou une valeur de {target}.").format(target=self.target),
                todo=_ours(),
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
                _("La base de données du CRM ne répond pas : elle est arrêtée, ou saturée."), todo=_later()
            )
        if self.name in _BUSY:
            return ServerFailed(_("Le CRM est occupé par une autre opération."), todo=_later())
        return ServerFailed(
            _("Le CRM a rencontré une erreur interne pendant {target} ({name}).").format(
                target=self.target, name=self.name
            ),
            todo=_("Relancez ; si cela se répète, le journal du serveur du CRM dit pourquoi."),
        )


def language_missing() -> CrmError:
    """Return the error for a CRM in which French is not active."""
    return LanguageMissing(
        _("Le français n’est pas actif dans ce CRM, où les mots du règlement s’écrivent en français."),
        todo=_("« mist apply » l’active, avec votre accord ; ou, dans le CRM : Paramètres, Langues."),
    )


def wrong_password() -> CrmError:
    """Return the error for a login or password that the CRM does not accept."""
    return AuthenticationRefused(
        _("Le CRM refuse l’identifiant ou le mot de passe."),
        todo=(
            _(
                "Corrigez-les avec « mist init » (un compte à second facteur demande une clé API) ; "
                "après plusieurs échecs, le CRM fait patienter une minute."
            )
        ),
    )


def wrong_key() -> CrmError:
    """Return the error for an API key that the CRM does not accept; it does not say why."""
    return AuthenticationRefused(
        _("Le CRM refuse la clé API : elle est inconnue, supprimée ou expirée."),
        todo=_("Créez une clé neuve dans le CRM (Préférences, Sécurité), puis relancez « mist init »."),
    )


def second_factor() -> CrmError:
    """Return the error for an account whose password alone is not enough."""
    return AuthenticationRefused(
        _("Ce compte demande un second facteur : son mot de passe ne suffit pas à un programme."),
        todo=_("Créez une clé API pour ce compte, puis donnez-la à « mist init »."),
    )


def database_stopped() -> CrmError:
    """Return the error for a request that was turned away because the CRM does not reach its database."""
    return Busy(
        _("La base de données du CRM ne répond pas : elle est arrêtée, ou saturée."),
        todo=_("Rien n’a été fait. Attendez un instant, puis relancez."),
    )


def other_database(served: object) -> CrmError:
    """Return the error for a host that serves another database than the profile's; `served`: its name."""
    if not isinstance(served, str):
        return unknown_database()
    return DatabaseUnknown(
        _(
            "Ce CRM ne connaît pas la base de données du profil : celle qu’il sert s’appelle « {served} »."
        ).format(served=served),
        todo=_("Si c’est bien la vôtre, relancez « mist init » avec ce nom ; sinon, vérifiez l’adresse."),
    )


def unknown_database() -> CrmError:
    """Return the error for a database that the server does not have, or does not serve."""
    return DatabaseUnknown(
        _("Ce CRM ne connaît pas la base de données du profil."),
        todo=_("Vérifiez son nom (sur Odoo Online : le début de l’adresse), puis relancez « mist init »."),
    )


def _ours() -> str:
    return _("C’est un défaut de mist ou une version du CRM qu’il ne connaît pas : lancez « mist doctor ».")


def _older() -> str:
    return _(
        "Le règlement déployé est plus ancien que ce mist, ou une sauvegarde a été remise : "
        "« mist plan », puis « mist apply », avec le compte qui installe."
    )


def _later() -> str:
    return _("Attendez un instant, puis relancez.")
