"""Views, window actions and menus: what staff see of our models."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from mist_connector.bylaws.text import Text

from .declaration import Blueprint, Model, Operation
from .records import MODULE, Record, Reference, own
from .view_form import form_arch
from .view_kanban import kanban_arch
from .view_list import list_arch, search_arch

# First of all applications: whoever works with it comes to it as soon as she is in.
_ORDER = 1


def view_records(model: Model, blueprint: Blueprint) -> Iterator[Record]:
    """Return the form, list and search of a model; none for a model that nobody opens."""
    if not model.shown:
        return
    arches = {
        "form": form_arch(model, blueprint),
        "list": list_arch(model, blueprint),
        "search": search_arch(model, blueprint),
    }
    if model.cards:
        arches["kanban"] = kanban_arch(model, blueprint)
    for kind, arch in arches.items():
        yield Record(
            f"view_{model.key}_{kind}",
            "ir.ui.view",
            {
                "name": f"{model.technical}.{kind}",
                "model": model.technical,
                "type": kind,
                "priority": 16,
                "active": True,
                "arch_db": arch,
            },
        )


def root_menus(blueprint: Blueprint) -> Iterator[Record]:
    """Return the application and its headings, for those who may open anything below them."""
    everybody = frozenset[Reference]().union(*(_readers(model, blueprint) for model in _shown(blueprint)))
    frame = blueprint.frame
    yield _menu(("menu_root", frame.application), None, _ORDER, readers=everybody, icon=frame.icon)
    for place, menu in enumerate(blueprint.frame.menus, start=1):
        below = [model for model in _shown(blueprint) if model.menu and model.menu.under == menu.key]
        readers = frozenset[Reference]().union(*(_readers(model, blueprint) for model in below))
        yield _menu((f"menu_{menu.key}", menu.label), "menu_root", place * 10, readers=readers)


def menu_records(model: Model, blueprint: Blueprint) -> Iterator[Record]:
    """Return the window action of a model and its place in the menu, if it has one."""
    if model.menu is None:
        return
    readers = _readers(model, blueprint)
    yield Record(
        f"window_{model.key}",
        "ir.actions.act_window",
        {
            "name": model.plural,
            "res_model": model.technical,
            "view_mode": "list,kanban,form" if model.cards else "list,form",
            "domain": None,
            "context": _begins_with(model),
            "help": empty_page(model.empty) if model.empty else None,
            "group_ids": readers,
            # The client would keep on the disk what it read, and the words that were searched in the clear.
            "cache": False,
        },
    )
    under = f"menu_{model.menu.under}"
    window = own(f"window_{model.key}")
    what = (f"menu_of_{model.key}", model.plural)
    yield _menu(what, under, model.menu.order, readers=readers, window=window)


def _menu(
    what: tuple[str, Text],
    parent: str | None,
    order: int,
    *,
    readers: frozenset[Reference],
    window: Reference | None = None,
    icon: str | None = None,
) -> Record:
    name, label = what
    return Record(
        name,
        "ir.ui.menu",
        {
            "name": label,
            "parent_id": own(parent) if parent else None,
            "sequence": order,
            "active": True,
            "group_ids": readers,
            "action": window,
            "web_icon": icon,
        },
    )


def _begins_with(model: Model) -> str:
    """Return the context that narrows the list at first, and gives a new record its first choices."""
    narrowed: dict[str, str | int] = {
        f"search_default_is_{field}_{choice}": 1 for field, choice in model.begins_with.items()
    }
    first = {f"default_{model.field(field).column}": choice for field, choice in model.starts_as.items()}
    return repr(narrowed | first)


def empty_page(empty: Text) -> Text:
    """Return what an empty list says, as the CRM shows it: in the middle, in grey."""
    frame = '<p class="o_view_nocontent_empty_folder">{}</p>'
    french, english = (escape(words, quote=False) for words in (empty.fr, empty.en))
    return Text(fr=frame.format(french), en=frame.format(english))


def _shown(blueprint: Blueprint) -> list[Model]:
    return [model for model in blueprint.models if model.menu is not None]


def _readers(model: Model, blueprint: Blueprint) -> frozenset[Reference]:
    """Return the groups of people (not of programs) who may read a model."""
    leases = [lease for lease in blueprint.frame.leases if lease.holds is not None]
    return frozenset(
        Reference(f"{MODULE}.group_{lease.group}")
        for lease in leases
        if Operation.READ in model.access.get(lease.key, ())
    )
