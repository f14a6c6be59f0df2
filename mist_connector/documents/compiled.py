"""A document whose templates were checked: the only way to render one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from jinja2 import TemplateError

from mist_connector.bylaws.text import Text
from mist_connector.bylaws.tiers import Tier
from mist_connector.declared.documents import Delivery, DocumentDeclaration
from mist_connector.errors import DeclarationError, Place, Problem

from .environment import GuardedEnvironment
from .library import Format, Library
from .pictures import picture_problems, pictures_of
from .plain import one_line, plain
from .plain_text import plain_text
from .refusal import RenderingRefused
from .said import said
from .shapes import shape_of
from .statements import check_template

LARGEST_OUTPUT = 500_000


@dataclass(frozen=True)
class Rendered:
    """One document in one language: what a mail carries, and the same to read aloud or print."""

    language: str
    subject: str
    html: str = field(repr=False)
    text: str = field(repr=False)
    pictures: Mapping[str, str] = field(default_factory=dict, repr=False)
    mailed: bool = True
    """False: staff print it; nothing may ever hand it to a mail queue."""


@dataclass(frozen=True)
class CompiledDocument:
    """A document, its ceiling and its templates, all checked against each other."""

    declaration: DocumentDeclaration
    context: type
    ceiling: Tier
    library: Library
    told: tuple[Text, ...] = ()
    """The texts of the bylaws that it must show."""

    def render(self, context: object, *, language: str) -> Rendered:
        """Return the document in one language; `RenderingRefused` if anything crosses a limit."""
        if type(context) is not self.context:
            raise RenderingRefused("Le contenu n’est pas celui de ce document.")
        values = plain(context)
        environment = GuardedEnvironment(self.library.sources, ceiling=self.ceiling, language=language)
        names = {each: template_name(self.declaration.id, language, each) for each in Format}
        html = _render(environment, names[Format.HTML], values)
        written = names[Format.TEXT] in self.library.sources
        text = _render(environment, names[Format.TEXT], values) if written else plain_text(html)
        for page in (plain_text(html), text):
            self._expect_texts(page, language)
        mailed = self.declaration.delivery is Delivery.MAIL
        subject = one_line(said(self.declaration.subject, language))
        return Rendered(language, subject, html, text, pictures_of(self.library.sources), mailed)

    def _expect_texts(self, page: str, language: str) -> None:
        """Refuse a page that leaves out a text by which a rule is given effect."""
        words = " ".join(page.split())
        told = [" ".join(said(each, language).split()) for each in self.told]
        missing = [each for each in told if each not in words]
        if missing:
            raise RenderingRefused(
                f"Le modèle {self.declaration.id}/{language} ne montre pas ce texte du règlement : "
                f"« {missing[0]} »",
                todo="remettez la boucle « groups », ou retirez ce document de « shown_in » (texts.yaml)",
            )


def template_name(document: str, language: str, kind: Format) -> str:
    """Return where the template of a document lies below the templates folder."""
    return f"{document}/{language}.{kind}.j2"


def compile_document(
    declaration: DocumentDeclaration,
    context: type,
    *,
    ceiling: Tier,
    sources: Mapping[str, str],
    told: tuple[Text, ...] = (),
) -> CompiledDocument:
    """Return a document ready to be rendered; without a text template, its text is made of its page.

    Raises `DeclarationError` with everything wrong in every language and format, each with its place.
    """
    library = Library(sources)
    shape = shape_of(context)
    problems = set(picture_problems(sources))
    for language in declaration.languages:
        for kind in Format:
            name = template_name(declaration.id, language, kind)
            if name in sources:
                problems.update(check_template(name, library, shape, ceiling))
            elif kind is Format.HTML:
                problems.add(Problem(Place(name, 1, 1), "modèle manquant", "écrivez-le dans cette langue"))
    if problems:
        raise DeclarationError(list(problems))
    return CompiledDocument(declaration, context, ceiling, library, told)


def _render(environment: GuardedEnvironment, name: str, values: dict[str, object]) -> str:
    parts: list[str] = []
    size = 0
    try:
        for part in environment.get_template(name).generate(values):
            size += len(part)
            if size > LARGEST_OUTPUT:
                raise RenderingRefused("Le document est trop long.", todo="Raccourcissez le modèle.")
            parts.append(part)
    except (TemplateError, TypeError, ValueError, RecursionError) as error:
        # The engine's own words may hold values: the template's name is enough to find the fault.
        raise RenderingRefused(
            f"Le modèle {name} ne peut pas être rendu ({type(error).__name__}).",
            todo="Lancez « mist report preview » sur ce document.",
        ) from None
    return "".join(parts)
