"""Bring sandboxes up, take them down, begin them anew; each of these can be killed and run again."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from importlib.util import find_spec
from pathlib import Path

from mist_connector.errors import SandboxError
from mist_connector.reporting import Reporter

from . import clock, credentials, database, faketime, fetch, interpreter, processes, server, state, template
from .credentials import ADMIN, Credentials
from .installation import Installation, importable
from .lock import held
from .partial import finished
from .places import Places, default_places
from .postgres import Cluster
from .running import Running
from .server import Programs
from .state import State


def up(
    name: str, reporter: Reporter, *, odoo_source: Path | None = None, places: Places | None = None
) -> Running:
    """Bring a sandbox up, and everything it needs first; what is there already is used as it is.

    Raises SandboxError where this machine cannot, with what to do.
    """
    _require_extra()
    places = places or default_places()
    directory = places.sandbox(name)
    with held(places.lock, reporter):
        directory.mkdir(parents=True, exist_ok=True, mode=0o700)
        known = state.read(directory)
        source = odoo_source or (Path(known.source) if known else None)
        odoo, cluster = _foundations(places, source, reporter)
        # PostgreSQL may have finished a clone after the command that had begun it was killed.
        database.sweep(cluster, name)
        made = template.ready(cluster, odoo, f"{places.cache}/template", reporter)
        if known and known.template != made and known.template in cluster.databases():
            raise SandboxError(
                f"Le bac à sable « {name} » a été créé avec un autre Odoo.",
                todo=f"Recommencez-le : mist sandbox reset --name {name}, avec le même --odoo-source.",
            )
        programs = Programs(name, directory)
        following = _clock(places, programs, odoo, reporter)
        remembered = _remembered(known, odoo, made)
        return _start(programs, odoo, cluster, remembered, reporter, environment=following)


def _require_extra() -> None:
    """Raise SandboxError where only what a connector needs is installed: a CRM's user runs no mail server."""
    if find_spec("aiosmtpd") is None:
        raise SandboxError(
            "Cette installation n'a pas ce qu'il faut au bac à sable.",
            todo="pipx install --force 'mist-connector[sandbox]' (ou pip, avec le même nom)",
        )


def down(name: str, reporter: Reporter, *, places: Places | None = None) -> bool:
    """Stop a sandbox, and PostgreSQL with the last one; return whether anything ran. Its data stay."""
    places = places or default_places()
    programs = Programs(name, places.sandbox(name))
    with held(places.lock, reporter):
        ran = programs.odoo_running
        programs.stop()
        _stop_unused(places)
        return ran


def reset(
    name: str, reporter: Reporter, *, odoo_source: Path | None = None, places: Places | None = None
) -> Running:
    """Throw a sandbox's databases and mails away, and bring it up as new, with new secrets."""
    places = places or default_places()
    known = state.read(places.sandbox(name))
    source = odoo_source or (Path(known.source) if known else None)
    remove(name, reporter, places=places)
    return up(name, reporter, odoo_source=source, places=places)


def remove(name: str, reporter: Reporter, *, places: Places | None = None) -> None:
    """Remove a sandbox, its databases and its mails; what all sandboxes share stays."""
    places = places or default_places()
    programs = Programs(name, places.sandbox(name))
    with held(places.lock, reporter):
        reporter.step(f"Effacement du bac à sable « {name} »")
        programs.stop()
        for cluster in _clusters(places):
            cluster.ensure_running()
            for found in database.belonging(cluster, name):
                database.drop(cluster, found)
        shutil.rmtree(programs.directory, ignore_errors=True)
        _stop_unused(places)


