"""Unpack a Debian package without installing it, as far as it is wanted."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path

from mist_connector.errors import SandboxError

from . import commands

_PIECE = 1 << 20


def unpack(
    archive: Path,
    into: Path,
    *,
    exclude: Sequence[str] = (),
    moved: Callable[[int], None] = lambda _bytes: None,
) -> None:
    """Unpack an archive into a directory, less the files that a pattern excludes; tell how far it came.

    Raises SandboxError if the archive is damaged or the disk full.
    """
    dpkg = commands.require("dpkg-deb", todo="Il fait partie de tout Debian : vérifiez la variable PATH.")
    tar = commands.require("tar", todo="Il fait partie de tout Debian : vérifiez la variable PATH.")
    into.mkdir(parents=True, exist_ok=True)
    unwanted = ["--wildcards", *(f"--exclude={pattern}" for pattern in exclude)]
    with (
        subprocess.Popen([dpkg, "--fsys-tarfile", archive], stdout=subprocess.PIPE) as source,  # noqa: S603 - ours
        subprocess.Popen(  # noqa: S603 - no shell; the arguments are ours
            [tar, "--extract", "--no-same-owner", f"--directory={into}", *unwanted], stdin=subprocess.PIPE
        ) as sink,
    ):
        try:
            _pour(source, sink, moved)
        except BrokenPipeError:
            source.kill()
    if source.returncode or sink.returncode:
        raise SandboxError(
            f"Échec : dépaqueter {archive.name}.", todo="Vérifiez la place sur le disque, puis réessayez."
        )


def unpacked_size(archive: Path) -> int:
    """Return about how many bytes come out of an archive, as it says itself."""
    said = commands.run(["dpkg-deb", "--field", archive, "Installed-Size"], purpose=f"lire {archive.name}")
    return int(said) * 1024


def _pour(
    source: subprocess.Popen[bytes], sink: subprocess.Popen[bytes], moved: Callable[[int], None]
) -> None:
    """Hand on what one program prints to another, and count it."""
    assert source.stdout is not None  # noqa: S101 - both are pipes, which the types do not know
    assert sink.stdin is not None  # noqa: S101
    poured = 0
    while piece := source.stdout.read(_PIECE):
        sink.stdin.write(piece)
        poured += len(piece)
        moved(poured)
    sink.stdin.close()
