"""The engine that renders: a sandbox in which a value above the audience's tier cannot even be read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from typing import Any

from jinja2 import DictLoader, StrictUndefined
from jinja2.environment import TemplateModule
from jinja2.exceptions import SecurityError
from jinja2.runtime import BlockReference, Context, LoopContext, Macro, Undefined
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from mist_connector.bylaws.tiers import Tier

from .library import Format, format_of
from .permitted import FILTERS, LOOP_FIELDS, TESTS
from .refusal import RenderingRefused
from .tiered import Tiered
from .words import date_in_words, number_in_words

LARGEST_PRINTED = 1_000_000


class GuardedContext(Context):
    """The names of a template, each unwrapped only below the ceiling."""

    def resolve_or_missing(self, key: str) -> Any:  # noqa: ANN401 - Jinja's signature
        """Return the value of a name."""
        value = super().resolve_or_missing(key)
        assert isinstance(self.environment, GuardedEnvironment)  # noqa: S101 - it makes these contexts
        return self.environment.unwrap(value)


class GuardedEnvironment(ImmutableSandboxedEnvironment):
    """Renders templates for one audience and one language."""

    context_class = GuardedContext

    def __init__(self, sources: Mapping[str, str], *, ceiling: Tier, language: str) -> None:
        super().__init__(
            loader=DictLoader(sources),
            undefined=StrictUndefined,
            autoescape=lambda name: name is None or format_of(name) is not Format.TEXT,
            finalize=self._printed,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self.ceiling = ceiling
        self._left = LARGEST_PRINTED
        known = {
            **self.filters,
            "date": partial(_filter, date, date_in_words, language),
            "number": partial(_filter, int, number_in_words, language),
        }
        self.filters = {name: known[name] for name in FILTERS}
        self.tests = {name: self.tests[name] for name in TESTS}
        self.globals = {}

    def unwrap(self, value: Any) -> Any:  # noqa: ANN401 - whatever the template holds
        """Return a tiered value itself; `RenderingRefused` if its tier is above the audience's."""
        if not isinstance(value, Tiered):
            return value
        if value.tier.rank > self.ceiling.rank:
            raise RenderingRefused(
                f"Le document utilise une valeur de niveau « {value.tier} », au-dessus de son public.",
                todo="Retirez-la du modèle ; rien n’a été envoyé.",
            )
        return value.value

    def _printed(self, value: object) -> object:
        """Let a value through, as long as all that is printed stays bounded, wherever it is kept."""
        shown = _printable(value)
        self._left -= len(shown) if isinstance(shown, str) else 1
        if self._left < 0:
            raise RenderingRefused("Le document est trop long.", todo="Raccourcissez le modèle.")
        return shown

    def getattr(self, obj: Any, attribute: str) -> Any:  # noqa: ANN401 - Jinja's signature
        """Return a field of a row, of the loop or of a set of macros; nothing else has any."""
        if isinstance(obj, dict):
            return self.unwrap(obj[attribute]) if attribute in obj else self.undefined(name=attribute)
        if (isinstance(obj, LoopContext) and attribute in LOOP_FIELDS) or isinstance(obj, TemplateModule):
            return super().getattr(obj, attribute)
        raise SecurityError(attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:  # noqa: ANN401, ARG002 - Jinja's signature
        """Refuse: fields are written with a dot."""
        raise SecurityError(str(argument))

    def is_safe_callable(self, obj: Any) -> bool:  # noqa: ANN401 - Jinja's signature
        """Let templates call macros and parent blocks only."""
        return isinstance(obj, (Macro, BlockReference))


def _filter(kind: type, words: Callable[[Any, str], str], language: str, value: object) -> str:
    if isinstance(value, Undefined) or type(value) is not kind:
        raise RenderingRefused("Une valeur du document n’est pas de la sorte attendue.")
    return words(value, language)


def _printable(value: object) -> object:
    """Let through texts and numbers only: an object printed whole could tell anything."""
    if isinstance(value, Undefined) or type(value) in {str, int, Markup}:
        return value
    raise RenderingRefused("Le document imprime une valeur qui n’est ni un texte ni un nombre.")