def move_clock(name: str, move: str, reporter: Reporter, *, places: Places | None = None) -> datetime:
    """Move the clock of a running sandbox, and return what it shows now; see `clock.parse_move`.

    The first time, Odoo is started again with a clock that can be moved; afterwards nothing is. Raises
    SandboxError where the sandbox does not run.
    """
    places = places or default_places()
    programs = Programs(name, places.sandbox(name))
    shift = clock.parse_move(move, now=datetime.now(UTC))
    with held(places.lock, reporter):
        known = state.read(programs.directory)
        if known is None or not programs.odoo_running:
            raise SandboxError(
                f"Le bac à sable « {name} » ne tourne pas.", todo=f"mist sandbox up --name {name}"
            )
        movable = clock.shift_of(programs.directory) is not None
        clock.tell_programs(programs.directory, shift)
        odoo, cluster = _foundations(places, Path(known.source), reporter)
        for found in database.belonging(cluster, name):
            clock.tell_database(cluster, found, shift)
        if not movable:
            reporter.step("Redémarrage d'Odoo avec une horloge que l'on peut déplacer")
            processes.stop(programs.odoo_mark)
            following = _clock(places, programs, odoo, reporter)
            server.start_odoo(programs, odoo, cluster, known, following)
    return datetime.now(UTC) + shift


def _foundations(places: Places, source: Path | None, reporter: Reporter) -> tuple[Installation, Cluster]:
    """Return an Odoo that can run and a PostgreSQL that does."""
    source = importable(source or fetch.newest_root(places.roots, reporter))
    environment = interpreter.ready(places.interpreters, reporter)
    cluster = Cluster(places.cluster, interpreter.postgres(environment))
    cluster.ensure_running()
    return Installation(source, interpreter.python(environment)), cluster


def _remembered(known: State | None, odoo: Installation, made: str) -> State:
    """Return the state to go on with: the known one, or a new one with secrets of its own."""
    if known:
        return replace(known, template=made)
    new = credentials.invent()
    return State(
        source=str(odoo.source),
        template=made,
        port=0,
        mail_port=0,
        password=new.password,
        api_key=new.api_key,
        server_secret=credentials.invent_key(),
    )


def _start(
    programs: Programs,
    odoo: Installation,
    cluster: Cluster,
    facts: State,
    reporter: Reporter,
    *,
    environment: Mapping[str, str],
) -> Running:
    """Start what does not run yet, in the order in which each needs the other."""
    facts = replace(facts, mail_port=server.start_mail(programs, facts.mail_port))
    if not (programs.odoo_running and server.answers(facts.port)):
        processes.stop(programs.odoo_mark)
        facts = replace(facts, port=server.free_port(facts.port))
    state.write(programs.directory, facts)
    address = server.url(facts.port)
    if programs.name not in cluster.databases():
        reporter.step("Clonage de la base modèle")
        secrets = Credentials(facts.password, facts.api_key)
        database.clone(cluster, facts.template, programs.name, secrets, address)
    if not programs.odoo_running:
        reporter.step("Démarrage d'Odoo")
        server.start_odoo(programs, odoo, cluster, facts, environment)
    return _running(programs, odoo, cluster, facts)


def _clock(places: Places, programs: Programs, odoo: Installation, reporter: Reporter) -> Mapping[str, str]:
    """Return the environment in which Odoo has the sandbox's clock: the machine's, or one that was moved."""
    if clock.shift_of(programs.directory) is None:
        return odoo.environment()
    library = faketime.ready(places.faketime, reporter)
    return faketime.environment(library, clock.file_of(programs.directory), odoo.environment())


def _running(programs: Programs, odoo: Installation, cluster: Cluster, facts: State) -> Running:
    """Put the facts together for whoever works with the sandbox."""
    return Running(
        name=programs.name,
        url=server.url(facts.port),
        database=programs.name,
        admin_login=ADMIN,
        admin_password=facts.password,
        admin_api_key=facts.api_key,
        mail_dir=programs.mail,
        mail_port=facts.mail_port,
        log_file=programs.log,
        odoo=odoo,
        cluster=cluster,
        template=facts.template,
    )


def _all(places: Places) -> list[Programs]:
    """Return every sandbox of this cache."""
    return [Programs(directory.name, directory) for directory in finished(places.sandboxes)]


def _stop_unused(places: Places) -> None:
    """Stop PostgreSQL when no sandbox needs it any more."""
    if not any(other.odoo_running for other in _all(places)):
        for cluster in _clusters(places):
            cluster.stop()


def _clusters(places: Places) -> list[Cluster]:
    """Return the cluster, if there is one, with the programs of any environment."""
    environments = finished(places.interpreters)
    if not environments or not places.cluster.is_dir():
        return []
    return [Cluster(places.cluster, interpreter.postgres(environments[-1]))]
